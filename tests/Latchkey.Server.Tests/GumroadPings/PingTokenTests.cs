using System.Net;
using Latchkey.AspNetCore.GumroadPings;
using Latchkey.Server.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>Who may send pings, and to which handler.</summary>
public sealed class PingTokenTests
{
    private const string NextToken = "second-token-9876543210";

    private static readonly byte[] Sale = PingBodies.Form(PingBodies.Sale);

    [Fact]
    public async Task A_wrong_token_is_a_404_before_any_body_was_sent()
    {
        await using var app = await PingApp.StartAsync();
        foreach (var query in new[] { "", "?token=", "?token=wrong", "?token=" + PingApp.Token + "x", $"?token={PingApp.Token}&token={PingApp.Token}" })
        {
            foreach (var body in new[] { "Content-Length: 1000\r\nExpect: 100-continue\r\n", "Content-Length: 9000000000\r\n", "Transfer-Encoding: chunked\r\n" })
            {
                var answer = await RawHttp.HeadOfAnswerAsync(app.Address, $"POST {PingApp.Path}{query} HTTP/1.1\r\nHost: {app.Address.Authority}\r\nContent-Type: {PingBodies.FormType}\r\n{body}\r\n");
                Assert.StartsWith("HTTP/1.1 404 Not Found", answer, StringComparison.Ordinal);
            }
        }

        Assert.Empty(app.Heard.All);
    }

    [Fact]
    public async Task The_token_may_come_as_the_basic_password()
    {
        await using var app = await PingApp.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await app.PostAsync(Sale, token: null, basic: "wrong"));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale, token: null, basic: PingApp.Token));
        Assert.Single(app.Heard.All);
    }

    [Fact]
    public async Task Other_methods_are_a_405()
    {
        await using var app = await PingApp.StartAsync();
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await app.GetAsync());
    }

    [Fact]
    public async Task A_token_can_be_rotated_while_the_app_runs_and_both_are_good_in_between()
    {
        await using var app = await PingApp.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await app.PostAsync(Sale, token: NextToken));

        app.Set("Gumroad:Tokens:0", PingApp.Token);
        app.Set("Gumroad:Token", NextToken);
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale, token: NextToken));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale, token: PingApp.Token));

        app.Set("Gumroad:Tokens:0", null);
        Assert.Equal(HttpStatusCode.NotFound, await app.PostAsync(Sale, token: PingApp.Token));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale, token: NextToken));
    }

    [Fact]
    public async Task A_token_taken_from_elsewhere_in_the_settings_is_read_anew_as_well()
    {
        await using var app = await PingApp.StartAsync(
            b => b.Services.AddGumroadPings<Listener>(options => options.Token = b.Configuration["Mine:Secret"] ?? PingApp.Token), a => a.MapGumroadPings(PingApp.Path));
        app.Set("Mine:Secret", NextToken);
        Assert.Equal(HttpStatusCode.NotFound, await app.PostAsync(Sale));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale, token: NextToken));
    }

    [Fact]
    public async Task A_token_lost_in_a_reload_closes_the_address_until_it_is_back()
    {
        await using var app = await PingApp.StartAsync();
        Assert.ThrowsAny<Exception>(() => app.Set("Gumroad:Token", ""));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(Sale));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(Sale, token: ""));
        app.Set("Gumroad:Token", PingApp.Token);
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale));
        Assert.Single(app.Heard.All);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_token_the_app_does_not_start_and_says_which_setting_is_missing(string? token)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(
            () => PingApp.StartAsync(b => b.Services.AddGumroadPings<Listener>(), a => a.MapGumroadPings(PingApp.Path), token));
        Assert.Contains("Gumroad:Token is not set", fault.Message, StringComparison.Ordinal);
        Assert.Contains("?token=", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("long enough but with spaces")]
    [InlineData("long+enough+but+with+pluses")]
    public async Task A_token_that_is_weak_or_would_be_changed_on_its_way_stops_the_start_and_is_not_repeated(string token)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(
            () => PingApp.StartAsync(b => b.Services.AddGumroadPings<Listener>(), a => a.MapGumroadPings(PingApp.Path), token));
        Assert.Contains("Gumroad:Token", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_wrong_is_said_at_once()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => PingApp.StartAsync(
            options => (options.Token, options.MaxBodyBytes, options.HandlerTimeLimit) = (null, 0, TimeSpan.FromSeconds(5))));
        Assert.Equal(3, fault.Failures.Count());
    }

    [Fact]
    public async Task Two_handlers_have_addresses_tokens_and_memories_of_their_own()
    {
        await using var app = await PingApp.StartAsync(
            b => b.Services.AddGumroadPings<Listener>().AddGumroadPings<SecondListener>(options => options.Token = NextToken),
            a =>
            {
                a.MapGumroadPings<Listener>("/a");
                a.MapGroup("/shops").MapGumroadPings<SecondListener>("/b");
            });
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale, path: "/a"));
        Assert.Equal(HttpStatusCode.NotFound, await app.PostAsync(Sale, path: "/shops/b"));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale, path: "/shops/b", token: NextToken));
        Assert.Equal(2, app.Heard.All.Count);
    }

    [Fact]
    public async Task Adding_a_handler_twice_is_adding_it_once()
    {
        await using var app = await PingApp.StartAsync(adapt: b => b.Services.AddGumroadPings<Listener>());
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale));
    }

    [Theory]
    [InlineData(false, false, "call AddGumroadPings")]
    [InlineData(true, false, "MapGumroadPings<THandler>")]
    [InlineData(true, true, "call AddGumroadPings<Idle>")]
    public async Task Mapping_what_was_not_added_or_is_not_clear_says_what_to_call(bool added, bool named, string call)
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => PingApp.StartAsync(
            b => _ = added ? b.Services.AddGumroadPings<Listener>().AddGumroadPings<SecondListener>() : b.Services,
            a => _ = named ? a.MapGumroadPings<Idle>("/a") : a.MapGumroadPings("/a")));
        Assert.Contains(call, fault.Message, StringComparison.Ordinal);
    }
}

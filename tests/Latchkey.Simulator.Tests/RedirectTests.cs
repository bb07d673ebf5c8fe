using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Tests;

public sealed class RedirectTests : SimulatorTest
{
    [Theory]
    [InlineData(GumroadVersion.Newest, 301, "POST")]
    [InlineData(GumroadVersion.Newest, 302, "POST")]
    [InlineData(GumroadVersion.Newest, 303, "POST")]
    [InlineData(GumroadVersion.Newest, 307, "POST")]
    [InlineData(GumroadVersion.Newest, 308, "POST")]
    [InlineData(GumroadVersion.April2025, 301, "GET")]
    [InlineData(GumroadVersion.April2025, 302, "GET")]
    [InlineData(GumroadVersion.April2025, 303, "GET")]
    [InlineData(GumroadVersion.April2025, 307, "POST")]
    [InlineData(GumroadVersion.April2025, 308, "POST")]
    public async Task A_redirect_takes_the_body_along_by_the_method_of_the_version(GumroadVersion version, int status, string method)
    {
        RedirectFirst(1, status);
        var attempt = await SellAsync(version);
        Assert.Equal(200, attempt.Status);
        Assert.Equal(["POST /", method + " /next"], Receiver.Requests.Select(request => $"{request.Method} {request.Target}"));
        Assert.Single(Receiver.Requests.Select(request => request.Body).Distinct());
        Assert.All(Receiver.Requests, request => Assert.Equal("application/x-www-form-urlencoded", request.Headers["Content-Type"]));
    }

    [Theory]
    [InlineData(GumroadVersion.Newest, 3, 200)]
    [InlineData(GumroadVersion.Newest, 4, 302)]
    [InlineData(GumroadVersion.April2025, 5, 200)]
    [InlineData(GumroadVersion.April2025, 6, 302)]
    public async Task Too_many_redirects_lose_the_ping(GumroadVersion version, int redirects, int status)
    {
        RedirectFirst(redirects, 302);
        var attempt = await SellAsync(version);
        Assert.Equal(status, attempt.Status);
        Assert.Equal(status == 200 ? redirects + 1 : redirects, Receiver.Requests.Count);
    }

    [Theory]
    [InlineData(GumroadVersion.Newest, "PPPP PPPP")]
    [InlineData(GumroadVersion.April2025, "PG PG")]
    public async Task What_the_last_hop_answers_decides_on_a_retry(GumroadVersion version, string methods)
    {
        var hops = methods.IndexOf(' ', StringComparison.Ordinal);
        Receiver.Answer = (number, context) =>
        {
            context.Response.StatusCode = number % hops == 0 ? (number == hops ? 503 : 200) : 301;
            context.Response.Headers.Location = "/next";
            return Task.CompletedTask;
        };
        var simulator = await SubscribedAsync(Still(version));
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal([503, 200], simulator.Attempts.Select(attempt => attempt.Status ?? 0));
        Assert.Equal(methods.Replace(" ", "", StringComparison.Ordinal), string.Concat(Receiver.Requests.Select(request => request.Method[0])));
    }

    [Fact]
    public async Task A_redirect_without_a_location_is_an_answer_like_any_other()
    {
        Receiver.AnswerStatus(302);
        Assert.Equal(302, (await SellAsync(GumroadVersion.Newest)).Status);
    }

    [Fact]
    public async Task Every_hop_is_asked_for_and_a_refused_one_is_not_posted_to()
    {
        RedirectFirst(9, 307);
        var hops = new List<(string Path, bool IsRedirect)>();
        using var client = PingSender.CreateClient(TimeSpan.FromSeconds(5));
        var status = await PingSender.PostAsync(client, new PingTarget(Receiver.Url, Json: false, IsTrusted: false), "a=b"u8.ToArray(), GumroadVersion.Newest, MayPostAsync, Limit);
        Assert.Null(status);
        Assert.Equal([("/", false), ("/next", true), ("/next", true)], hops);
        Assert.Equal(2, Receiver.Requests.Count);

        Task<bool> MayPostAsync(Uri url, bool isRedirect)
        {
            hops.Add((url.AbsolutePath, isRedirect));
            return Task.FromResult(hops.Count < 3);
        }
    }

    [Fact]
    public async Task The_older_Gumroad_follows_a_redirect_to_an_address_it_refuses_to_be_given()
    {
        Receiver.Answer = (number, context) =>
        {
            context.Response.StatusCode = number == 1 ? 308 : 200;
            context.Response.Headers.Location = Receiver.Url.AbsoluteUri;
            return Task.CompletedTask;
        };
        var simulator = await StartAsync(Still(GumroadVersion.April2025));
        simulator.Endpoints.EnterAccountUrl($"http://2130706433:{Receiver.Url.Port}/");
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.True(Assert.Single(simulator.Attempts).Delivered);
        Assert.Equal(2, Receiver.Requests.Count);
    }

    private async Task<PingAttempt> SellAsync(GumroadVersion version)
    {
        var simulator = await SubscribedAsync(Still(version));
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        return Assert.Single(simulator.Attempts);
    }

    private void RedirectFirst(int redirects, int status) => Receiver.Answer = (number, context) =>
    {
        context.Response.StatusCode = number <= redirects ? status : 200;
        context.Response.Headers.Location = "/next";
        return Task.CompletedTask;
    };
}

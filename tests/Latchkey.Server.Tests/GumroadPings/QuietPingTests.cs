using System.Net;
using System.Text;
using Latchkey.Server.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>However talkative the logs are made, no token and nothing of a buyer gets into them.</summary>
public sealed class QuietPingTests
{
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";
    private const string Marker = "Zaphod-Marker-Beeblebrox";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task At_the_lowest_level_neither_token_nor_body_is_logged(bool basic)
    {
        using var heard = new Eavesdropper();
        await using (var app = await PingApp.StartAsync(adapt: b => Talk(b, heard, requestLog: basic)))
        {
            await WalkAsync(app, basic);
        }

        Assert.Contains(heard.Texts, t => t.Contains("System.IO.InvalidDataException", StringComparison.Ordinal) && t.Contains("QuietPingTests", StringComparison.Ordinal));
        Assert.Contains(heard.Texts, t => t.Contains("was not understood (unknown_resource)", StringComparison.Ordinal));
        Assert.Contains(heard.Texts, t => t.Contains("came again", StringComparison.Ordinal));
        Assert.Contains(heard.Texts, t => t.Contains("was not done with a ping (sale) within", StringComparison.Ordinal));
        Assert.Contains(heard.Texts, t => t.Contains("with a wrong token or none; answered 404", StringComparison.Ordinal));
        foreach (var secret in new[] { PingApp.Token, Marker, "mara.ito", "EF8F9E9E-1BF44E7C" })
        {
            Assert.DoesNotContain(heard.Texts, t => t.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_app_whose_request_log_would_show_the_token_is_warned_at_its_start(bool requestLog)
    {
        using var heard = new Eavesdropper();
        await using var app = await PingApp.StartAsync(adapt: b => Talk(b, heard, requestLog));
        Assert.Equal(requestLog, heard.Texts.Any(t => t.Contains(RequestLog + " logs the addresses of requests", StringComparison.Ordinal)));
    }

    private static void Talk(WebApplicationBuilder builder, Eavesdropper heard, bool requestLog) => builder.Logging
        .AddProvider(heard).SetMinimumLevel(LogLevel.Trace).AddFilter("", LogLevel.Trace).AddFilter("Microsoft.AspNetCore", LogLevel.Trace)
        .AddFilter(RequestLog, requestLog ? LogLevel.Trace : LogLevel.Warning);

    private static async Task WalkAsync(PingApp app, bool basic)
    {
        var sale = PingBodies.Form(PingBodies.Sale);
        app.Heard.Do = _ => throw new InvalidDataException($"{Marker} cannot be stored", new FormatException(Marker));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(sale));
        app.Heard.Do = ct => Task.Delay(Timeout.InfiniteTimeSpan, ct);
        app.SetTimeLimit(PingApp.Moment);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(sale));
        app.SetTimeLimit(PingApp.Usual);
        app.Heard.Do = _ => Task.CompletedTask;
        await Eventually.HoldsAsync(async () => await PostAsync(sale) == HttpStatusCode.OK, "the ping was not released");
        Assert.Equal(HttpStatusCode.OK, await PostAsync(sale));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(PingBodies.Json("j01_sale"), PingBodies.JsonType));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Encoding.UTF8.GetBytes($"resource_name={Marker}&email={Marker}")));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(PingBodies.Form("18_test_ping_button")));
        Assert.Equal(HttpStatusCode.NotFound, await app.PostAsync(sale, token: null, basic: Marker));

        Task<HttpStatusCode> PostAsync(byte[] body, string type = PingBodies.FormType) =>
            app.PostAsync(body, type, token: basic ? null : PingApp.Token, basic: basic ? PingApp.Token : null);
    }
}

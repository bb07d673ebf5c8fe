using System.Net;
using System.Text.Encodings.Web;
using System.Threading.RateLimiting;
using Latchkey.AspNetCore.GumroadPings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>The app's own defaults do not answer in the place of the ping address: what they would say loses a ping for good.</summary>
public sealed class GuardedAppTests
{
    private const string Scheme = "none";

    [Fact]
    public async Task An_app_that_lets_nobody_in_and_only_one_at_a_time_takes_pings()
    {
        await using var app = await PingApp.StartAsync(Guard, UseGuards);
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Heard.Do = _ =>
        {
            if (app.Heard.All.Count == 2)
            {
                both.TrySetResult();
            }

            return both.Task;
        };
        var answers = await Task.WhenAll(app.PostAsync(PingBodies.Form(PingBodies.Sale)), app.PostAsync(PingBodies.Form(PingBodies.FullRefund)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a));
        Assert.Equal(HttpStatusCode.Unauthorized, await app.PostAsync("", path: "/else"));
    }

    private static void Guard(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, Nobody>(Scheme, null);
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddAntiforgery();
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new() { Timeout = TimeSpan.FromMilliseconds(1) });
        builder.Services.AddRateLimiter(limits => limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(
            _ => RateLimitPartition.GetConcurrencyLimiter("all", _ => new() { PermitLimit = 1 })));
        builder.Services.AddGumroadPings<Listener>();
    }

    private static void UseGuards(WebApplication app)
    {
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapGumroadPings(PingApp.Path);
        app.MapPost("/else", () => "");
    }

    private sealed class Nobody(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}

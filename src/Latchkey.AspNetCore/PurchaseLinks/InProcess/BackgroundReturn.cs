using Latchkey.Outbox;
using Latchkey.PurchaseLinks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>
/// Completes purchases whose buyers do not come back: a while after the redemption the handler is called without them, with the address of
/// the return, services of its own and nobody signed in.
/// </summary>
internal sealed partial class BackgroundReturn(
    HomeTenant home, IPurchaseLinkStore links, ReturnMap map, ReturnReading reading, Completion completion, IHostApplicationLifetime lifetime,
    IOptions<PurchaseLinkOptions> options, TimeProvider time, ILogger<BackgroundReturn> logger)
{
    public const string Name = "purchase-return";

    private const int MostLooks = 20;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <param name="services">Of a scope that lasts as long as the call.</param>
    /// <param name="message">A redemption. If this throws, it is handed over again after a pause that grows.</param>
    public async Task HandleAsync(IServiceProvider services, OutboxMessage message, CancellationToken ct)
    {
        await StartedAsync(ct);
        var tenant = await home.FindAsync(ct);
        if (message.Tenant != tenant.Id || message.Detail is not { } id || await links.FindAsync(tenant.Id, id, ct) is not { } link)
        {
            return;
        }

        if (map.Find(link) is not { } target)
        {
            Log.Elsewhere(logger, id); // the link was made for another app, which hears of it in its own way
            return;
        }

        await LeaveToBuyerAsync(link, ct);
        var came = await reading.OfAsync(tenant, link, ct);
        if (!came.Result.Succeeded)
        {
            return; // refunded meanwhile
        }

        for (var look = 0; look < MostLooks; look++)
        {
            var http = RequestFor(services, link, target.Return, target.PathBase, ct);
            switch (await completion.TryAsync(came, http, target.Return.Handler, ct))
            {
                case CompletionOutcome.Completed or CompletionOutcome.Earlier:
                    return;

                case CompletionOutcome.Refused:
                    throw new NotCompletedException();

                default:
                    await Task.Delay(LookEvery, time, ct);
                    break;
            }
        }

        throw new NotCompletedException(); // whoever is at it takes long: look again later whether he has come to an end
    }

    /// <summary>The app's routes and addresses are known once it listens.</summary>
    private Task StartedAsync(CancellationToken ct)
    {
        if (lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        return started.Task.WaitAsync(ct);
    }

    /// <summary>Usually the buyer is about to come back, and the real request is the better place.</summary>
    private async Task LeaveToBuyerAsync(PurchaseLink link, CancellationToken ct)
    {
        var left = link.RedeemedAt + options.Value.WaitForReturn - time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left.Value, time, ct);
        }
    }

    private static DefaultHttpContext RequestFor(IServiceProvider services, PurchaseLink link, MappedReturn target, PathString pathBase, CancellationToken ct)
    {
        var address = new Uri(link.ReturnUrl!);
        var http = new DefaultHttpContext { RequestServices = services, RequestAborted = ct };
        http.Request.Method = HttpMethods.Get;
        http.Request.Scheme = address.Scheme;
        http.Request.Host = HostString.FromUriComponent(address);
        http.Request.PathBase = pathBase;
        http.Request.Path = target.Path;
        http.Request.QueryString = QueryString.FromUriComponent(address);
        http.SetEndpoint(target.Endpoint);
        if (services.GetService<IHttpContextAccessor>() is { } accessor)
        {
            accessor.HttpContext = http;
        }

        return http;
    }

    private sealed class NotCompletedException : Exception;

    private static partial class Log
    {
        [LoggerMessage(2811, LogLevel.Information, "Purchase link {Link} returns to an address that is not mapped here with MapPurchaseReturn; no handler is called for it")]
        public static partial void Elsewhere(ILogger logger, string link);
    }
}

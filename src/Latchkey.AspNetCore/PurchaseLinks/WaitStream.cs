using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>
/// Tells one waiting page how its link stands, as Server-Sent Events: at once, and whenever that changes, until nothing more can come.
/// The page comes again by itself when the line breaks, and is told the present state first, so nothing is to be resumed.
/// </summary>
internal sealed class WaitStream(string tenant, string link) : IResult
{
    private const string ContentType = "text/event-stream";

    /// <summary>A message, not a comment: a page sees no comments, and could not tell a dead line from a quiet one.</summary>
    private static readonly byte[] Beat = "event: beat\ndata: {}\n\n"u8.ToArray();

    /// <summary>Changes that are made on other nodes without a message are seen at least so often.</summary>
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromMinutes(1);

    /// <summary>A sale made in time may become known after its link has expired.</summary>
    private static readonly TimeSpan WaitedAfterExpiry = TimeSpan.FromHours(1);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var waiters = services.GetRequiredService<LinkWaiters>();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, waiters.Stopping);
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep messages back
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            using var waiter = await waiters.JoinAsync(tenant, link, gone.Token);
            await TellAsync(services, waiter, response, gone.Token);
        }
        catch (Exception e) when (gone.IsCancellationRequested || e is StoreBusyException or DbException or IOException)
        {
            // Nobody is there any more, or nothing can be said now: the page comes again.
            if (!response.HasStarted)
            {
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        }
    }

    private async Task TellAsync(IServiceProvider services, LinkWaiter waiter, HttpResponse response, CancellationToken ct)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var beat = TimeSpan.FromSeconds(services.GetRequiredService<IOptions<LatchkeyOptions>>().Value.Streams.HeartbeatSeconds);
        var store = services.GetRequiredService<IPurchaseLinkStore>();
        var directory = services.GetRequiredService<TenantDirectory>();
        var purchases = services.GetRequiredService<IPurchaseStore>();
        var (known, looked) = (await store.FindAsync(tenant, link, ct), time.GetUtcNow());
        LinkStanding? told = null;
        while (known is not null && await directory.FindAsync(tenant, ct) is { } of)
        {
            var now = time.GetUtcNow();
            var standing = await LinkStanding.OfAsync(known, purchases, now, ct);
            var ended = HasEnded(known, standing, now);
            await (standing != told || ended ? SendAsync(response, DataOf(of, known, standing, ended, now), ct) : SendAsync(response, Beat, ct));
            if (ended)
            {
                return;
            }

            told = standing;
            if (await waiter.WaitAsync(beat, ct) || time.GetUtcNow() - looked >= LookAtLeastEvery)
            {
                (known, looked) = (await store.FindAsync(tenant, link, ct), time.GetUtcNow());
            }
        }
    }

    private static bool HasEnded(PurchaseLink link, LinkStanding standing, DateTimeOffset now) =>
        standing.State is LinkStanding.Redeemed or LinkStanding.Cancelled
        || (standing.State == LinkStanding.Expired && now - link.ExpiresAt >= WaitedAfterExpiry);

    private static WaitData DataOf(TenantContext of, PurchaseLink link, LinkStanding standing, bool ended, DateTimeOffset now)
    {
        var (title, text) = WaitTexts.Of(standing, link.ReturnUrl is not null);
        var url = ended ? PurchaseResults.AddressOf(of, link, standing, now) : null;
        return new(standing.State, standing.Reason, title, text, url, ended);
    }

    private static Task SendAsync(HttpResponse response, WaitData data, CancellationToken ct)
    {
        var text = new ArrayBufferWriter<byte>(512);
        text.Write("event: state\ndata: "u8);
        using (var json = new Utf8JsonWriter(text))
        {
            JsonSerializer.Serialize(json, data, PurchaseLinkJson.Default.WaitData); // never a line break: the writer escapes them
        }

        text.Write("\n\n"u8);
        return SendAsync(response, text.WrittenMemory, ct);
    }

    private static async Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> text, CancellationToken ct) => await response.BodyWriter.WriteAsync(text, ct);
}

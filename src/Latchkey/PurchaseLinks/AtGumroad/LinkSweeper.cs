using Latchkey.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>
/// Does what is due for links at Gumroad, for as long as the server runs. A chore is claimed for a while; one that a crash cut off is done
/// by whoever comes next, and each may be done twice without harm.
/// </summary>
internal sealed partial class LinkSweeper(
    IPurchaseLinkStore links, TenantDirectory tenants, LinkChoreWork work, LinkChoreSignal signal, TimeProvider time, ILogger<LinkSweeper> logger) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3);

    /// <summary>Longer than the longest chore.</summary>
    private static readonly TimeSpan ClaimedFor = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var busy = false;
            try
            {
                busy = await SweepAsync(stoppingToken) > 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // What is due stays due, and what was claimed is so again later.
                Log.RoundFailed(logger, Idle, e);
            }

            if (!busy)
            {
                await signal.WaitAsync(Idle, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>How many links there was something to do for.</returns>
    internal async Task<int> SweepAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var due = await links.ClaimDueAsync(now, now + ClaimedFor, AtOnce, ct);
        await Task.WhenAll(due.Select(link => DoAsync(link, ct)));
        return due.Count;
    }

    private async Task DoAsync(PurchaseLink link, CancellationToken ct)
    {
        if (await tenants.FindAsync(link.Tenant, ct) is not { } tenant || link.Chore is not { } chore)
        {
            return;
        }

        try
        {
            if (await work.DoAsync(tenant, link, ct) is { } error)
            {
                Log.NotDone(logger, chore.Kind, link.Id, chore.Attempts + 1, error);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // One link's trouble is not another's. Only the kind: what others write into messages is not ours to print.
            Log.NotDone(logger, chore.Kind, link.Id, chore.Attempts + 1, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2701, LogLevel.Error, "Reading what is due for purchase links failed; it is tried again in {Idle}")]
        public static partial void RoundFailed(ILogger logger, TimeSpan idle, Exception e);

        [LoggerMessage(2702, LogLevel.Warning, "At Gumroad, {Chore} for purchase link {Link} did not succeed on attempt {Attempt} ({Error}); it is tried again later")]
        public static partial void NotDone(ILogger logger, string chore, string link, int attempt, string error);
    }
}

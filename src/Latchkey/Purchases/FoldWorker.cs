using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Latchkey.Purchases;

/// <summary>Folds what is due, for as long as the server runs.</summary>
internal sealed partial class FoldWorker(
    IPurchaseStore purchases, IFolder folder, FoldSignal due, OutboxSignal outbox, TimeProvider time, FoldOptions options, ILogger<FoldWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!options.Paused && !stoppingToken.IsCancellationRequested)
        {
            if (await TryFoldAsync(stoppingToken))
            {
                outbox.Poke();
                continue;
            }

            await due.WaitAsync(await IdleAsync(stoppingToken), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryFoldAsync(CancellationToken ct)
    {
        try
        {
            return await purchases.FoldDueAsync(folder, options.BatchSize, ct) > 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e)
        {
            // The store is away or full; what is due stays due, so going on loses nothing.
            Log.FoldFailed(logger, Backoff, e);
            await Task.Delay(Backoff, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }
    }

    /// <summary>Until the next purchase's moment, at most <see cref="LongestIdle"/>.</summary>
    private async Task<TimeSpan> IdleAsync(CancellationToken ct)
    {
        try
        {
            if (await purchases.NextDueAsync(ct) is not { } next)
            {
                return LongestIdle;
            }

            var wait = next - time.GetUtcNow();
            return wait > LongestIdle ? LongestIdle : wait < TimeSpan.FromMilliseconds(50) ? TimeSpan.FromMilliseconds(50) : wait;
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            return Backoff; // the next fold reports what is wrong with the store
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Error, "Folding failed; it is tried again in {Backoff}, nothing is lost")]
        public static partial void FoldFailed(ILogger logger, TimeSpan backoff, Exception e);
    }
}

/// <param name="BatchSize">Entries folded in one transaction: 1 to 1,000. A batch is to stay within about 20 ms of writing.</param>
/// <param name="Paused">Receives go on, folding waits. For measuring.</param>
internal sealed record FoldOptions(int BatchSize = 512, bool Paused = false);

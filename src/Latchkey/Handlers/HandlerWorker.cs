using Latchkey.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.Handlers;

/// <summary>Hands the messages of one kind to one handler. It has a place in the outbox of its own, so no other handler waits for it.</summary>
internal sealed partial class HandlerWorker(
    HandlerRegistration handler, IOutboxStore outbox, IServiceScopeFactory scopes, Signal signal, TimeProvider time, ILogger logger)
{
    private const int PageSize = 100;

    /// <summary>As long as one fails, so many later messages of others go on; a restart hands those over again.</summary>
    private const int MostWaiting = 1000;

    /// <summary>Messages of other kinds that a restart reads again.</summary>
    private const int SkippedAtMost = 1000;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Backlog> _tenants = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken ct)
    {
        var known = false;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (!known)
                {
                    await outbox.BeginAsync(handler.Consumer, ct);
                    known = true;
                }

                if (!await RoundAsync(ct))
                {
                    await signal.WaitAsync(IdleNow(), ct);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The store is away; what was not handed over still waits there.
                Log.RoundFailed(logger, handler.Name, Backoff, e);
                await Task.Delay(Backoff, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>True when there may be more to do at once.</returns>
    private async Task<bool> RoundAsync(CancellationToken ct)
    {
        foreach (var (tenant, position) in await outbox.BehindAsync(handler.Consumer, ct))
        {
            _tenants.TryAdd(tenant, new Backlog(position));
        }

        var busy = false;
        foreach (var (tenant, backlog) in _tenants)
        {
            busy |= await ReadAsync(tenant, backlog, ct);
            busy |= await HandleDueAsync(tenant, backlog, ct);
        }

        return busy;
    }

    private async Task<bool> ReadAsync(string tenant, Backlog backlog, CancellationToken ct)
    {
        if (backlog.Count >= MostWaiting)
        {
            return false;
        }

        var messages = await outbox.ReadAsync(tenant, backlog.Read, PageSize, ct);
        foreach (var message in messages)
        {
            backlog.Add(message, message.Kind == handler.Kind);
        }

        await MoveAsync(tenant, backlog, SkippedAtMost);
        return messages.Count > 0;
    }

    private async Task<bool> HandleDueAsync(string tenant, Backlog backlog, CancellationToken ct)
    {
        var due = backlog.Due(time.GetUtcNow());
        foreach (var message in due)
        {
            if (await TryHandleAsync(message, backlog, ct))
            {
                backlog.Succeeded(message);
                await MoveAsync(tenant, backlog, 1);
            }
        }

        return due.Count > 0;
    }

    private async Task<bool> TryHandleAsync(OutboxMessage message, Backlog backlog, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await handler.HandleAsync(scope.ServiceProvider, message, ct);
            return true;
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct); // whatever it threw while it was being stopped: it is handed over again
        }
        catch (Exception e)
        {
            // What a handler throws may hold an address or a body, so only its kind is logged.
            var (attempts, pause) = backlog.Failed(message, time.GetUtcNow());
            Log.HandlerFailed(logger, handler.Name, OutboxIds.Of(message), attempts, e.GetType().Name, pause);
            return false;
        }
    }

    /// <summary>What was done is noted, even while the host stops; what merely did not concern the handler, only now and then.</summary>
    private async Task MoveAsync(string tenant, Backlog backlog, int atLeast)
    {
        if (backlog.Done - backlog.Kept >= atLeast)
        {
            await outbox.MoveAsync(handler.Consumer, new(tenant, backlog.Done), CancellationToken.None);
            backlog.Kept = backlog.Done;
        }
    }

    private TimeSpan IdleNow()
    {
        var now = time.GetUtcNow();
        var next = _tenants.Values.Min(b => b.NextDue) ?? now + Idle;
        return next <= now ? TimeSpan.FromMilliseconds(1) : next - now < Idle ? next - now : Idle;
    }

    private static partial class Log
    {
        [LoggerMessage(2501, LogLevel.Error, "Reading for handler {Handler} failed; it is tried again in {Backoff}")]
        public static partial void RoundFailed(ILogger logger, string handler, TimeSpan backoff, Exception e);

        [LoggerMessage(2502, LogLevel.Warning, "Handler {Handler} failed on {Event}, attempt {Attempt} ({Error}); it is tried again in {Pause}")]
        public static partial void HandlerFailed(ILogger logger, string handler, string @event, int attempt, string error, TimeSpan pause);
    }
}

using Latchkey.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.Handlers;

/// <summary>
/// Hands the messages of one kind to one handler. It has a place in the outbox of its own, so no other handler waits for it. Of each tenant
/// one node at a time does so; which one, it finds out by claiming.
/// </summary>
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

    private readonly HandlerClaims _claims = new(handler, outbox, time, logger);

    public async Task RunAsync(CancellationToken ct)
    {
        await WorkAsync(ct);
        try
        {
            await _claims.GiveBackAsync([.. _claims.Held.Select(h => h.Key)]);
        }
        catch (Exception e)
        {
            Log.NotGivenBack(logger, handler.Name, e); // the claims end by themselves
        }
    }

    private async Task WorkAsync(CancellationToken ct)
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
        await _claims.ClaimAsync(ct);
        var busy = false;
        var idle = new List<string>();
        foreach (var (tenant, backlog) in _claims.Held)
        {
            var isNew = await ReadAsync(tenant, backlog, ct);
            busy |= isNew;
            busy |= await HandleDueAsync(tenant, backlog, ct);
            if (!isNew && backlog.Count == 0)
            {
                idle.Add(tenant);
            }
        }

        await _claims.GiveBackAsync(idle);
        return busy;
    }

    private async Task<bool> ReadAsync(string tenant, Backlog backlog, CancellationToken ct)
    {
        await _claims.KeepAsync(ct);
        if (backlog.Count >= MostWaiting || !_claims.Has(tenant))
        {
            return false;
        }

        var messages = await outbox.ReadAsync(tenant, backlog.Read, PageSize, ct);
        foreach (var message in messages)
        {
            backlog.Add(message, message.Kind == handler.Kind);
        }

        await _claims.MoveAsync(tenant, backlog, SkippedAtMost);
        return messages.Count > 0;
    }

    private async Task<bool> HandleDueAsync(string tenant, Backlog backlog, CancellationToken ct)
    {
        var due = backlog.Due(time.GetUtcNow());
        foreach (var message in due)
        {
            ct.ThrowIfCancellationRequested();
            await _claims.KeepAsync(ct);
            if (!_claims.Has(tenant))
            {
                break;
            }

            if (await TryHandleAsync(message, backlog, ct))
            {
                backlog.Succeeded(message);
                await _claims.MoveAsync(tenant, backlog, 1); // even while the host stops
            }
        }

        return due.Count > 0;
    }

    private async Task<bool> TryHandleAsync(OutboxMessage message, Backlog backlog, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await _claims.KeepWhileAsync(Task.Run(() => handler.HandleAsync(scope.ServiceProvider, message, ct), CancellationToken.None));
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

    private TimeSpan IdleNow()
    {
        var now = time.GetUtcNow();
        var next = _claims.NextDue ?? now + Idle;
        return next <= now ? TimeSpan.FromMilliseconds(1) : next - now < Idle ? next - now : Idle;
    }

    private static partial class Log
    {
        [LoggerMessage(2501, LogLevel.Error, "Reading for handler {Handler} failed; it is tried again in {Backoff}")]
        public static partial void RoundFailed(ILogger logger, string handler, TimeSpan backoff, Exception e);

        [LoggerMessage(2502, LogLevel.Warning, "Handler {Handler} failed on {Event}, attempt {Attempt} ({Error}); it is tried again in {Pause}")]
        public static partial void HandlerFailed(ILogger logger, string handler, string @event, int attempt, string error, TimeSpan pause);

        [LoggerMessage(2504, LogLevel.Warning, "What handler {Handler} worked on was not given back; another node goes on with it once the claim has ended")]
        public static partial void NotGivenBack(ILogger logger, string handler, Exception e);
    }
}

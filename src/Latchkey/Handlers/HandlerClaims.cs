using Latchkey.Outbox;
using Microsoft.Extensions.Logging;

namespace Latchkey.Handlers;

/// <summary>
/// The tenants that are this node's to work on for one handler, and what it has read of each. What another node has taken over is forgotten:
/// once it is claimed again, it is read from where that node left it. Not for use by two at a time.
/// </summary>
internal sealed partial class HandlerClaims(HandlerRegistration handler, IOutboxStore outbox, TimeProvider time, ILogger logger)
{
    /// <summary>In one round. What is left over is for the next one, or for another node.</summary>
    private const int MostAtOnce = 64;

    /// <summary>A third of what a claim lasts.</summary>
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Backlog> _tenants = new(StringComparer.Ordinal);
    private long _kept;

    public IReadOnlyList<KeyValuePair<string, Backlog>> Held => [.. _tenants];

    /// <summary>When a failed message is to be tried again, at the earliest.</summary>
    public DateTimeOffset? NextDue => _tenants.Values.Min(b => b.NextDue);

    public bool Has(string tenant) => _tenants.ContainsKey(tenant);

    /// <summary>Claims tenants that have something new and that nobody works on.</summary>
    public async Task ClaimAsync(CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        var claimed = await outbox.ClaimAsync(handler.Consumer, _tenants.Keys, MostAtOnce, ct);
        _kept = _tenants.Count == 0 ? asked : _kept;
        foreach (var (tenant, position) in claimed)
        {
            _tenants.Add(tenant, new Backlog(position));
        }
    }

    /// <summary>To be asked before the handler is called: forgets what is another node's by now, which may be so whenever this one stood still.</summary>
    public Task KeepAsync(CancellationToken ct) =>
        _tenants.Count == 0 || time.GetElapsedTime(_kept) < KeepEvery ? Task.CompletedTask : KeepNowAsync(ct);

    /// <summary>Waits for the work, however long it takes, and keeps the claims meanwhile.</summary>
    public async Task KeepWhileAsync(Task work)
    {
        using var ended = new CancellationTokenSource();
        while (await Task.WhenAny(work, Task.Delay(KeepEvery, time, ended.Token)) != work)
        {
            try
            {
                await KeepNowAsync(CancellationToken.None);
            }
            catch (Exception)
            {
                // The store is away. What is under way goes on; before the next call it is asked again.
            }
        }

        await ended.CancelAsync();
        await work;
    }

    /// <summary>Notes what is done, if it is that many messages.</summary>
    public async Task MoveAsync(string tenant, Backlog backlog, int atLeast)
    {
        var done = backlog.Done;
        if (done - backlog.Kept < atLeast)
        {
            return;
        }

        if (await outbox.MoveAsync(handler.Consumer, new(tenant, done), CancellationToken.None))
        {
            backlog.Kept = done;
        }
        else
        {
            Forget([tenant]);
        }
    }

    /// <summary>Other nodes may work on them, from where this one has come to.</summary>
    public async Task GiveBackAsync(IReadOnlyCollection<string> tenants)
    {
        var places = tenants.Where(Has).Select(t => new OutboxPlace(t, _tenants[t].Done)).ToList();
        if (places.Count > 0)
        {
            await outbox.GiveBackAsync(handler.Consumer, places, CancellationToken.None);
            places.ForEach(p => _tenants.Remove(p.Tenant));
        }
    }

    private async Task KeepNowAsync(CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        var still = await outbox.KeepAsync(handler.Consumer, _tenants.Keys, ct);
        _kept = asked;
        Forget([.. _tenants.Keys.Except(still, StringComparer.Ordinal)]);
    }

    private void Forget(List<string> lost)
    {
        if (lost.Count > 0)
        {
            lost.ForEach(t => _tenants.Remove(t));
            Log.Lost(logger, handler.Name, lost.Count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2503, LogLevel.Warning, "This node did not come to its work for handler {Handler} in time; another one does it now for {Count} tenants")]
        public static partial void Lost(ILogger logger, string handler, int count);
    }
}

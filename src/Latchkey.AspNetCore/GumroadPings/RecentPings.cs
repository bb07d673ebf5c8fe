namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>Remembers in memory, so a restart forgets.</summary>
internal sealed class RecentPings(TimeProvider time) : IPingMemory
{
    public const int Capacity = 10_000;

    /// <summary>Well beyond Gumroad's last repeat, after 14 minutes; and what a seller resends by hand later is handled again.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _running = [];
    private readonly HashSet<string> _finished = [];
    private readonly Queue<(string Key, DateTimeOffset At)> _order = [];

    public ValueTask<PingClaim> ClaimAsync(string pingKey, CancellationToken ct)
    {
        lock (_lock)
        {
            Forget();
            var claim = _finished.Contains(pingKey) ? PingClaim.Finished : _running.Add(pingKey) ? PingClaim.Granted : PingClaim.Running;
            return ValueTask.FromResult(claim);
        }
    }

    public ValueTask FinishAsync(string pingKey, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_running.Remove(pingKey) && _finished.Add(pingKey))
            {
                _order.Enqueue((pingKey, time.GetUtcNow()));
                Forget();
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseAsync(string pingKey, CancellationToken ct)
    {
        lock (_lock)
        {
            _running.Remove(pingKey);
        }

        return ValueTask.CompletedTask;
    }

    private void Forget()
    {
        var expired = time.GetUtcNow() - KeptFor;
        while (_order.TryPeek(out var oldest) && (_order.Count > Capacity || oldest.At <= expired))
        {
            _finished.Remove(_order.Dequeue().Key);
        }
    }
}

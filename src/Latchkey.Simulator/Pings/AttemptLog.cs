namespace Latchkey.Simulator.Pings;

/// <summary>Every attempt so far. Reading copies nothing: what was read stays as it was while the log grows.</summary>
internal sealed class AttemptLog
{
    private readonly Lock _gate = new();
    private PingAttempt[] _attempts = new PingAttempt[16];
    private int _count;

    public IReadOnlyList<PingAttempt> All
    {
        get
        {
            lock (_gate)
            {
                return new ArraySegment<PingAttempt>(_attempts, 0, _count);
            }
        }
    }

    public void Add(PingAttempt attempt)
    {
        lock (_gate)
        {
            if (_count == _attempts.Length)
            {
                Array.Resize(ref _attempts, _count * 2);
            }

            _attempts[_count++] = attempt;
        }
    }
}

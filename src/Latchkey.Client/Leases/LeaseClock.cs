using Latchkey.Contracts.Leases;

namespace Latchkey.Client;

/// <summary>
/// Time as leases see it: the local clock, but never before the high-water mark. Turning the clock back gains nothing,
/// a clock that was wrong for a while costs nothing, and nobody is called a cheat.
/// </summary>
internal sealed class LeaseClock(TimeProvider time)
{
    private readonly object _lock = new();
    private long _mark;
    private long _since = time.GetTimestamp();

    /// <summary>Goes on from a stored mark.</summary>
    public void Restore(long mark) => Set(mark);

    /// <summary>A lease with our nonce was made just now, so its time is the true one: also if that is earlier.</summary>
    public void Learn(long issuedAt) => Set(issuedAt);

    /// <summary>The mark in Unix seconds, raised by what has passed and by the local clock while the lease is usable.</summary>
    public long Mark(LeaseClaims? lease)
    {
        lock (_lock)
        {
            var mark = _mark + (long)time.GetElapsedTime(_since).TotalSeconds;
            var local = time.GetUtcNow().ToUnixTimeSeconds();

            // A local time after the lease's end proves nothing: the clock may be wrong, and may be set right again.
            if (lease is not null && LeaseStates.IsUsable(lease.St) && local > mark && local <= lease.Grc)
            {
                (_mark, _since, mark) = (local, time.GetTimestamp(), local);
            }

            return mark;
        }
    }

    /// <summary>The time in Unix seconds against which a lease is held.</summary>
    public long Effective(LeaseClaims? lease) => Math.Max(time.GetUtcNow().ToUnixTimeSeconds(), Mark(lease));

    private void Set(long mark)
    {
        lock (_lock)
        {
            (_mark, _since) = (mark, time.GetTimestamp());
        }
    }
}

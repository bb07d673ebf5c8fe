using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Latchkey.Client.Tests;

/// <summary>A clock that only moves when told, with a monotonic side that a wrong local clock does not touch.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly ConcurrentDictionary<ManualTimer, long> _timers = new();
    private readonly Channel<TimeSpan> _delays = Channel.CreateUnbounded<TimeSpan>();
    private long _elapsed;
    private long _local = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _local), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <summary>Real time passes: on both sides, and timers fire.</summary>
    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _local, by.Ticks);
        var now = Interlocked.Add(ref _elapsed, by.Ticks);
        foreach (var timer in _timers.Where(t => t.Value <= now).Select(t => t.Key))
        {
            timer.Fire();
        }
    }

    /// <summary>Someone moves the hands of the local clock.</summary>
    public void MoveClock(TimeSpan by) => Interlocked.Add(ref _local, by.Ticks);

    /// <summary>The delays that have been begun, in their order.</summary>
    public ChannelReader<TimeSpan> Delays => _delays.Reader;

    /// <summary>The next delay that anything has begun to wait for.</summary>
    public async Task<TimeSpan> NextDelayAsync() => await _delays.Reader.ReadAsync(Patience.Token);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time._timers[this] = time.GetTimestamp() + dueTime.Ticks;
                time._delays.Writer.TryWrite(dueTime);
            }

            return true;
        }

        public void Fire()
        {
            if (time._timers.TryRemove(this, out _))
            {
                fire();
            }
        }

        public void Dispose() => time._timers.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

/// <summary>How long a test waits for what must happen: far longer than it takes, so that only a fault ends it.</summary>
internal static class Patience
{
    public static CancellationToken Token => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;
}

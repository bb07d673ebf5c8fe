namespace Latchkey.Simulator.Clock;

/// <summary>A timer of the <see cref="VirtualClock"/>, whose every tick is a job on the timeline.</summary>
internal sealed class VirtualTimer(Timeline timeline, Action callback) : ITimer
{
    private readonly Lock _gate = new();
    private TimeSpan _period;
    private int _setting;
    private bool _disposed;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            if (_disposed)
            {
                return false;
            }

            _setting++;
            _period = period;
            TickAfter(dueTime);
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _setting++;
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void TickAfter(TimeSpan wait)
    {
        if (wait != Timeout.InfiniteTimeSpan)
        {
            var setting = _setting;
            timeline.At(timeline.Now + wait, _ => Tick(setting));
        }
    }

    private Task Tick(int setting)
    {
        lock (_gate)
        {
            // A job cannot be taken back; one of an older setting does nothing.
            if (setting != _setting)
            {
                return Task.CompletedTask;
            }

            TickAfter(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
        }

        callback();
        return Task.CompletedTask;
    }
}

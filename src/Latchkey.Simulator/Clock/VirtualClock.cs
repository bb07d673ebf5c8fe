namespace Latchkey.Simulator.Clock;

/// <summary>
/// The simulator's clock: as fast as wished, standing still, or moved by <see cref="GumroadSimulator.AdvanceAsync"/>. Give it
/// to whatever else takes a <see cref="TimeProvider"/>, so that a shop and its license server live through the same year.
/// </summary>
/// <remarks>
/// Timers fire in the order they are due, together with the simulator's own work. Moving the clock runs their callbacks to the
/// end, one after the other, but what awaits them goes on by itself. It never goes back. Safe for concurrent use.
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Timeline _timeline;
    private readonly DateTimeOffset _start;
    private DateTimeOffset _at;
    private long _readAt = System.GetTimestamp();
    private double _speed;
    private bool _held;

    internal VirtualClock(Timeline timeline, DateTimeOffset start, double speed)
    {
        _timeline = timeline;
        _start = _at = start.ToUniversalTime();
        _speed = Checked(speed);
    }

    /// <summary>How many times faster than the real one it runs: 1 is real, 0 stands still. Can be changed at any time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, infinite or not a number.</exception>
    public double Speed
    {
        get
        {
            lock (_gate)
            {
                return _speed;
            }
        }

        set
        {
            Checked(value);
            lock (_gate)
            {
                Read();
                _speed = value;
            }

            _timeline.LookAgain();
        }
    }

    /// <summary>100 ns of this clock.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Whether time goes by itself: not while it stands still or is being moved.</summary>
    internal bool Runs
    {
        get
        {
            lock (_gate)
            {
                return _speed > 0 && !_held;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return Read();
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    /// <summary>Calls back on this clock's time. While it stands still, even what is due at once waits for it to be moved.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(_timeline, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Stops time until <see cref="Release"/>, whatever the speed.</summary>
    internal void Hold()
    {
        lock (_gate)
        {
            Read();
            _held = true;
        }
    }

    /// <summary>Moves on; a time gone by changes nothing.</summary>
    internal void MoveTo(DateTimeOffset at)
    {
        lock (_gate)
        {
            var now = Read();
            _at = at > now ? at.ToUniversalTime() : now;
        }
    }

    internal void Release()
    {
        lock (_gate)
        {
            Read();
            _held = false;
        }
    }

    /// <summary>How long to sleep on the real clock until then, in whole milliseconds; for ever when nothing is due or time stands still.</summary>
    internal TimeSpan RealTimeUntil(DateTimeOffset? due)
    {
        lock (_gate)
        {
            if (due is not { } at || _speed == 0 || _held)
            {
                return Timeout.InfiniteTimeSpan;
            }

            var left = Math.Max(0, (at - Read()).TotalMilliseconds / _speed);
            return TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(left, LongestWait.TotalMilliseconds)));
        }
    }

    private DateTimeOffset Read()
    {
        var timestamp = System.GetTimestamp();
        if (_speed > 0 && !_held)
        {
            _at += System.GetElapsedTime(_readAt, timestamp) * _speed;
        }

        _readAt = timestamp;
        return _at;
    }

    private static double Checked(double speed) => double.IsFinite(speed) && speed >= 0
        ? speed
        : throw new ArgumentOutOfRangeException(nameof(speed), speed, "The speed must be 0, which stands still, or above; 1 is real time.");
}

namespace Latchkey.Storage.Tests;

/// <summary>A clock that stands until it is moved, and rings for those who wait on it.</summary>
internal sealed class AlarmTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = start;

    /// <summary>When the next alarm is set for; null when nobody waits.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_gate)
            {
                return _alarms.Count == 0 ? null : _alarms.Min(a => a.Due);
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public void MoveTo(DateTimeOffset now)
    {
        List<Alarm> due;
        lock (_gate)
        {
            _now = now;
            due = [.. _alarms.Where(a => a.Due <= now)];
            _alarms.RemoveAll(due.Contains);
        }

        due.ForEach(a => a.Ring());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            var alarm = new Alarm(this, () => callback(state), _now + dueTime);
            _alarms.Add(alarm);
            return alarm;
        }
    }

    private sealed class Alarm(AlarmTime owner, Action ring, DateTimeOffset due) : ITimer
    {
        public DateTimeOffset Due => due;

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

namespace Latchkey.Gumroad.Tests.Api;

/// <summary>A clock on which pauses pass at once, and are kept; the limit of an attempt passes only when told.</summary>
internal sealed class ManualTime : TimeProvider
{
    /// <summary>Longer than any pause, which tells the two apart.</summary>
    public static readonly TimeSpan AttemptLimit = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly List<Action> _limits = [];
    private DateTimeOffset _now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    public List<TimeSpan> Pauses { get; } = [];

    public override DateTimeOffset GetUtcNow() => _now;

    public void PassAttemptLimit()
    {
        List<Action> due;
        lock (_gate)
        {
            due = [.. _limits];
            _limits.Clear();
        }

        due.ForEach(fire => fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (dueTime == AttemptLimit)
            {
                _limits.Add(() => callback(state));
            }
            else
            {
                Pauses.Add(dueTime);
                _now += dueTime;
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }
        }

        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}

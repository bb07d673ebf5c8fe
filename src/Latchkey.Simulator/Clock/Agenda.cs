namespace Latchkey.Simulator.Clock;

/// <summary>What is still to be done, by due time and, at the same time, in the order it was scheduled. Not safe for concurrent use.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Job, (DateTimeOffset, long)> _pings = new();
    private readonly PriorityQueue<Job, (DateTimeOffset, long)> _others = new();
    private long _scheduled;

    public DateTimeOffset? Next => First?.Peek().Due;

    public DateTimeOffset? NextPing => _pings.TryPeek(out var ping, out _) ? ping.Due : null;

    // Two queues, so that the next ping is known without a search.
    private PriorityQueue<Job, (DateTimeOffset, long)>? First
    {
        get
        {
            var isPing = _pings.TryPeek(out _, out var ping);
            var isOther = _others.TryPeek(out _, out var other);
            return isPing && (!isOther || ping.CompareTo(other) < 0) ? _pings : isOther ? _others : null;
        }
    }

    public void Add(Job job) => (job.IsPing ? _pings : _others).Enqueue(job, (job.Due, _scheduled++));

    /// <summary>The first job due by then, or null.</summary>
    public Job? TakeDue(DateTimeOffset until) => First is { } queue && queue.Peek().Due <= until ? queue.Dequeue() : null;
}

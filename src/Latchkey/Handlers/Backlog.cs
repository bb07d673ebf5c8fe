using Latchkey.Outbox;

namespace Latchkey.Handlers;

/// <summary>What one handler has read of one tenant's outbox and not yet done.</summary>
internal sealed class Backlog(long position)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly SortedDictionary<long, Item> _waiting = [];

    /// <summary>Up to which it was read.</summary>
    public long Read { get; private set; } = position;

    /// <summary>Up to which the store knows that it is done.</summary>
    public long Kept { get; set; } = position;

    /// <summary>Up to which everything is done.</summary>
    public long Done => _waiting.Count > 0 ? _waiting.First().Key - 1 : Read;

    public int Count => _waiting.Count;

    /// <summary>When a failed one is to be tried again, at the earliest.</summary>
    public DateTimeOffset? NextDue => _waiting.Count > 0 ? Heads.Min(i => i.DueAt) : null;

    /// <summary>Of each subject the first: the others wait behind it.</summary>
    private IEnumerable<Item> Heads => _waiting.Values.DistinctBy(i => OrderOf(i.Message), StringComparer.Ordinal);

    public void Add(OutboxMessage message, bool isWanted)
    {
        Read = message.Position;
        if (isWanted)
        {
            _waiting.Add(message.Position, new(message, 0, DateTimeOffset.MinValue));
        }
    }

    /// <summary>What may be tried now: of each subject the first only, and that only once its pause is over.</summary>
    public IReadOnlyList<OutboxMessage> Due(DateTimeOffset now) => [.. Heads.Where(i => i.DueAt <= now).Select(i => i.Message)];

    public void Succeeded(OutboxMessage message) => _waiting.Remove(message.Position);

    /// <returns>How often it has failed, and for how long it rests.</returns>
    public (int Attempts, TimeSpan Pause) Failed(OutboxMessage message, DateTimeOffset now)
    {
        var attempts = _waiting[message.Position].Attempts + 1;
        var pause = TimeSpan.FromSeconds(Math.Min(FirstPause.TotalSeconds * Math.Pow(2, attempts - 1), LongestPause.TotalSeconds));
        _waiting[message.Position] = new(message, attempts, now + pause);
        return (attempts, pause);
    }

    /// <summary>Those that concern nobody are in order by what they are about.</summary>
    private static string OrderOf(OutboxMessage m) => m.Subject ?? m.License ?? m.Purchase ?? string.Empty;

    private sealed record Item(OutboxMessage Message, int Attempts, DateTimeOffset DueAt);
}

namespace Latchkey.Handlers;

/// <summary>Something that has happened, as a handler hears of it. Its text (<see cref="ToString"/>) names nobody, so it may go into a log.</summary>
public abstract class LatchkeyEvent
{
    private protected LatchkeyEvent()
    {
    }

    /// <summary>
    /// The same for one event however often it is handed over, through retries and restarts: keep it with what you do, and do nothing when it is there.
    /// </summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>What happened, for example <c>license.issued</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it was found out, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The tenant's id.</summary>
    public required string Tenant { get; init; }

    /// <summary>Whom it concerns: <c>user:…</c> or <c>email:…</c>; null when it concerns the seller only.</summary>
    public required string? Subject { get; init; }

    /// <summary>The kind and the key.</summary>
    public override string ToString() => $"{Kind} {IdempotencyKey}";
}

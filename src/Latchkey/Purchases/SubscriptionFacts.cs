namespace Latchkey.Purchases;

internal enum EndReason
{
    /// <summary>Not said, or not one we know: taken as a plain end.</summary>
    Unknown,
    Cancelled,
    FailedPayment,

    /// <summary>A plan of fixed length, or of installments, ran out.</summary>
    FixedPeriod,
}

/// <param name="At">When it takes effect; usually the end of what is paid, in the future.</param>
/// <param name="ForFailedPayments">Billing grace counts from <paramref name="At"/>; other cancellations have none.</param>
/// <param name="IsDated">False when no date was said; <paramref name="At"/> is then when we first saw it.</param>
internal sealed record CancellationFact(DateTimeOffset At, bool ForFailedPayments, DateTimeOffset LastSeenAt, bool IsDated = true);

internal sealed record EndFact(DateTimeOffset At, EndReason Reason, DateTimeOffset LastSeenAt);

internal sealed record RestartFact(DateTimeOffset At, DateTimeOffset LastSeenAt);

/// <summary>What a member pays for, as far as it was said.</summary>
/// <param name="PriceCents">In the product's pricing currency.</param>
internal sealed record Plan(string? Tier, string? TierId, string? Recurrence, int? Seats, long? PriceCents)
{
    public bool SameAs(Plan? other) =>
        other is not null
        && string.Equals(Tier, other.Tier, StringComparison.OrdinalIgnoreCase)
        && (Recurrence is null || other.Recurrence is null || Recurrence == other.Recurrence);
}

/// <param name="MadeAt">When it was asked for: an upgrade's moment, and for a downgrade when we first saw it.</param>
internal sealed record PlanChangeFact(bool IsUpgrade, DateTimeOffset EffectiveAt, DateTimeOffset MadeAt, Plan? Old, Plan New);

/// <summary>What was said about a subscription besides its charges. Lists are in order of their dates.</summary>
/// <param name="TrialEndsAt">When its free trial ends; null without one, or while nobody has said so.</param>
internal sealed record SubscriptionFacts(
    IReadOnlyList<CancellationFact> Cancellations,
    IReadOnlyList<EndFact> Ends,
    IReadOnlyList<RestartFact> Restarts,
    IReadOnlyList<PlanChangeFact> Changes,
    DateTimeOffset? TrialEndsAt)
{
    /// <summary>Whether Gumroad was heard about trials: every event of a subscription, and every read, says whether it has one.</summary>
    public bool IsTrialKnown { get; init; }

    public static SubscriptionFacts None { get; } = new([], [], [], [], null);
}

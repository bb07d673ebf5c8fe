namespace Latchkey.Simulator;

/// <summary>A membership as it stood when it was asked for.</summary>
public sealed record SimulatedMembership
{
    /// <summary>The <c>subscription_id</c> of its pings.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>What was bought.</summary>
    public required string ProductId { get; init; }

    /// <summary>The product's permalink.</summary>
    public required string Permalink { get; init; }

    /// <summary>The member.</summary>
    public required string Email { get; init; }

    /// <summary>The tier now, or empty text.</summary>
    public required string Tier { get; init; }

    /// <summary>Seats now.</summary>
    public required int Seats { get; init; }

    /// <summary>How often it is paid now.</summary>
    public required string Recurrence { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The end of what is paid, UTC.</summary>
    public required DateTimeOffset PaidUntil { get; init; }

    /// <summary>When a free trial ends, UTC.</summary>
    public DateTimeOffset? FreeTrialEndsAt { get; init; }

    /// <summary>When it will end or has ended by a cancellation, UTC.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>cancelled</c>, <c>failed_payment</c> or <c>fixed_subscription_period_ended</c>.</summary>
    public string? EndedReason { get; init; }

    /// <summary>Sale ids of its payments, the first one first.</summary>
    public required IReadOnlyList<string> SaleIds { get; init; }
}

namespace Latchkey.Gumroad.Events;

/// <summary>A subscription is over, and with it the access it gave. Gumroad may leave it out.</summary>
public sealed record SubscriptionEndedEvent : SubscriptionSnapshot
{
    internal SubscriptionEndedEvent(EventFields fields)
        : base(fields)
    {
        EndedAt = fields.Time("ended_at");
        EndedReason = fields.Text("ended_reason");
    }

    /// <inheritdoc/>
    public override GumroadResource Resource => GumroadResource.SubscriptionEnded;

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why, in Gumroad's words; kept also when <see cref="Reason"/> does not know them.</summary>
    public string? EndedReason { get; init; }

    /// <summary>Why, as far as the words are known.</summary>
    public SubscriptionEndReason Reason => EndedReason switch
    {
        "cancelled" => SubscriptionEndReason.Cancelled,
        "failed_payment" => SubscriptionEndReason.FailedPayment,
        "fixed_subscription_period_ended" => SubscriptionEndReason.FixedPeriodEnded,
        _ => SubscriptionEndReason.Unknown,
    };
}

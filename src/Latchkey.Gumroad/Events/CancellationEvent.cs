namespace Latchkey.Gumroad.Events;

/// <summary>A subscription was cancelled. It does not end access; <see cref="SubscriptionEndedEvent"/> does.</summary>
public sealed record CancellationEvent : SubscriptionSnapshot
{
    internal CancellationEvent(EventFields fields)
        : base(fields)
    {
        Cancelled = fields.Flag("cancelled");
        CancelledAt = fields.Time("cancelled_at");
        By = ReadBy(fields);
    }

    /// <inheritdoc/>
    public override GumroadResource Resource => GumroadResource.Cancellation;

    /// <summary>True so far in every such ping.</summary>
    public bool? Cancelled { get; init; }

    /// <summary>When it takes effect, UTC; usually in the future, at the end of the paid period.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Who cancelled.</summary>
    public CancelledBy By { get; init; }

    private static CancelledBy ReadBy(EventFields fields)
    {
        var by = CancelledBy.Unknown;
        foreach (var (name, who) in new[]
        {
            ("cancelled_due_to_payment_failures", CancelledBy.PaymentFailures),
            ("cancelled_by_admin", CancelledBy.Admin),
            ("cancelled_by_seller", CancelledBy.Seller),
            ("cancelled_by_buyer", CancelledBy.Buyer),
        })
        {
            by = fields.Flag(name) == true ? who : by;
        }

        return by;
    }
}

namespace Latchkey.Gumroad.Events;

/// <summary>A subscription as it stood when Gumroad built the ping. Such pings name no seller, sale or price.</summary>
public abstract record SubscriptionSnapshot : GumroadEvent
{
    private protected SubscriptionSnapshot(EventFields fields)
        : base(fields)
    {
        UserId = fields.Text("user_id");
        UserEmail = fields.Text("user_email");
        PurchaseIds = fields.TextList("purchase_ids");
        CreatedAt = fields.Time("created_at");
        ChargeOccurrenceCount = fields.SmallInteger("charge_occurrence_count");
        FreeTrialEndsAt = fields.Time("free_trial_ends_at");
    }

    /// <summary>The subscriber's account, decimal digits; null without an account.</summary>
    /// <remarks>Key <c>user_id</c>.</remarks>
    public string? UserId { get; init; }

    /// <summary>The subscriber's e-mail.</summary>
    /// <remarks>Key <c>user_email</c>.</remarks>
    public string? UserEmail { get; init; }

    /// <summary>The sale ids of all its payments, failed ones too; usually the first payment first. As they came, unchecked.</summary>
    /// <remarks>Key <c>purchase_ids[]</c>.</remarks>
    public IReadOnlyList<string> PurchaseIds { get; init; }

    /// <summary>When it began, UTC.</summary>
    /// <remarks>Key <c>created_at</c>.</remarks>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Number of charges of a plan of fixed length; null if it goes on.</summary>
    /// <remarks>Key <c>charge_occurrence_count</c>.</remarks>
    public int? ChargeOccurrenceCount { get; init; }

    /// <summary>When its free trial ends, UTC; null without one.</summary>
    /// <remarks>Key <c>free_trial_ends_at</c>.</remarks>
    public DateTimeOffset? FreeTrialEndsAt { get; init; }
}

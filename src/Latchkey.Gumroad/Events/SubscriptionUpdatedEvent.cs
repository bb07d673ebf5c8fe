namespace Latchkey.Gumroad.Events;

/// <summary>A tiered membership changed its plan.</summary>
public sealed record SubscriptionUpdatedEvent : SubscriptionSnapshot
{
    internal SubscriptionUpdatedEvent(EventFields fields)
        : base(fields)
    {
        Type = fields.Word("type", ("upgrade", PlanChange.Upgrade), ("downgrade", PlanChange.Downgrade));
        EffectiveAsOf = fields.Time("effective_as_of");
        OldPlan = SubscriptionPlan.Read(fields.Inner("old_plan"));
        NewPlan = SubscriptionPlan.Read(fields.Inner("new_plan"));
    }

    /// <inheritdoc/>
    public override GumroadResource Resource => GumroadResource.SubscriptionUpdated;

    /// <summary>Which way it changed.</summary>
    public PlanChange? Type { get; init; }

    /// <summary>From when on the new plan holds, UTC; a downgrade's lies in the future.</summary>
    public DateTimeOffset? EffectiveAsOf { get; init; }

    /// <summary>The plan until then.</summary>
    public SubscriptionPlan? OldPlan { get; init; }

    /// <summary>The plan from then on.</summary>
    public SubscriptionPlan? NewPlan { get; init; }
}

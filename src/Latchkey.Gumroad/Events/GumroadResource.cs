namespace Latchkey.Gumroad.Events;

/// <summary>The eight kinds of event; the value of <c>resource_name</c>.</summary>
/// <remarks>Source: Gumroad's public server code, <c>app/models/resource_subscription.rb</c>.</remarks>
public enum GumroadResource
{
    /// <summary>Something was bought, renewed, given or pre-ordered.</summary>
    Sale,

    /// <summary>A sale was refunded, in full or in part.</summary>
    Refund,

    /// <summary>A payment was disputed.</summary>
    Dispute,

    /// <summary>A dispute was won by the seller.</summary>
    DisputeWon,

    /// <summary>A subscription will end; access goes on until <see cref="SubscriptionEnded"/>.</summary>
    Cancellation,

    /// <summary>A tiered membership was upgraded or downgraded.</summary>
    SubscriptionUpdated,

    /// <summary>A subscription is over.</summary>
    SubscriptionEnded,

    /// <summary>A subscription goes on after all.</summary>
    SubscriptionRestarted,
}

using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>The three times Gumroad keeps of a membership's end: it sets the one that fits the reason and leaves the others null.</summary>
internal sealed record SubscriptionTimes(DateTimeOffset? CancelledAt, DateTimeOffset? EndedAt, DateTimeOffset? FailedAt)
{
    public static SubscriptionTimes Of(SubscriptionRecord subscription) => subscription.EndedReason switch
    {
        "failed_payment" => new(null, null, subscription.FailedAt ?? subscription.EndedAt),
        "fixed_subscription_period_ended" => new(null, subscription.EndedAt, null),
        _ => new(subscription.CancelledAt, null, null),
    };
}

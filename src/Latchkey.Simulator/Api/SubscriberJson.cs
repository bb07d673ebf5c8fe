using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Api;

/// <summary>A membership as the API shows it. Source: <c>as_json</c> in <c>app/models/subscription.rb</c>.</summary>
internal static class SubscriberJson
{
    public static JsonObject Of(SubscriptionRecord subscription)
    {
        var times = SubscriptionTimes.Of(subscription);
        var json = new JsonObject
        {
            ["id"] = subscription.Id,
            ["email"] = subscription.Email,
            ["product_id"] = subscription.Item.Product.ProductId,
            ["product_name"] = subscription.Item.Product.Name,
            ["user_id"] = subscription.UserId,
            ["user_email"] = subscription.UserId is null ? null : subscription.Email,
            ["purchase_ids"] = subscription.Purchases.Where(sale => !sale.IsFailed).Select(sale => sale.SaleId).ToJson(),
            ["created_at"] = WireTime.Of(subscription.CreatedAt),
            ["user_requested_cancellation_at"] = TimeOf(times.FailedAt is null ? subscription.CancelRequestedAt : null),
            ["charge_occurrence_count"] = subscription.ChargeCount,
            ["recurrence"] = subscription.Plan.Recurrence,
            ["cancelled_at"] = TimeOf(times.CancelledAt),
            ["ended_at"] = TimeOf(times.EndedAt),
            ["failed_at"] = TimeOf(times.FailedAt),
            ["free_trial_ends_at"] = TimeOf(subscription.FreeTrialEndsAt),
            ["status"] = StatusOf(subscription),
        };
        json.AddUnlessNull("license_key", subscription.Original.License?.Key);
        return json;
    }

    private static string StatusOf(SubscriptionRecord subscription) => subscription switch
    {
        { EndedAt: not null } => subscription.EndedReason ?? "cancelled",
        { CancelledAt: not null } => "pending_cancellation",
        { FailedAt: not null } => "pending_failure",
        _ => "alive",
    };

    private static JsonNode? TimeOf(DateTimeOffset? at) => at is { } time ? WireTime.Of(time) : null;
}

using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Pings;

/// <summary>
/// The payloads of the four membership events. Null where Gumroad would drop the ping after all.
/// Source: app/modules/subscription/ping_notification.rb and app/models/subscription.rb.
/// </summary>
internal static class SubscriptionPayload
{
    public static JsonObject? Cancellation(SubscriptionRecord subscription)
    {
        if (subscription.CancelledAt is not { } at)
        {
            return null;
        }

        var payload = Tail(Head(subscription, PingResources.Cancellation), subscription);
        payload["cancelled"] = true;
        payload["cancelled_at"] = WireTime.Of(at);
        payload[subscription.CancelledBy switch
        {
            CancelledBy.Seller => "cancelled_by_seller",
            CancelledBy.Admin => "cancelled_by_admin",
            CancelledBy.PaymentFailures => "cancelled_due_to_payment_failures",
            _ => "cancelled_by_buyer",
        }] = true;
        return payload;
    }

    public static JsonObject? Ended(SubscriptionRecord subscription)
    {
        if (subscription.EndedAt is not { } at)
        {
            return null;
        }

        var payload = Tail(Head(subscription, PingResources.SubscriptionEnded), subscription);
        payload["ended_at"] = WireTime.Of(at);
        payload["ended_reason"] = subscription.EndedReason;
        return payload;
    }

    public static JsonObject? Restarted(SubscriptionRecord subscription, DateTimeOffset now)
    {
        if (subscription.EndedAt is not null || subscription.CancelledAt is not null)
        {
            return null;
        }

        var payload = Head(subscription, PingResources.SubscriptionRestarted);
        payload["restarted_at"] = WireTime.Of(now);
        return Tail(payload, subscription);
    }

    public static JsonObject Updated(SubscriptionRecord subscription, Plan before, Plan after, DateTimeOffset effective, Shop shop)
    {
        var payload = Head(subscription, PingResources.SubscriptionUpdated);
        payload["type"] = after.PriceUsdCents >= before.PriceUsdCents ? "upgrade" : "downgrade";
        payload["effective_as_of"] = WireTime.Of(effective);
        payload["old_plan"] = PlanOf(subscription, before, shop);
        payload["new_plan"] = PlanOf(subscription, after, shop);
        return Tail(payload, subscription);
    }

    private static JsonObject Head(SubscriptionRecord subscription, string resource) => new()
    {
        ["subscription_id"] = subscription.Id,
        ["product_id"] = subscription.Item.Product.ProductId,
        ["product_name"] = subscription.Item.Product.Name,
        ["user_id"] = subscription.UserId,
        ["user_email"] = subscription.Email,
        ["purchase_ids"] = new JsonArray([.. subscription.PurchaseIds.Select(id => (JsonNode?)id)]),
        ["created_at"] = WireTime.Of(subscription.CreatedAt),
        ["charge_occurrence_count"] = subscription.ChargeCount,
        ["recurrence"] = subscription.Plan.Recurrence,
        ["free_trial_ends_at"] = subscription.FreeTrialEndsAt is { } end ? WireTime.Of(end) : null,
        ["resource_name"] = resource,
    };

    private static JsonObject Tail(JsonObject payload, SubscriptionRecord subscription)
    {
        payload.SetIfAny("custom_fields", SalePayload.CustomFieldsOf(subscription.Purchases[0]));
        payload.SetIfAny("license_key", subscription.Purchases[0].License?.Key);
        return payload;
    }

    private static JsonObject PlanOf(SubscriptionRecord subscription, Plan plan, Shop shop) => new()
    {
        ["tier"] = new JsonObject
        {
            ["id"] = shop.Identities.TierOf(subscription.Item.Product, plan.Tier),
            ["name"] = plan.Tier,
        },
        ["recurrence"] = plan.Recurrence,
        ["price_cents"] = plan.PriceUsdCents,
        ["quantity"] = plan.Seats,
    };
}

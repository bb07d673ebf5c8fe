using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Pings;

/// <summary>The payloads of the four membership events. Null where Gumroad would drop the ping after all.</summary>
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

    public static JsonObject Updated(SubscriptionRecord subscription, Plan before, Plan after, DateTimeOffset effective)
    {
        var payload = Head(subscription, PingResources.SubscriptionUpdated);
        payload["type"] = after.PriceUsdCents >= before.PriceUsdCents ? "upgrade" : "downgrade";
        payload["effective_as_of"] = WireTime.Of(effective);
        payload["old_plan"] = PlanOf(subscription, before);
        payload["new_plan"] = PlanOf(subscription, after);
        return Tail(payload, subscription);
    }

    private static JsonObject Head(SubscriptionRecord subscription, string resource) => new()
    {
        ["subscription_id"] = subscription.Id,
        ["product_id"] = subscription.Product.ProductId,
        ["product_name"] = subscription.Product.Name,
        ["user_id"] = subscription.UserId,
        ["user_email"] = subscription.Email,
        ["purchase_ids"] = new JsonArray([.. subscription.Purchases.Select(sale => (JsonNode?)sale.SaleId)]),
        ["created_at"] = WireTime.Of(subscription.CreatedAt),
        ["charge_occurrence_count"] = null,
        ["recurrence"] = subscription.Recurrence,
        ["free_trial_ends_at"] = null,
        ["resource_name"] = resource,
    };

    private static JsonObject Tail(JsonObject payload, SubscriptionRecord subscription)
    {
        SalePayload.SetIfAny(payload, "custom_fields", subscription.Purchases[0].CustomFields);
        SalePayload.SetIfAny(payload, "license_key", subscription.Purchases[0].LicenseKey);
        return payload;
    }

    private static JsonObject PlanOf(SubscriptionRecord subscription, Plan plan) => new()
    {
        ["tier"] = new JsonObject
        {
            ["id"] = StableIds.Id($"tier {subscription.Product.Permalink} {plan.Tier}"),
            ["name"] = plan.Tier,
        },
        ["recurrence"] = subscription.Recurrence,
        ["price_cents"] = plan.PriceUsdCents,
        ["quantity"] = plan.Seats,
    };
}

using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Api;

/// <summary>
/// A license's purchase: its ping, with some keys written over in their places and some added at the end.
/// Source: <c>app/controllers/api/v2/licenses_controller.rb</c>, <c>as_json_for_license</c> in <c>app/models/purchase.rb</c>.
/// </summary>
internal static class LicenseJson
{
    public static JsonObject Of(SaleRecord sale, ApiCall call)
    {
        var json = SalePayload.Of(sale, resource: null, call.Ledger.Shop, withUrlParams: false);
        json["id"] = sale.SaleId;
        json["created_at"] = WireTime.Of(sale.At);
        json["variants"] = sale.Variants.Count > 0 ? $"({string.Join(", ", sale.Variants.Values)})" : "";
        json["custom_fields"] = sale.CustomFields.Select(pair => $"{pair.Key}: {pair.Value}").ToJson();
        if (SaleJsonParts.OfferCodeOf(sale) is { } code)
        {
            json["offer_code"] = code;
        }

        if (sale.Subscription is { } subscription)
        {
            var times = SubscriptionTimes.Of(subscription);
            json["subscription_ended_at"] = TimeOf(times.EndedAt);
            json["subscription_cancelled_at"] = TimeOf(times.CancelledAt);
            json["subscription_failed_at"] = TimeOf(times.FailedAt);
        }
        else
        {
            json["refunded"] = sale.Refunded;
            json["chargebacked"] = sale is { Disputed: true, DisputeWon: false };
        }

        return json;
    }

    /// <summary>Of somebody who bought elsewhere and was brought in from a list.</summary>
    public static JsonObject Of(ImportedCustomer customer, SimulatedProduct product, DateTimeOffset now) => new()
    {
        ["email"] = customer.Email,
        ["created_at"] = WireTime.Of(customer.CreatedAt),
        ["timestamp"] = TimeText.Ago(customer.CreatedAt, now),
        ["link_name"] = product.Name,
        ["product_name"] = product.Name,
        ["price"] = null,
        ["is_imported_customer"] = true,
        ["purchase_email"] = customer.Email,
        ["id"] = customer.Id,
        ["can_update"] = null,
    };

    private static JsonNode? TimeOf(DateTimeOffset? at) => at is { } time ? WireTime.Of(time) : null;
}

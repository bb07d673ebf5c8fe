using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Pings;

/// <summary>The payload of sale, refund, dispute and dispute_won: Gumroad's keys, in Gumroad's order, as the sale stands now.</summary>
internal static class SalePayload
{
    public static JsonObject Of(SaleRecord sale, string resource, string sellerId, Uri store)
    {
        var payload = Core(sale, sellerId, store);
        AddCustomFields(payload, sale);
        if (sale.LicenseKey is not null)
        {
            payload["license_key"] = sale.LicenseKey;
            if (sale.Subscription is not null)
            {
                payload["is_multiseat_license"] = sale.Product.IsMultiseat;
            }
        }

        SetIfAny(payload, "ip_country", sale.IpCountry);
        SetIfAny(payload, "recurrence", sale.Subscription?.Recurrence);
        payload["is_gift_receiver_purchase"] = sale.Giver is not null;
        if (sale.Giver is { } giver)
        {
            payload["gift_price"] = giver.PriceUsdCents;
            payload["gifter_email"] = giver.Email;
        }

        payload["refunded"] = sale.Refunded;
        payload["resource_name"] = resource;
        payload["disputed"] = sale.Disputed;
        payload["dispute_won"] = sale.DisputeWon;
        return payload;
    }

    /// <summary>What the settings page's test button sends about the latest sale.</summary>
    public static JsonObject OfTestPing(SaleRecord sale, string sellerId, Uri store)
    {
        var payload = Of(sale, PingResources.Sale, sellerId, store);
        payload.Remove("resource_name");
        payload.Remove("url_params");
        payload["test"] = true;
        return payload;
    }

    private static JsonObject Core(SaleRecord sale, string sellerId, Uri store)
    {
        var withCard = sale is { PriceUsdCents: > 0, IsTest: false };
        var payload = new JsonObject
        {
            ["seller_id"] = sellerId,
            ["product_id"] = sale.Product.ProductId,
            ["product_name"] = sale.Product.Name,
            ["permalink"] = sale.Product.Permalink,
            ["product_permalink"] = new Uri(store, "l/" + Uri.EscapeDataString(sale.Product.Permalink)).AbsoluteUri,
            ["short_product_id"] = sale.Product.ShortId,
            ["email"] = sale.Email,
            ["price"] = sale.PriceUsdCents,
            ["gumroad_fee"] = FeeOf(sale.PriceUsdCents),
            ["currency"] = sale.Product.Currency,
            ["quantity"] = sale.Quantity,
            ["discover_fee_charged"] = false,
            ["can_contact"] = true,
            ["referrer"] = "direct",
            ["card"] = new JsonObject
            {
                ["visual"] = withCard ? "**** **** **** 4242" : null,
                ["type"] = withCard ? "visa" : null,
                ["bin"] = null,
                ["expiry_month"] = null,
                ["expiry_year"] = null,
            },
            ["order_number"] = sale.OrderNumber,
            ["sale_id"] = sale.SaleId,
            ["sale_timestamp"] = WireTime.Of(sale.At),
        };
        SetIfAny(payload, "full_name", sale.FullName);
        SetIfAny(payload, "purchaser_id", sale.PurchaserId);
        SetIfAny(payload, "subscription_id", sale.Subscription?.Id);
        SetIfAny(payload, "url_params", sale.UrlParams);
        SetIfAny(payload, "variants", sale.Variants);
        SetIfAny(payload, "offer_code", sale.OfferCode);
        SetIfTrue(payload, "test", sale.IsTest);
        SetIfTrue(payload, "is_recurring_charge", sale.IsRecurringCharge);
        return payload;
    }

    // Flat first, over whatever is there, then nested: that is how a buyer's text can replace a built-in value.
    private static void AddCustomFields(JsonObject payload, SaleRecord sale)
    {
        foreach (var (name, value) in sale.CustomFields)
        {
            payload[name] = value;
        }

        SetIfAny(payload, "custom_fields", sale.CustomFields.Count > 0 ? sale.CustomFields : SubscriptionFields(sale));
    }

    private static IReadOnlyDictionary<string, string> SubscriptionFields(SaleRecord sale) =>
        sale.Subscription?.Purchases[0].CustomFields ?? sale.CustomFields;

    // 12.9 % and 80 cents, about what Gumroad and the card company take.
    private static int FeeOf(int cents) => cents == 0 ? 0 : (int)((cents * 129L) / 1000) + 80;

    internal static void SetIfAny(JsonObject payload, string key, string? text)
    {
        if (text is not null)
        {
            payload[key] = text;
        }
    }

    internal static void SetIfAny(JsonObject payload, string key, IReadOnlyDictionary<string, string> map)
    {
        if (map.Count > 0)
        {
            payload[key] = new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }
    }

    private static void SetIfTrue(JsonObject payload, string key, bool value)
    {
        if (value)
        {
            payload[key] = true;
        }
    }
}

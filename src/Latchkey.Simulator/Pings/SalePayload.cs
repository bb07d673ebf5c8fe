using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Pings;

/// <summary>
/// The payload of sale, refund, dispute and dispute_won: Gumroad's keys, in Gumroad's order, as the sale stands now.
/// Source: app/modules/purchase/ping_notification.rb.
/// </summary>
internal static partial class SalePayload
{
    /// <param name="sale">Which sale.</param>
    /// <param name="resource">Left out of the payload when null.</param>
    /// <param name="shop">Whose sale.</param>
    /// <param name="withUrlParams">Whether the parameters of the product page are told.</param>
    public static JsonObject Of(SaleRecord sale, string? resource, Shop shop, bool withUrlParams)
    {
        var payload = Core(sale, shop);
        AddPurchase(payload, sale, withUrlParams);
        AddShipping(payload, sale);
        AddCustomFields(payload, sale);
        AddLicense(payload, sale);
        payload.SetIfAny("ip_country", sale.IpCountry);
        if (sale.Product.ShippingRateUsdCents is { } rate)
        {
            payload["shipping_rate"] = rate;
        }

        payload.SetIfAny("recurrence", sale.Subscription?.Plan.Recurrence);
        payload.SetIfAny("affiliate", sale.Affiliate);
        AddGift(payload, sale);
        AddSku(payload, sale, shop);
        payload["refunded"] = sale.Refunded;
        payload.SetIfAny("resource_name", resource);
        payload["disputed"] = sale.Disputed;
        payload["dispute_won"] = sale.DisputeWon;
        return payload;
    }

    /// <summary>What the settings page's test button sends about the latest sale.</summary>
    public static JsonObject OfTestPing(SaleRecord sale, Shop shop)
    {
        var payload = Of(sale, resource: null, shop, withUrlParams: false);
        payload["test"] = true;
        return payload;
    }

    private static void AddPurchase(JsonObject payload, SaleRecord sale, bool withUrlParams)
    {
        payload.SetIfAny("full_name", sale.FullName);
        payload.SetIfAny("purchaser_id", sale.PurchaserId);
        payload.SetIfAny("subscription_id", sale.Subscription?.Id);
        if (sale is { Affiliate: not null, PriceUsdCents: > 0 })
        {
            payload["affiliate_credit_amount_cents"] = AffiliateCreditOf(sale);
        }

        if (withUrlParams)
        {
            payload.SetIfAny("url_params", sale.UrlParams.Select(pair => KeyValuePair.Create(pair.Key, ValueOf(pair.Value))));
        }

        payload.SetIfAny("variants", sale.Variants.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        payload.SetIfAny("offer_code", sale.OfferCode?.Code.Code);
        payload.SetIfTrue("test", sale.IsTest);
        payload.SetIfTrue("is_recurring_charge", sale.IsRecurringCharge);
        payload.SetIfTrue("is_preorder_authorization", sale.IsPreorderAuthorization);
    }

    private static void AddShipping(JsonObject payload, SaleRecord sale)
    {
        if (sale is not { Product.ShippingRateUsdCents: not null, Shipping: { } to })
        {
            return;
        }

        JsonObject information = new()
        {
            ["full_name"] = sale.FullName ?? to.FullName,
            ["street_address"] = to.StreetAddress,
            ["country"] = to.Country,
            ["state"] = to.State,
            ["zip_code"] = to.ZipCode,
            ["city"] = to.City,
        };
        foreach (var (name, value) in information)
        {
            payload[name] = value!.DeepClone();
        }

        payload["shipping_information"] = information;
    }

    // Flat first, over whatever is there, then nested: that is how a buyer's text can replace a built-in value.
    private static void AddCustomFields(JsonObject payload, SaleRecord sale)
    {
        foreach (var (name, value) in CustomFieldsOf(sale))
        {
            payload[name] = value;
        }

        payload.SetIfAny("custom_fields", CustomFieldsOf(sale.CustomFields.Count > 0 ? sale : sale.Subscription?.Purchases[0] ?? sale));
    }

    /// <summary>Typed, in their order.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> CustomFieldsOf(SaleRecord sale) => sale.CustomFields.Select(pair =>
        KeyValuePair.Create(pair.Key, (JsonNode?)(sale.BooleanFields.Contains(pair.Key) ? JsonValue.Create(pair.Value == "true") : pair.Value)));

    private static void AddLicense(JsonObject payload, SaleRecord sale)
    {
        if (sale is not { License: { } license, Product.IsLicensed: true })
        {
            return;
        }

        payload["license_key"] = license.Key;
        if (sale.Subscription is not null)
        {
            payload["is_multiseat_license"] = sale.Product.IsMultiseat;
        }
    }

    private static void AddGift(JsonObject payload, SaleRecord sale)
    {
        payload["is_gift_receiver_purchase"] = sale.Giver is not null;
        if (sale.Giver is { } giver)
        {
            payload["gift_price"] = giver.PriceUsdCents;
            payload["gifter_email"] = giver.Email;
        }
    }

    private static void AddSku(JsonObject payload, SaleRecord sale, Shop shop)
    {
        var product = sale.Product;
        var choice = product.Variants.Count > 0 ? sale.Variants.GetValueOrDefault(product.Variants[0].Title, "") : "";
        if (product.Skus.TryGetValue(choice, out var custom))
        {
            payload["sku_id"] = custom;
            payload["original_sku_id"] = shop.Identities.SkuOf(product, choice);
        }
        else if (product.Skus.Count > 0)
        {
            payload["sku_id"] = shop.Identities.SkuOf(product, choice);
        }
        else if (product.ShippingRateUsdCents is not null)
        {
            payload["sku_id"] = "pid_" + product.ProductId;
        }
    }

    private static JsonNode? ValueOf(IReadOnlyList<string> values) =>
        values.Count == 1 ? values[0] : new JsonArray([.. values.Select(value => (JsonNode?)value)]);
}

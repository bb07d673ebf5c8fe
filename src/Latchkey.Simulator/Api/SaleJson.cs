using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Api;

/// <summary>A sale as the API shows it. Source: <c>as_json</c> in <c>app/models/purchase.rb</c>.</summary>
internal static class SaleJson
{
    public static JsonObject Of(SaleRecord sale, ApiCall call)
    {
        var json = new JsonObject();
        AddMoney(json, sale, call);
        AddBuyer(json, sale);
        AddChoices(json, sale);
        AddFlags(json, sale);
        json["card"] = SalePayload.CardOf(sale);
        json["product_rating"] = null;

        // Nobody writes reviews here.
        json["reviews_count"] = 0;
        json["average_rating"] = 0.0m;
        SaleJsonParts.AddMembership(json, sale, call.Now);
        SaleJsonParts.AddPreorder(json, sale);
        SaleJsonParts.AddShipment(json, sale);
        json.AddUnlessNull("offer_code", SaleJsonParts.OfferCodeOf(sale));
        SaleJsonParts.AddAffiliate(json, sale);
        SaleJsonParts.AddLicense(json, sale, call.IsNewest);
        SaleJsonParts.AddSku(json, sale, call.Ledger.Shop);
        json["quantity"] = sale.Quantity;
        return json;
    }

    // (Studio, Qty: 2), or empty text without a choice
    private static string VariantsAndQuantity(SaleRecord sale)
    {
        var quantity = sale.Quantity > 1 ? $", Qty: {sale.Quantity}" : "";
        return sale.Variants.Count == 0 ? "" : $"({string.Join(", ", sale.Variants.Values)}{quantity})";
    }

    private static void AddMoney(JsonObject json, SaleRecord sale, ApiCall call)
    {
        var currency = sale.Product.Currency;
        var recurrence = sale.Product.IsMembership ? sale.Subscription?.Plan.Recurrence : null;
        json["id"] = sale.SaleId;
        json["email"] = sale.Email;
        json["seller_id"] = call.Ledger.Shop.SellerId;
        json["timestamp"] = TimeText.Ago(sale.At, call.Now);
        json["daystamp"] = TimeText.Stamp(sale.At);
        json["created_at"] = WireTime.Of(sale.At);
        json["product_name"] = sale.Product.Name;
        json["product_has_variants"] = sale.Product.Variants.Count > 0;
        json["price"] = sale.PriceUsdCents;
        json["gumroad_fee"] = SalePayload.FeeOf(sale);
        json["is_bundle_purchase"] = sale.Product.BundleContents.Count > 0;
        json["is_bundle_product_purchase"] = sale.Bundle is not null;
        json.AddUnlessNull("subscription_duration", recurrence);
        json["formatted_display_price"] = MoneyText.Price(sale.PriceUsdCents, currency, recurrence);
        json["formatted_total_price"] = MoneyText.Price(sale.PriceUsdCents, currency, recurrence);
        json["currency_symbol"] = MoneyText.SymbolOf(currency);
        json["amount_refundable_in_currency"] = MoneyText.Amount(sale.PriceUsdCents - sale.RefundedUsdCents);
        json["product_id"] = sale.Product.ProductId;
        json["product_permalink"] = sale.Product.ShortId;
        json["refunded"] = sale.Refunded;
        json["partially_refunded"] = sale is { RefundedUsdCents: > 0, Refunded: false };
        json["chargedback"] = sale is { Disputed: true, DisputeWon: false };
    }

    private static void AddBuyer(JsonObject json, SaleRecord sale)
    {
        json["purchase_email"] = sale.Email;
        json.AddUnlessNull("giftee_email", sale.GifteeEmail);
        json.AddUnlessNull("gifter_email", sale.Giver?.Email);
        json.AddUnlessNull("full_name", sale.Shipping?.FullName ?? sale.FullName);
        json.AddUnlessNull("street_address", sale.Shipping?.StreetAddress);
        json.AddUnlessNull("city", sale.Shipping?.City);
        json.AddUnlessNull("state", sale.Shipping?.State ?? Places.StateOf(sale.IpCountry));
        json.AddUnlessNull("zip_code", sale.Shipping?.ZipCode);
        json.AddUnlessNull("country", sale.Shipping?.Country ?? sale.IpCountry);
        json.AddUnlessNull("country_iso2", Places.CodeOf(sale.Shipping?.Country));
    }

    private static void AddChoices(JsonObject json, SaleRecord sale)
    {
        json["paid"] = sale.PriceUsdCents > 0;
        json["has_variants"] = sale.Variants.Count > 0;
        json.AddUnlessNull("variants", sale.Variants.Count > 0 ? sale.Variants.ToMap() : null);
        json["variants_and_quantity"] = VariantsAndQuantity(sale);
        json["has_custom_fields"] = sale.CustomFields.Count > 0;
        json["custom_fields"] = new JsonObject(SalePayload.CustomFieldsOf(sale));
        json["order_id"] = sale.OrderNumber;
    }

    private static void AddFlags(JsonObject json, SaleRecord sale)
    {
        json["is_product_physical"] = sale.Product.ShippingRateUsdCents is not null;
        json.AddUnlessNull("purchaser_id", sale.PurchaserId);
        json["is_recurring_billing"] = sale.Product.IsMembership;
        json["can_contact"] = sale.CanContact;
        json["is_following"] = false;
        json["disputed"] = sale.Disputed;
        json["dispute_won"] = sale.DisputeWon;
        json["is_additional_contribution"] = false;
        json["discover_fee_charged"] = sale.ThroughDiscover;
        json["is_upgrade_purchase"] = sale.IsUpgrade;
        json["is_more_like_this_recommended"] = false;
        json["is_gift_sender_purchase"] = sale.Giftee is not null;
        json["is_gift_receiver_purchase"] = sale.Giver is not null;
        json.AddUnlessNull("referrer", sale.Referrer);
        json["paypal_refund_expired"] = false;
    }
}

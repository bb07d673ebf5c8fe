using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Api;

/// <summary>What a sale shows only if it has it.</summary>
internal static class SaleJsonParts
{
    public static void AddMembership(JsonObject json, SaleRecord sale, DateTimeOffset now)
    {
        if (sale.Subscription is not { } subscription)
        {
            return;
        }

        var times = SubscriptionTimes.Of(subscription);
        json["subscription_id"] = subscription.Id;
        json["cancelled"] = times.CancelledAt is not null || times.FailedAt is not null;
        json["dead"] = subscription.EndedAt is not null;
        json["ended"] = times.EndedAt is not null;
        json["free_trial_ended"] = subscription.FreeTrialEndsAt is { } end ? now >= end : null;
        json["free_trial_ends_on"] = subscription.FreeTrialEndsAt is { } day ? TimeText.Day(day) : null;
        json["recurring_charge"] = sale.IsRecurringCharge;
    }

    public static void AddPreorder(JsonObject json, SaleRecord sale)
    {
        if (sale.IsPreorderAuthorization || sale.Authorization is not null)
        {
            json["preorder_cancelled"] = false;
            json["is_preorder_authorization"] = sale.IsPreorderAuthorization;
            json["is_in_preorder_state"] = sale is { IsPreorderAuthorization: true, PreorderReleased: false };
        }
    }

    public static void AddShipment(JsonObject json, SaleRecord sale)
    {
        if (sale.Shipped || sale.Product.ShippingRateUsdCents is not null)
        {
            json["shipped"] = sale.Shipped;
            json["tracking_url"] = sale.TrackingUrl;
        }
    }

    /// <summary>The code as an object, where pings have its text; null without one.</summary>
    public static JsonObject? OfferCodeOf(SaleRecord sale) => sale.OfferCode?.Code is { } code
        ? new JsonObject
        {
            ["code"] = code.Code,
            ["displayed_amount_off"] = code.PercentOff is { } percent ? $"{percent}%" : MoneyText.Price(code.AmountOffUsdCents ?? 0, sale.Product.Currency),
            ["name"] = code.Code,
        }
        : null;

    public static void AddAffiliate(JsonObject json, SaleRecord sale)
    {
        if (sale.Affiliate is { } email)
        {
            json["affiliate"] = new JsonObject
            {
                ["email"] = email,
                ["amount"] = MoneyText.Price(SalePayload.AffiliateCreditOf(sale), sale.Product.Currency),
            };
        }

        if (sale.ThroughDiscover)
        {
            json["discover_fee_percentage"] = 30;
        }
    }

    public static void AddLicense(JsonObject json, SaleRecord sale, bool withUses)
    {
        if (sale.License is not { } license)
        {
            return;
        }

        json["license_key"] = license.Key;
        json["license_id"] = license.Id;
        json["license_disabled"] = license.Disabled;
        if (withUses)
        {
            json["license_uses"] = license.Uses;
        }

        json["is_multiseat_license"] = sale.Product is { IsMembership: true, IsMultiseat: true };
    }

    public static void AddSku(JsonObject json, SaleRecord sale, Shop shop)
    {
        var product = sale.Product;
        if (product.Skus.Count == 0 && product.ShippingRateUsdCents is null)
        {
            return;
        }

        var choice = product.Variants.Count > 0 ? sale.Variants.GetValueOrDefault(product.Variants[0].Title, "") : "";
        var id = shop.Identities.SkuOf(product, choice);
        json["sku_id"] = product.Skus.Count > 0 ? product.Skus.GetValueOrDefault(choice, id) : "pid_" + product.ProductId;
        json["sku_external_id"] = id;
        json["formatted_shipping_amount"] = MoneyText.Price(product.ShippingRateUsdCents ?? 0, product.Currency);
    }
}

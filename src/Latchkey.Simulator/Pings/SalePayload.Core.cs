using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Pings;

/// <content>The keys that every payload about a sale begins with, and sums that follow from the price.</content>
internal static partial class SalePayload
{
    private const int AffiliateShare = 4;

    /// <summary>12.9 % and 80 cents, about what Gumroad and the card company take; USD cents.</summary>
    public static int FeeOf(SaleRecord sale) => sale.PriceUsdCents == 0 ? 0 : (int)((sale.PriceUsdCents * 129L) / 1000) + 80;

    /// <summary>A quarter of the price, in USD cents.</summary>
    public static int AffiliateCreditOf(SaleRecord sale) => sale.Affiliate is null ? 0 : sale.PriceUsdCents / AffiliateShare;

    public static JsonObject CardOf(SaleRecord sale)
    {
        var (visual, type) = sale switch
        {
            { PriceUsdCents: 0 } or { IsTest: true } => (null, null),
            { PaidBy: PaymentMethod.PayPal } => (sale.Email, "paypal"),
            _ => ("**** **** **** 4242", "visa"),
        };
        return new JsonObject { ["visual"] = visual, ["type"] = type, ["bin"] = null, ["expiry_month"] = null, ["expiry_year"] = null };
    }

    private static JsonObject Core(SaleRecord sale, Shop shop)
    {
        var product = sale.Product;
        return new JsonObject
        {
            ["seller_id"] = shop.SellerId,
            ["product_id"] = product.ProductId,
            ["product_name"] = product.Name,
            ["permalink"] = product.Slug,
            ["product_permalink"] = shop.AddressOf(product),
            ["short_product_id"] = product.ShortId,
            ["email"] = sale.Email,
            ["price"] = sale.PriceUsdCents,
            ["gumroad_fee"] = FeeOf(sale),
            ["currency"] = product.Currency,
            ["quantity"] = sale.Quantity,
            ["discover_fee_charged"] = sale.ThroughDiscover,
            ["can_contact"] = sale.CanContact,
            ["referrer"] = sale.Referrer,
            ["card"] = CardOf(sale),
            ["order_number"] = sale.OrderNumber,
            ["sale_id"] = sale.SaleId,
            ["sale_timestamp"] = WireTime.Of(sale.At),
        };
    }
}

using Latchkey.Gumroad.Api;
using Latchkey.Purchases;

namespace Latchkey.Reconciliation;

/// <summary>From what Gumroad's API answers to what a read says. Gumroad's types go no further.</summary>
internal static class GumroadReads
{
    public static GumroadRead Of(Sale sale, DateTimeOffset readAt) => new(NameOf(sale), new SaleRead(readAt, ChargeOf(sale)), Subscriber: null);

    public static GumroadRead Of(Subscriber subscriber, DateTimeOffset readAt) => new(
        subscriber.SubscriptionId,
        Sale: null,
        new SubscriberRead(
            readAt,
            subscriber.CancelledAt,
            subscriber.FailedAt,
            subscriber.EndedAt,
            subscriber.Status switch
            {
                "cancelled" => EndReason.Cancelled,
                "failed_payment" => EndReason.FailedPayment,
                "fixed_subscription_period_ended" => EndReason.FixedPeriod,
                _ => EndReason.Unknown,
            },
            subscriber.FreeTrialEndsAt));

    /// <summary>The giver's half of a gift is a purchase of its own, even where it names the receiver's subscription.</summary>
    private static string NameOf(Sale sale) => sale is { IsGiftSenderPurchase: false, SubscriptionId: { } subscription } ? subscription : sale.Id;

    /// <summary>The giver's half of a gift grants nothing; the receiver's half is another sale.</summary>
    private static Charge ChargeOf(Sale sale) => new(sale.Id, Granting: !sale.IsGiftSenderPurchase)
    {
        SubscriptionId = sale.SubscriptionId,
        ProductId = sale.ProductId,
        ShortId = sale.ProductShortId,
        ProductName = sale.ProductName,
        Email = sale.PurchaseEmail?.Trim().ToLowerInvariant(),
        FullName = sale.FullName,
        PriceUsdCents = sale.PriceUsdCents,
        Quantity = Math.Max(sale.Quantity ?? 1, 1),
        SoldAt = sale.CreatedAt,
        Recurrence = sale.Recurrence,
        Variants = [.. sale.Variants.Values],
        Tier = sale.Variants.GetValueOrDefault(FactMerge.TierCategory),
        OfferCode = sale.OfferCode?.Code,
        LicenseKey = sale.LicenseKey,
        IsRecurring = sale.IsRecurringCharge,
        IsPreorder = sale.IsPreorderAuthorization is true,
        IsGift = sale.IsGiftReceiverPurchase,
        GifterEmail = sale.GifterEmail?.Trim().ToLowerInvariant(),
        GifteeEmail = sale.GifteeEmail?.Trim().ToLowerInvariant(),
        CustomFields = sale.CustomFields.Count > 0 ? sale.CustomFields : null,
        Refunded = sale.Refunded,
        PartiallyRefunded = sale.PartiallyRefunded,
        Disputed = sale.Disputed,
        DisputeWon = sale.DisputeWon,
    };
}

using System.Globalization;
using System.Text.Json;
using Latchkey.Gumroad.Events;

namespace Latchkey.Gumroad.Tests.Events;

/// <summary>Holds every property of every captured event against the typed payload it was encoded from.</summary>
public class TypedValuesTests
{
    private static readonly Dictionary<string, Func<GumroadEvent, object?>> Common = new()
    {
        ["product_id"] = e => e.ProductId,
        ["product_name"] = e => e.ProductName,
        ["subscription_id"] = e => e.SubscriptionId,
        ["recurrence"] = e => e.Recurrence,
        ["license_key"] = e => e.LicenseKey,
        ["custom_fields"] = e => e.CustomFields.Count == 0 ? null : e.CustomFields,
        ["retry_count"] = e => e.RetryCount == 0 ? null : e.RetryCount,
        ["resource_name"] = e => GumroadResources.Name(e.Resource),
    };

    private static readonly Dictionary<string, Func<SaleSnapshot, object?>> OfSale = new()
    {
        ["seller_id"] = e => e.SellerId,
        ["permalink"] = e => e.Permalink,
        ["product_permalink"] = e => e.ProductPermalink,
        ["short_product_id"] = e => e.ShortProductId,
        ["email"] = e => e.Email,
        ["price"] = e => e.PriceUsdCents,
        ["gumroad_fee"] = e => e.GumroadFeeUsdCents,
        ["currency"] = e => e.Currency,
        ["quantity"] = e => e.Quantity,
        ["discover_fee_charged"] = e => e.DiscoverFeeCharged,
        ["can_contact"] = e => e.CanContact,
        ["referrer"] = e => e.Referrer,
        ["card[visual]"] = e => e.Card!.Visual,
        ["card[type]"] = e => e.Card!.Type,
        ["card[bin]"] = e => e.Card!.Bin,
        ["card[expiry_month]"] = e => e.Card!.ExpiryMonth,
        ["card[expiry_year]"] = e => e.Card!.ExpiryYear,
        ["order_number"] = e => e.OrderNumber,
        ["sale_id"] = e => e.SaleId,
        ["sale_timestamp"] = e => e.SaleTimestamp,
        ["full_name"] = e => e.FullName,
        ["purchaser_id"] = e => e.PurchaserId,
        ["affiliate_credit_amount_cents"] = e => e.AffiliateCreditAmountCents,
        ["url_params"] = e => e.UrlParams,
        ["variants"] = e => e.Variants,
        ["offer_code"] = e => e.OfferCode,
        ["test"] = e => e.IsTest ? true : null,
        ["is_recurring_charge"] = e => e.IsRecurringCharge ? true : null,
        ["is_preorder_authorization"] = e => e.IsPreorderAuthorization ? true : null,
        ["shipping_information[full_name]"] = e => e.Shipping?.FullName,
        ["shipping_information[street_address]"] = e => e.Shipping?.StreetAddress,
        ["shipping_information[country]"] = e => e.Shipping?.Country,
        ["shipping_information[state]"] = e => e.Shipping?.State,
        ["shipping_information[zip_code]"] = e => e.Shipping?.ZipCode,
        ["shipping_information[city]"] = e => e.Shipping?.City,
        ["ip_country"] = e => e.IpCountry,
        ["is_multiseat_license"] = e => e.IsMultiseatLicense,
        ["shipping_rate"] = e => e.ShippingRateUsdCents,
        ["affiliate"] = e => e.Affiliate,
        ["is_gift_receiver_purchase"] = e => e.IsGiftReceiverPurchase,
        ["gift_price"] = e => e.GiftPriceUsdCents,
        ["gifter_email"] = e => e.GifterEmail,
        ["sku_id"] = e => e.SkuId,
        ["original_sku_id"] = e => e.OriginalSkuId,
        ["refunded"] = e => e.Refunded,
        ["disputed"] = e => e.Disputed,
        ["dispute_won"] = e => e.DisputeWon,
    };

    private static readonly Dictionary<string, Func<SubscriptionSnapshot, object?>> OfSubscription = new()
    {
        ["user_id"] = e => e.UserId,
        ["user_email"] = e => e.UserEmail,
        ["purchase_ids"] = e => string.Join(' ', e.PurchaseIds),
        ["created_at"] = e => e.CreatedAt,
        ["charge_occurrence_count"] = e => e.ChargeOccurrenceCount,
        ["free_trial_ends_at"] = e => e.FreeTrialEndsAt,
        ["cancelled"] = e => (e as CancellationEvent)?.Cancelled,
        ["cancelled_at"] = e => (e as CancellationEvent)?.CancelledAt,
        ["cancelled_by_buyer"] = e => By(e, CancelledBy.Buyer),
        ["cancelled_by_seller"] = e => By(e, CancelledBy.Seller),
        ["cancelled_by_admin"] = e => By(e, CancelledBy.Admin),
        ["cancelled_due_to_payment_failures"] = e => By(e, CancelledBy.PaymentFailures),
        ["type"] = e => (e as SubscriptionUpdatedEvent)?.Type?.ToString().ToLowerInvariant(),
        ["effective_as_of"] = e => (e as SubscriptionUpdatedEvent)?.EffectiveAsOf,
        ["old_plan[recurrence]"] = e => (e as SubscriptionUpdatedEvent)?.OldPlan?.Recurrence,
        ["old_plan[price_cents]"] = e => (e as SubscriptionUpdatedEvent)?.OldPlan?.PriceCents,
        ["old_plan[quantity]"] = e => (e as SubscriptionUpdatedEvent)?.OldPlan?.Quantity,
        ["old_plan[tier][id]"] = e => (e as SubscriptionUpdatedEvent)?.OldPlan?.TierId,
        ["old_plan[tier][name]"] = e => (e as SubscriptionUpdatedEvent)?.OldPlan?.TierName,
        ["new_plan[recurrence]"] = e => (e as SubscriptionUpdatedEvent)?.NewPlan?.Recurrence,
        ["new_plan[price_cents]"] = e => (e as SubscriptionUpdatedEvent)?.NewPlan?.PriceCents,
        ["new_plan[quantity]"] = e => (e as SubscriptionUpdatedEvent)?.NewPlan?.Quantity,
        ["new_plan[tier][id]"] = e => (e as SubscriptionUpdatedEvent)?.NewPlan?.TierId,
        ["new_plan[tier][name]"] = e => (e as SubscriptionUpdatedEvent)?.NewPlan?.TierName,
        ["ended_at"] = e => (e as SubscriptionEndedEvent)?.EndedAt,
        ["ended_reason"] = e => (e as SubscriptionEndedEvent)?.EndedReason,
        ["restarted_at"] = e => (e as SubscriptionRestartedEvent)?.RestartedAt,
    };

    [Theory, MemberData(nameof(PingCase.DeliveryNames), MemberType = typeof(PingCase))]
    public void Form_deliveries_carry_the_values_they_were_made_from(string name)
    {
        var ping = PingCase.OfForm(name);
        Check(ping.Source, EventReaderTests.ReadEvent(ping.Body));
    }

    [Theory, MemberData(nameof(PingCase.JsonNames), MemberType = typeof(PingCase))]
    public void Json_deliveries_carry_their_values(string name)
    {
        var ping = PingCase.OfJson(name);
        Check(ping.Expected, EventReaderTests.ReadEvent(ping.Body, PingCase.Json));
    }

    private static void Check(JsonElement source, GumroadEvent read)
    {
        var values = read is SaleSnapshot sale
            ? OfSale.Select(p => (p.Key, p.Value(sale)))
            : OfSubscription.Select(p => (p.Key, p.Value((SubscriptionSnapshot)read)));
        foreach (var (key, value) in values.Concat(Common.Select(p => (p.Key, p.Value(read)))))
        {
            Assert.Equal((key, Expected(source, key)), (key, Shown(value)));
        }

        Assert.Empty(read.Malformed);
    }

    private static bool? By(SubscriptionSnapshot e, CancelledBy who) => (e as CancellationEvent)?.By == who ? true : null;

    /// <summary>The payload's value as <see cref="Shown"/> would write it; null and empty are the same.</summary>
    private static string Expected(JsonElement source, string key)
    {
        foreach (var step in key.TrimEnd(']').Split(["][", "["], StringSplitOptions.None))
        {
            if (!source.TryGetProperty(step, out source))
            {
                return "";
            }
        }

        return source.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.Array => string.Join(' ', source.EnumerateArray().Select(item => item.GetString())),
            JsonValueKind.Object => string.Join('\n', source.EnumerateObject().Select(p => $"{p.Name}: {Last(p.Value)}")),
            _ => source.ToString() is "True" or "False" ? source.GetRawText() : source.ToString(),
        };
    }

    private static string Last(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Last().GetString()!,
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static string Shown(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, string> map => string.Join('\n', map.Select(p => $"{p.Key}: {p.Value}")),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

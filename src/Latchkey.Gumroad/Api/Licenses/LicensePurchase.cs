using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Latchkey.Gumroad.Events;

namespace Latchkey.Gumroad.Api;

/// <summary>The purchase behind a license key; of a membership its <em>first</em> payment.</summary>
/// <remarks>
/// Gumroad calls a license good although the purchase was refunded, charged back or has ended: ask <see cref="IsEntitled"/>.
/// Custom fields stand beside these keys too, under names the seller and with values the buyer chose; only <see cref="CustomFields"/> is read.
/// Source: <c>app/controllers/api/v2/licenses_controller.rb</c>, <c>app/modules/purchase/ping_notification.rb</c>.
/// </remarks>
public sealed record LicensePurchase
{
    /// <summary>The sale's id.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>The seller's id.</summary>
    /// <remarks>Key <c>seller_id</c>.</remarks>
    [JsonPropertyName("seller_id")]
    public string? SellerId { get; init; }

    /// <summary>The product's id. Check it: it is what the key is for.</summary>
    /// <remarks>Key <c>product_id</c>.</remarks>
    [JsonPropertyName("product_id")]
    public string? ProductId { get; init; }

    /// <summary>The product's name.</summary>
    /// <remarks>Key <c>product_name</c>.</remarks>
    [JsonPropertyName("product_name")]
    public string? ProductName { get; init; }

    /// <summary>The product's custom permalink, else its short one.</summary>
    /// <remarks>Key <c>permalink</c>.</remarks>
    [JsonPropertyName("permalink")]
    public string? Permalink { get; init; }

    /// <summary>The product's whole address. In sales the same key holds the short id.</summary>
    /// <remarks>Key <c>product_permalink</c>.</remarks>
    [JsonPropertyName("product_permalink")]
    public string? ProductUrl { get; init; }

    /// <summary>The product's short id.</summary>
    /// <remarks>Key <c>short_product_id</c>.</remarks>
    [JsonPropertyName("short_product_id")]
    public string? ProductShortId { get; init; }

    /// <summary>The buyer's e-mail as typed at checkout; of a gift the receiver's.</summary>
    /// <remarks>Key <c>email</c>.</remarks>
    [JsonPropertyName("email")]
    public string? PurchaseEmail { get; init; }

    /// <summary>The buyer's name, if given.</summary>
    /// <remarks>Key <c>full_name</c>.</remarks>
    [JsonPropertyName("full_name")]
    public string? FullName { get; init; }

    /// <summary>The buyer's account, decimal digits; null without one.</summary>
    /// <remarks>Key <c>purchaser_id</c>.</remarks>
    [JsonPropertyName("purchaser_id")]
    public string? PurchaserId { get; init; }

    /// <summary>US cents for the whole quantity.</summary>
    /// <remarks>Key <c>price</c>.</remarks>
    [JsonPropertyName("price")]
    public long? PriceUsdCents { get; init; }

    /// <summary>Gumroad's fee in US cents.</summary>
    /// <remarks>Key <c>gumroad_fee</c>.</remarks>
    [JsonPropertyName("gumroad_fee")]
    public long? GumroadFeeUsdCents { get; init; }

    /// <summary>What the product is priced in, lower case; not the currency of the price here.</summary>
    /// <remarks>Key <c>currency</c>.</remarks>
    [JsonPropertyName("currency")]
    public string? Currency { get; init; }

    /// <summary>How many were bought. Gumroad does not hold the uses to it; the caller may.</summary>
    /// <remarks>Key <c>quantity</c>.</remarks>
    [JsonPropertyName("quantity")]
    public int? Quantity { get; init; }

    /// <summary>The sale's number.</summary>
    /// <remarks>Key <c>order_number</c>.</remarks>
    [JsonPropertyName("order_number")]
    public long? OrderNumber { get; init; }

    /// <summary>When it was bought, UTC.</summary>
    /// <remarks>Key <c>created_at</c>.</remarks>
    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The key; after a rotation the new one.</summary>
    /// <remarks>Key <c>license_key</c>.</remarks>
    [JsonPropertyName("license_key")]
    public string? LicenseKey { get; init; }

    /// <summary>Whether the quantity counts seats; memberships only.</summary>
    /// <remarks>Key <c>is_multiseat_license</c>.</remarks>
    [JsonPropertyName("is_multiseat_license")]
    public bool? IsMultiseatLicense { get; init; }

    /// <summary>What was chosen, as in <c>(Studio)</c>; null if nothing. A map in pings and sales.</summary>
    /// <remarks>Key <c>variants</c>.</remarks>
    [JsonConverter(typeof(ChosenVariantsConverter))]
    [JsonPropertyName("variants")]
    public string? ChosenVariants { get; init; }

    /// <summary>What the buyer answered at checkout. Gumroad sends <c>name: value</c> here, so a name with a colon and a blank in it is cut there.</summary>
    /// <remarks>Key <c>custom_fields</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("custom_fields")]
    public IReadOnlyDictionary<string, string> CustomFields { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>The discount code used.</summary>
    /// <remarks>Key <c>offer_code</c>.</remarks>
    [JsonPropertyName("offer_code")]
    public UsedOfferCode? OfferCode { get; init; }

    /// <summary>How it was paid.</summary>
    /// <remarks>Key <c>card</c>.</remarks>
    [JsonPropertyName("card")]
    public Card? Card { get; init; }

    /// <summary>The subscription's id; null if it is none.</summary>
    /// <remarks>Key <c>subscription_id</c>.</remarks>
    [JsonPropertyName("subscription_id")]
    public string? SubscriptionId { get; init; }

    /// <summary>As <c>monthly</c>.</summary>
    /// <remarks>Key <c>recurrence</c>.</remarks>
    [JsonPropertyName("recurrence")]
    public string? Recurrence { get; init; }

    /// <summary>Whether somebody else paid.</summary>
    /// <remarks>Key <c>is_gift_receiver_purchase</c>.</remarks>
    [JsonPropertyName("is_gift_receiver_purchase")]
    public bool? IsGiftReceiverPurchase { get; init; }

    /// <summary>True when the seller bought their own product.</summary>
    /// <remarks>Key <c>test</c>.</remarks>
    [JsonPropertyName("test")]
    public bool? IsTest { get; init; }

    /// <summary>The country's English name, guessed from the buyer's address.</summary>
    /// <remarks>Key <c>ip_country</c>.</remarks>
    [JsonPropertyName("ip_country")]
    public string? IpCountry { get; init; }

    /// <summary>True only when fully refunded.</summary>
    /// <remarks>Key <c>refunded</c>.</remarks>
    [JsonPropertyName("refunded")]
    public bool Refunded { get; init; }

    /// <summary>Whether it is charged back; false again once the dispute is won. One-time products only.</summary>
    /// <remarks>Key <c>chargebacked</c>.</remarks>
    [JsonPropertyName("chargebacked")]
    public bool Chargebacked { get; init; }

    /// <summary>Whether it was ever disputed; stays true after the dispute is won.</summary>
    /// <remarks>Key <c>disputed</c>.</remarks>
    [JsonPropertyName("disputed")]
    public bool Disputed { get; init; }

    /// <summary>Whether the dispute was won.</summary>
    /// <remarks>Key <c>dispute_won</c>.</remarks>
    [JsonPropertyName("dispute_won")]
    public bool DisputeWon { get; init; }

    /// <summary>When the fixed number of payments was through.</summary>
    /// <remarks>Key <c>subscription_ended_at</c>.</remarks>
    [JsonPropertyName("subscription_ended_at")]
    public DateTimeOffset? SubscriptionEndedAt { get; init; }

    /// <summary>When the subscription ends or ended by cancellation; often in the future.</summary>
    /// <remarks>Key <c>subscription_cancelled_at</c>.</remarks>
    [JsonPropertyName("subscription_cancelled_at")]
    public DateTimeOffset? SubscriptionCancelledAt { get; init; }

    /// <summary>When it ended because a payment failed.</summary>
    /// <remarks>Key <c>subscription_failed_at</c>.</remarks>
    [JsonPropertyName("subscription_failed_at")]
    public DateTimeOffset? SubscriptionFailedAt { get; init; }

    /// <summary>Whether the buyer may still use what was bought.</summary>
    /// <remarks>
    /// False when fully refunded; when charged back or disputed, unless the dispute was won; and when the subscription's end, failure or
    /// cancellation is at or before <paramref name="now"/>. A cancellation in the future leaves it true, and so does a partial refund.
    /// Not asked: how often the key was used, and for which product it is.
    /// </remarks>
    public bool IsEntitled(DateTimeOffset now) =>
        !Refunded
        && (DisputeWon || !(Chargebacked || Disputed))
        && !IsOver(SubscriptionEndedAt, now)
        && !IsOver(SubscriptionFailedAt, now)
        && !IsOver(SubscriptionCancelledAt, now);

    private static bool IsOver(DateTimeOffset? end, DateTimeOffset now) => end <= now;
}

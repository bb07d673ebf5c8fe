using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

public sealed partial record Sale
{
    /// <summary>The subscription's id; null if it is none.</summary>
    /// <remarks>Key <c>subscription_id</c>.</remarks>
    [JsonPropertyName("subscription_id")]
    public string? SubscriptionId { get; init; }

    /// <summary>As <c>monthly</c>; <c>recurrence</c> in pings.</summary>
    /// <remarks>Key <c>subscription_duration</c>.</remarks>
    [JsonPropertyName("subscription_duration")]
    public string? Recurrence { get; init; }

    /// <summary>Whether the product is paid again and again.</summary>
    /// <remarks>Key <c>is_recurring_billing</c>.</remarks>
    [JsonPropertyName("is_recurring_billing")]
    public bool IsRecurringBilling { get; init; }

    /// <summary>Whether this is a renewal, or an upgrade's charge.</summary>
    /// <remarks>Key <c>recurring_charge</c>.</remarks>
    [JsonPropertyName("recurring_charge")]
    public bool IsRecurringCharge { get; init; }

    /// <summary>Whether it paid the difference of an upgrade.</summary>
    /// <remarks>Key <c>is_upgrade_purchase</c>.</remarks>
    [JsonPropertyName("is_upgrade_purchase")]
    public bool IsUpgradePurchase { get; init; }

    /// <summary>Whether the subscription was cancelled; it may still run.</summary>
    /// <remarks>Key <c>cancelled</c>.</remarks>
    [JsonPropertyName("cancelled")]
    public bool? SubscriptionCancelled { get; init; }

    /// <summary>Whether it no longer runs, for whatever reason.</summary>
    /// <remarks>Key <c>dead</c>.</remarks>
    [JsonPropertyName("dead")]
    public bool? SubscriptionDead { get; init; }

    /// <summary>Whether its fixed number of payments is through.</summary>
    /// <remarks>Key <c>ended</c>.</remarks>
    [JsonPropertyName("ended")]
    public bool? SubscriptionEnded { get; init; }

    /// <summary>Null without a free trial.</summary>
    /// <remarks>Key <c>free_trial_ended</c>.</remarks>
    [JsonPropertyName("free_trial_ended")]
    public bool? FreeTrialEnded { get; init; }

    /// <summary>As Gumroad writes it; null without a free trial.</summary>
    /// <remarks>Key <c>free_trial_ends_on</c>.</remarks>
    [JsonPropertyName("free_trial_ends_on")]
    public string? FreeTrialEndsOn { get; init; }

    /// <summary>Whether nothing was charged yet; the release makes another sale.</summary>
    /// <remarks>Key <c>is_preorder_authorization</c>.</remarks>
    [JsonPropertyName("is_preorder_authorization")]
    public bool? IsPreorderAuthorization { get; init; }

    /// <summary>Whether the product is not released yet.</summary>
    /// <remarks>Key <c>is_in_preorder_state</c>.</remarks>
    [JsonPropertyName("is_in_preorder_state")]
    public bool? IsInPreorderState { get; init; }

    /// <summary>Whether the pre-order was cancelled.</summary>
    /// <remarks>Key <c>preorder_cancelled</c>.</remarks>
    [JsonPropertyName("preorder_cancelled")]
    public bool? PreorderCancelled { get; init; }

    /// <summary>The giver's sale: it has the price, and is in lists; no sale ping ever names it.</summary>
    /// <remarks>Key <c>is_gift_sender_purchase</c>.</remarks>
    [JsonPropertyName("is_gift_sender_purchase")]
    public bool IsGiftSenderPurchase { get; init; }

    /// <summary>The receiver's sale: it has the key, and is not in lists.</summary>
    /// <remarks>Key <c>is_gift_receiver_purchase</c>.</remarks>
    [JsonPropertyName("is_gift_receiver_purchase")]
    public bool IsGiftReceiverPurchase { get; init; }

    /// <summary>Who got the gift.</summary>
    /// <remarks>Key <c>giftee_email</c>.</remarks>
    [JsonPropertyName("giftee_email")]
    public string? GifteeEmail { get; init; }

    /// <summary>Who gave it.</summary>
    /// <remarks>Key <c>gifter_email</c>.</remarks>
    [JsonPropertyName("gifter_email")]
    public string? GifterEmail { get; init; }

    /// <summary>Whether a bundle was bought.</summary>
    /// <remarks>Key <c>is_bundle_purchase</c>.</remarks>
    [JsonPropertyName("is_bundle_purchase")]
    public bool IsBundlePurchase { get; init; }

    /// <summary>Whether it is one product out of a bundle, at price 0.</summary>
    /// <remarks>Key <c>is_bundle_product_purchase</c>.</remarks>
    [JsonPropertyName("is_bundle_product_purchase")]
    public bool IsBundleProductPurchase { get; init; }

    /// <summary>Whether the buyer paid more later for what they had.</summary>
    /// <remarks>Key <c>is_additional_contribution</c>.</remarks>
    [JsonPropertyName("is_additional_contribution")]
    public bool IsAdditionalContribution { get; init; }

    /// <summary>Whether something is to be shipped.</summary>
    /// <remarks>Key <c>is_product_physical</c>.</remarks>
    [JsonPropertyName("is_product_physical")]
    public bool IsProductPhysical { get; init; }

    /// <summary>Street and number.</summary>
    /// <remarks>Key <c>street_address</c>.</remarks>
    [JsonPropertyName("street_address")]
    public string? StreetAddress { get; init; }

    /// <summary>City.</summary>
    /// <remarks>Key <c>city</c>.</remarks>
    [JsonPropertyName("city")]
    public string? City { get; init; }

    /// <summary>State or province; where none was asked, guessed from the network address.</summary>
    /// <remarks>Key <c>state</c>.</remarks>
    [JsonPropertyName("state")]
    public string? State { get; init; }

    /// <summary>Postal code.</summary>
    /// <remarks>Key <c>zip_code</c>.</remarks>
    [JsonPropertyName("zip_code")]
    public string? ZipCode { get; init; }

    /// <summary>The country's English name; where none was asked, guessed from the network address.</summary>
    /// <remarks>Key <c>country</c>.</remarks>
    [JsonPropertyName("country")]
    public string? Country { get; init; }

    /// <summary>The country's two letters.</summary>
    /// <remarks>Key <c>country_iso2</c>.</remarks>
    [JsonPropertyName("country_iso2")]
    public string? CountryIso2 { get; init; }

    /// <summary>As the buyer saw it.</summary>
    /// <remarks>Key <c>formatted_shipping_amount</c>.</remarks>
    [JsonPropertyName("formatted_shipping_amount")]
    public string? FormattedShipping { get; init; }

    /// <summary>Whether it was marked as shipped.</summary>
    /// <remarks>Key <c>shipped</c>.</remarks>
    [JsonPropertyName("shipped")]
    public bool? Shipped { get; init; }

    /// <summary>Where the parcel is.</summary>
    /// <remarks>Key <c>tracking_url</c>.</remarks>
    [JsonPropertyName("tracking_url")]
    public string? TrackingUrl { get; init; }

    /// <summary>The stock-keeping unit; without any, <c>pid_</c> and the product's id.</summary>
    /// <remarks>Key <c>sku_id</c>.</remarks>
    [JsonPropertyName("sku_id")]
    public string? SkuId { get; init; }

    /// <summary>Its own id behind a custom one.</summary>
    /// <remarks>Key <c>sku_external_id</c>.</remarks>
    [JsonPropertyName("sku_external_id")]
    public string? SkuExternalId { get; init; }
}

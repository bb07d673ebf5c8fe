using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Latchkey.Gumroad.Events;

namespace Latchkey.Gumroad.Api;

/// <summary>A sale as it stands now: what a single ping is to be checked with.</summary>
/// <remarks>Keys that are null are left out by Gumroad. There are no URL parameters and no country of the address here; pings have them. <c>app/models/purchase.rb</c></remarks>
public sealed partial record Sale
{
    /// <summary>Its id; <c>sale_id</c> in pings.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Its number, below 2^30; <c>order_number</c> in pings.</summary>
    /// <remarks>Key <c>order_id</c>.</remarks>
    [JsonPropertyName("order_id")]
    public long? OrderNumber { get; init; }

    /// <summary>When it was bought, UTC, whole seconds.</summary>
    /// <remarks>Key <c>created_at</c>.</remarks>
    [JsonPropertyName("created_at")]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The seller's id.</summary>
    /// <remarks>Key <c>seller_id</c>.</remarks>
    [JsonPropertyName("seller_id")]
    public string? SellerId { get; init; }

    /// <summary>The product's id.</summary>
    /// <remarks>Key <c>product_id</c>.</remarks>
    [JsonPropertyName("product_id")]
    public string? ProductId { get; init; }

    /// <summary>The product's name.</summary>
    /// <remarks>Key <c>product_name</c>.</remarks>
    [JsonPropertyName("product_name")]
    public string? ProductName { get; init; }

    /// <summary>The product's short id. In pings the same key holds the whole address.</summary>
    /// <remarks>Key <c>product_permalink</c>.</remarks>
    [JsonPropertyName("product_permalink")]
    public string? ProductShortId { get; init; }

    /// <summary>US cents for the whole quantity, whatever the product is priced in.</summary>
    /// <remarks>Key <c>price</c>.</remarks>
    [JsonPropertyName("price")]
    public long? PriceUsdCents { get; init; }

    /// <summary>Gumroad's fee in US cents.</summary>
    /// <remarks>Key <c>gumroad_fee</c>.</remarks>
    [JsonPropertyName("gumroad_fee")]
    public long? GumroadFeeUsdCents { get; init; }

    /// <summary>As the buyer saw it, as in <c>$9 a month</c>.</summary>
    /// <remarks>Key <c>formatted_display_price</c>.</remarks>
    [JsonPropertyName("formatted_display_price")]
    public string? FormattedPrice { get; init; }

    /// <summary>The same with taxes and shipping.</summary>
    /// <remarks>Key <c>formatted_total_price</c>.</remarks>
    [JsonPropertyName("formatted_total_price")]
    public string? FormattedTotal { get; init; }

    /// <summary>Of the currency the buyer saw.</summary>
    /// <remarks>Key <c>currency_symbol</c>.</remarks>
    [JsonPropertyName("currency_symbol")]
    public string? CurrencySymbol { get; init; }

    /// <summary>What can still be refunded, in whole units of the currency the buyer saw. Gumroad sends text.</summary>
    /// <remarks>Key <c>amount_refundable_in_currency</c>.</remarks>
    [JsonPropertyName("amount_refundable_in_currency")]
    public decimal? AmountRefundable { get; init; }

    /// <summary>How many were bought; the seats of a membership with seats.</summary>
    /// <remarks>Key <c>quantity</c>.</remarks>
    [JsonPropertyName("quantity")]
    public int? Quantity { get; init; }

    /// <summary>As typed at checkout; <c>email</c> in pings.</summary>
    /// <remarks>Key <c>purchase_email</c>.</remarks>
    [JsonPropertyName("purchase_email")]
    public string? PurchaseEmail { get; init; }

    /// <summary>The buyer's <em>account</em> address if there is an account, else as typed. Pings mean the other one by this key.</summary>
    /// <remarks>Key <c>email</c>.</remarks>
    [JsonPropertyName("email")]
    public string? AccountEmail { get; init; }

    /// <summary>The buyer's name, if given.</summary>
    /// <remarks>Key <c>full_name</c>.</remarks>
    [JsonPropertyName("full_name")]
    public string? FullName { get; init; }

    /// <summary>The buyer's account, decimal digits; null without one.</summary>
    /// <remarks>Key <c>purchaser_id</c>.</remarks>
    [JsonPropertyName("purchaser_id")]
    public string? PurchaserId { get; init; }

    /// <summary>Whether the price was more than zero.</summary>
    /// <remarks>Key <c>paid</c>.</remarks>
    [JsonPropertyName("paid")]
    public bool IsPaid { get; init; }

    /// <summary>True only when fully refunded.</summary>
    /// <remarks>Key <c>refunded</c>.</remarks>
    [JsonPropertyName("refunded")]
    public bool Refunded { get; init; }

    /// <summary>Whether part of it was refunded. Pings do not tell.</summary>
    /// <remarks>Key <c>partially_refunded</c>.</remarks>
    [JsonPropertyName("partially_refunded")]
    public bool PartiallyRefunded { get; init; }

    /// <summary>Whether it is charged back; false again once the dispute is won. <c>chargebacked</c> for licenses.</summary>
    /// <remarks>Key <c>chargedback</c>.</remarks>
    [JsonPropertyName("chargedback")]
    public bool Chargedback { get; init; }

    /// <summary>Whether it was ever disputed; stays true after the dispute is won.</summary>
    /// <remarks>Key <c>disputed</c>.</remarks>
    [JsonPropertyName("disputed")]
    public bool Disputed { get; init; }

    /// <summary>Whether the dispute was won.</summary>
    /// <remarks>Key <c>dispute_won</c>.</remarks>
    [JsonPropertyName("dispute_won")]
    public bool DisputeWon { get; init; }

    /// <summary>Whether PayPal would no longer refund it.</summary>
    /// <remarks>Key <c>paypal_refund_expired</c>.</remarks>
    [JsonPropertyName("paypal_refund_expired")]
    public bool? PaypalRefundExpired { get; init; }

    /// <summary>How it was paid.</summary>
    /// <remarks>Key <c>card</c>.</remarks>
    [JsonPropertyName("card")]
    public Card? Card { get; init; }

    /// <summary>Variant category to choice; a membership's tier is <c>Tier</c>.</summary>
    /// <remarks>Key <c>variants</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("variants")]
    public IReadOnlyDictionary<string, string> Variants { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>As shown to the seller, as in <c>(Studio, Qty: 2)</c>.</summary>
    /// <remarks>Key <c>variants_and_quantity</c>.</remarks>
    [JsonPropertyName("variants_and_quantity")]
    public string? VariantsAndQuantity { get; init; }

    /// <summary>What the buyer answered at checkout.</summary>
    /// <remarks>Key <c>custom_fields</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("custom_fields")]
    public IReadOnlyDictionary<string, string> CustomFields { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>The discount code used.</summary>
    /// <remarks>Key <c>offer_code</c>.</remarks>
    [JsonPropertyName("offer_code")]
    public UsedOfferCode? OfferCode { get; init; }

    /// <summary>Who was credited.</summary>
    /// <remarks>Key <c>affiliate</c>.</remarks>
    [JsonPropertyName("affiliate")]
    public SaleAffiliate? Affiliate { get; init; }

    /// <summary><c>direct</c> or an address.</summary>
    /// <remarks>Key <c>referrer</c>.</remarks>
    [JsonPropertyName("referrer")]
    public string? Referrer { get; init; }

    /// <summary>Whether the sale came through Gumroad's own shop.</summary>
    /// <remarks>Key <c>discover_fee_charged</c>.</remarks>
    [JsonPropertyName("discover_fee_charged")]
    public bool? DiscoverFeeCharged { get; init; }

    /// <summary>Whether the buyer agreed to be written to.</summary>
    /// <remarks>Key <c>can_contact</c>.</remarks>
    [JsonPropertyName("can_contact")]
    public bool? CanContact { get; init; }

    /// <summary>The license key; one for the whole quantity, the same for all renewals.</summary>
    /// <remarks>Key <c>license_key</c>.</remarks>
    [JsonPropertyName("license_key")]
    public string? LicenseKey { get; init; }

    /// <summary>The license's id.</summary>
    /// <remarks>Key <c>license_id</c>.</remarks>
    [JsonPropertyName("license_id")]
    public string? LicenseId { get; init; }

    /// <summary>Whether the key is disabled.</summary>
    /// <remarks>Key <c>license_disabled</c>.</remarks>
    [JsonPropertyName("license_disabled")]
    public bool? LicenseDisabled { get; init; }

    /// <summary>How often the key was verified with counting. Newer Gumroad only.</summary>
    /// <remarks>Key <c>license_uses</c>.</remarks>
    [JsonPropertyName("license_uses")]
    public int? LicenseUses { get; init; }

    /// <summary>Whether the quantity counts seats.</summary>
    /// <remarks>Key <c>is_multiseat_license</c>.</remarks>
    [JsonPropertyName("is_multiseat_license")]
    public bool? IsMultiseatLicense { get; init; }
}

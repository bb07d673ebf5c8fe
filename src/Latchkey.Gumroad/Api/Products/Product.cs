using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>A product.</summary>
/// <remarks><c>app/models/link.rb</c>, later <c>app/models/concerns/product/as_json.rb</c></remarks>
public sealed record Product
{
    /// <summary>Its id; <c>product_id</c> elsewhere.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    /// <remarks>Key <c>name</c>.</remarks>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>HTML, as the seller wrote it.</summary>
    /// <remarks>Key <c>description</c>.</remarks>
    [JsonPropertyName("description")]
    public string? DescriptionHtml { get; init; }

    /// <summary>In the smallest unit of <see cref="Currency"/>; of a membership the lowest one.</summary>
    /// <remarks>Key <c>price</c>.</remarks>
    [JsonPropertyName("price")]
    public long? PriceCents { get; init; }

    /// <summary>What it is priced in, lower case.</summary>
    /// <remarks>Key <c>currency</c>.</remarks>
    [JsonPropertyName("currency")]
    public string? Currency { get; init; }

    /// <summary>As shown, as in <c>$3 a month</c>.</summary>
    /// <remarks>Key <c>formatted_price</c>.</remarks>
    [JsonPropertyName("formatted_price")]
    public string? FormattedPrice { get; init; }

    /// <summary>Whether it can be bought; false for a draft.</summary>
    /// <remarks>Key <c>published</c>.</remarks>
    [JsonPropertyName("published")]
    public bool IsPublished { get; init; }

    /// <summary>Whether it was deleted.</summary>
    /// <remarks>Key <c>deleted</c>.</remarks>
    [JsonPropertyName("deleted")]
    public bool IsDeleted { get; init; }

    /// <summary>Its page.</summary>
    /// <remarks>Key <c>short_url</c>.</remarks>
    [JsonPropertyName("short_url")]
    public string? Url { get; init; }

    /// <summary>Only from newer Gumroad.</summary>
    /// <remarks>Key <c>landing_url</c>.</remarks>
    [JsonPropertyName("landing_url")]
    public string? LandingUrl { get; init; }

    /// <summary>The last part of its address, if the seller chose one.</summary>
    /// <remarks>Key <c>custom_permalink</c>.</remarks>
    [JsonPropertyName("custom_permalink")]
    public string? CustomPermalink { get; init; }

    /// <summary>Its small picture.</summary>
    /// <remarks>Key <c>thumbnail_url</c>.</remarks>
    [JsonPropertyName("thumbnail_url")]
    public string? ThumbnailUrl { get; init; }

    /// <summary>Its large picture or film.</summary>
    /// <remarks>Key <c>preview_url</c>.</remarks>
    [JsonPropertyName("preview_url")]
    public string? PreviewUrl { get; init; }

    /// <summary>Its tags.</summary>
    /// <remarks>Key <c>tags</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("tags")]
    public IReadOnlyList<string> Tags { get => field ?? []; init; }

    /// <summary>The short text beside the price.</summary>
    /// <remarks>Key <c>custom_summary</c>.</remarks>
    [JsonPropertyName("custom_summary")]
    public string? Summary { get; init; }

    /// <summary>What its receipt adds.</summary>
    /// <remarks>Key <c>custom_receipt</c>.</remarks>
    [JsonPropertyName("custom_receipt")]
    public string? ReceiptText { get; init; }

    /// <summary>Whether the buyer may pay more than <see cref="PriceCents"/>.</summary>
    /// <remarks>Key <c>customizable_price</c>.</remarks>
    [JsonPropertyName("customizable_price")]
    public bool IsPayWhatYouWant { get; init; }

    /// <summary>How many can be sold in all; null without limit.</summary>
    /// <remarks>Key <c>max_purchase_count</c>.</remarks>
    [JsonPropertyName("max_purchase_count")]
    public int? MaxPurchaseCount { get; init; }

    /// <summary>Whether the buyer gives a postal address.</summary>
    /// <remarks>Key <c>require_shipping</c>.</remarks>
    [JsonPropertyName("require_shipping")]
    public bool RequiresShipping { get; init; }

    /// <summary>Whether it is a membership with tiers.</summary>
    /// <remarks>Key <c>is_tiered_membership</c>.</remarks>
    [JsonPropertyName("is_tiered_membership")]
    public bool IsTieredMembership { get; init; }

    /// <summary>The recurrence a membership starts with, as <c>monthly</c>.</summary>
    /// <remarks>Key <c>subscription_duration</c>.</remarks>
    [JsonPropertyName("subscription_duration")]
    public string? SubscriptionDuration { get; init; }

    /// <summary>What a membership can be paid by, as <c>monthly</c>, <c>yearly</c>.</summary>
    /// <remarks>Key <c>recurrences</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("recurrences")]
    public IReadOnlyList<string> Recurrences { get => field ?? []; init; }

    /// <summary>What can be chosen; a membership's tiers are the category <c>Tier</c>.</summary>
    /// <remarks>Key <c>variants</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("variants")]
    public IReadOnlyList<ProductVariantCategory> Variants { get => field ?? []; init; }

    /// <summary>What is asked at checkout.</summary>
    /// <remarks>Key <c>custom_fields</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("custom_fields")]
    public IReadOnlyList<CustomField> CustomFields { get => field ?? []; init; }

    /// <summary>Number of sales; null without the scope <c>view_sales</c>. Gumroad's documentation has text here, its code a number.</summary>
    /// <remarks>Key <c>sales_count</c>.</remarks>
    [JsonPropertyName("sales_count")]
    public long? SalesCount { get; init; }

    /// <summary>What they brought, in US cents; null without the scope <c>view_sales</c>.</summary>
    /// <remarks>Key <c>sales_usd_cents</c>.</remarks>
    [JsonPropertyName("sales_usd_cents")]
    public long? SalesUsdCents { get; init; }
}

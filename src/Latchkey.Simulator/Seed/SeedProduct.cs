using System.Text.Json.Serialization;

namespace Latchkey.Simulator.Seed;

internal sealed record SeedProduct
{
    [JsonPropertyName("permalink")]
    public string? Permalink { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("price_usd_cents")]
    public int? PriceUsdCents { get; init; }

    [JsonPropertyName("product_id")]
    public string? ProductId { get; init; }

    [JsonPropertyName("short_id")]
    public string? ShortId { get; init; }

    [JsonPropertyName("custom_permalink")]
    public string? CustomPermalink { get; init; }

    [JsonPropertyName("description")]
    public string? Description { get; init; }

    [JsonPropertyName("currency")]
    public string? Currency { get; init; }

    [JsonPropertyName("is_licensed")]
    public bool? IsLicensed { get; init; }

    [JsonPropertyName("is_multiseat")]
    public bool? IsMultiseat { get; init; }

    [JsonPropertyName("is_published")]
    public bool? IsPublished { get; init; }

    [JsonPropertyName("requires_product_id")]
    public bool? RequiresProductId { get; init; }

    [JsonPropertyName("recurrence")]
    public string? Recurrence { get; init; }

    [JsonPropertyName("other_recurrences")]
    public IReadOnlyList<string>? OtherRecurrences { get; init; }

    [JsonPropertyName("charge_count")]
    public int? ChargeCount { get; init; }

    [JsonPropertyName("free_trial_days")]
    public int? FreeTrialDays { get; init; }

    [JsonPropertyName("installments")]
    public int? Installments { get; init; }

    [JsonPropertyName("release_at")]
    public DateTimeOffset? ReleaseAt { get; init; }

    [JsonPropertyName("bundle_contents")]
    public IReadOnlyList<string>? BundleContents { get; init; }

    [JsonPropertyName("shipping_rate_usd_cents")]
    public int? ShippingRateUsdCents { get; init; }

    [JsonPropertyName("skus")]
    public IReadOnlyDictionary<string, string>? Skus { get; init; }

    [JsonPropertyName("is_pay_what_you_want")]
    public bool? IsPayWhatYouWant { get; init; }

    [JsonPropertyName("suggested_price_usd_cents")]
    public int? SuggestedPriceUsdCents { get; init; }

    [JsonPropertyName("max_purchase_count")]
    public int? MaxPurchaseCount { get; init; }

    [JsonPropertyName("custom_fields")]
    public IReadOnlyList<SeedCheckoutField>? CustomFields { get; init; }

    [JsonPropertyName("variants")]
    public IReadOnlyList<SeedVariantCategory>? Variants { get; init; }
}

internal sealed record SeedCheckoutField
{
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("required")]
    public bool? Required { get; init; }
}

internal sealed record SeedVariantCategory
{
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    [JsonPropertyName("choices")]
    public IReadOnlyList<SeedChoice>? Choices { get; init; }
}

internal sealed record SeedChoice
{
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("price_usd_cents")]
    public int? PriceUsdCents { get; init; }

    [JsonPropertyName("recurrence_prices_usd_cents")]
    public IReadOnlyDictionary<string, int>? RecurrencePricesUsdCents { get; init; }

    [JsonPropertyName("max_purchase_count")]
    public int? MaxPurchaseCount { get; init; }
}

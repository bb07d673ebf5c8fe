using System.Text.Json.Serialization;

namespace Latchkey.Simulator.Seed;

/// <summary>The seed file as it is written. What is left out keeps the default of <see cref="SimulatorOptions"/>.</summary>
internal sealed record SeedFile
{
    [JsonPropertyName("start_at")]
    public DateTimeOffset? StartAt { get; init; }

    [JsonPropertyName("seed")]
    public int? Seed { get; init; }

    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("seller_id")]
    public string? SellerId { get; init; }

    [JsonPropertyName("seller_email")]
    public string? SellerEmail { get; init; }

    [JsonPropertyName("shop_url")]
    public string? ShopUrl { get; init; }

    [JsonPropertyName("ping_url")]
    public string? PingUrl { get; init; }

    [JsonPropertyName("subscriptions")]
    public IReadOnlyList<SeedSubscription>? Subscriptions { get; init; }

    [JsonPropertyName("products")]
    public IReadOnlyList<SeedProduct>? Products { get; init; }

    [JsonPropertyName("offer_codes")]
    public IReadOnlyList<SeedOfferCode>? OfferCodes { get; init; }
}

internal sealed record SeedSubscription
{
    /// <summary>One of the eight; left out it is all of them.</summary>
    [JsonPropertyName("resource_name")]
    public string? ResourceName { get; init; }

    [JsonPropertyName("post_url")]
    public string? PostUrl { get; init; }
}

internal sealed record SeedOfferCode
{
    [JsonPropertyName("code")]
    public string? Code { get; init; }

    [JsonPropertyName("percent_off")]
    public int? PercentOff { get; init; }

    [JsonPropertyName("amount_off_usd_cents")]
    public int? AmountOffUsdCents { get; init; }

    [JsonPropertyName("max_purchase_count")]
    public int? MaxPurchaseCount { get; init; }

    [JsonPropertyName("permalinks")]
    public IReadOnlyList<string>? Permalinks { get; init; }
}

[JsonSerializable(typeof(SeedFile))]
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
internal sealed partial class SeedJson : JsonSerializerContext;

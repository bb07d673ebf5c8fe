using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>A discount code. Either <see cref="PercentOff"/> or <see cref="AmountOffCents"/> is set.</summary>
/// <remarks><c>app/models/offer_code.rb</c></remarks>
public sealed record OfferCode
{
    /// <summary>Its id.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>What the buyer types.</summary>
    /// <remarks>Key <c>name</c>.</remarks>
    [JsonPropertyName("name")]
    public string? Code { get; init; }

    /// <summary>0 to 100.</summary>
    /// <remarks>Key <c>percent_off</c>.</remarks>
    [JsonPropertyName("percent_off")]
    public int? PercentOff { get; init; }

    /// <summary>In the smallest unit of the product's currency.</summary>
    /// <remarks>Key <c>amount_cents</c>.</remarks>
    [JsonPropertyName("amount_cents")]
    public long? AmountOffCents { get; init; }

    /// <summary>How many copies may be bought with it; null without limit. Gumroad enforces it.</summary>
    /// <remarks>Key <c>max_purchase_count</c>.</remarks>
    [JsonPropertyName("max_purchase_count")]
    public int? MaxPurchaseCount { get; init; }

    /// <summary>Whether it holds for all products of the seller.</summary>
    /// <remarks>Key <c>universal</c>.</remarks>
    [JsonPropertyName("universal")]
    public bool IsUniversal { get; init; }

    /// <summary>Copies bought with it: one sale of three counts three.</summary>
    /// <remarks>Key <c>times_used</c>.</remarks>
    [JsonPropertyName("times_used")]
    public long? TimesUsed { get; init; }
}

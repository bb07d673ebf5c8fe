using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>One choice in a variant category.</summary>
/// <remarks><c>app/models/base_variant.rb</c></remarks>
public sealed record Variant
{
    /// <summary>Its id.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>As in <c>Studio</c>.</summary>
    /// <remarks>Key <c>name</c>.</remarks>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>What the buyer reads.</summary>
    /// <remarks>Key <c>description</c>.</remarks>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>What it adds to the price, in the smallest unit of the product's currency.</summary>
    /// <remarks>Key <c>price_difference_cents</c>.</remarks>
    [JsonPropertyName("price_difference_cents")]
    public long? PriceDifferenceCents { get; init; }

    /// <summary>How many can be sold; null without limit.</summary>
    /// <remarks>Key <c>max_purchase_count</c>.</remarks>
    [JsonPropertyName("max_purchase_count")]
    public int? MaxPurchaseCount { get; init; }
}

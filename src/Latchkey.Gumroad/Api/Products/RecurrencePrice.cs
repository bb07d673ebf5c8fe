using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>A tier's price.</summary>
public sealed record RecurrencePrice
{
    /// <summary>In the smallest unit of the product's currency.</summary>
    /// <remarks>Key <c>price_cents</c>.</remarks>
    [JsonPropertyName("price_cents")]
    public long? PriceCents { get; init; }

    /// <summary>Where the buyer may pay what they want.</summary>
    /// <remarks>Key <c>suggested_price_cents</c>.</remarks>
    [JsonPropertyName("suggested_price_cents")]
    public long? SuggestedPriceCents { get; init; }
}

using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>One choice, as listed in a product.</summary>
public sealed record ProductVariantOption
{
    /// <summary>As in <c>Studio</c>.</summary>
    /// <remarks>Key <c>name</c>.</remarks>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>What it adds to the price, in the smallest unit of the product's currency; null for tiers.</summary>
    /// <remarks>Key <c>price_difference</c>.</remarks>
    [JsonPropertyName("price_difference")]
    public long? PriceDifferenceCents { get; init; }

    /// <summary>Whether the buyer may pay more.</summary>
    /// <remarks>Key <c>is_pay_what_you_want</c>.</remarks>
    [JsonPropertyName("is_pay_what_you_want")]
    public bool IsPayWhatYouWant { get; init; }

    /// <summary>A tier's prices by recurrence, as <c>monthly</c>.</summary>
    /// <remarks>Key <c>recurrence_prices</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("recurrence_prices")]
    public IReadOnlyDictionary<string, RecurrencePrice> RecurrencePrices { get => field ?? ReadOnlyDictionary<string, RecurrencePrice>.Empty; init; }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>What variants are about, as listed in a product.</summary>
public sealed record ProductVariantCategory
{
    /// <summary>As in <c>Edition</c>; null when the seller gave none.</summary>
    /// <remarks>Key <c>title</c>.</remarks>
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    /// <summary>The choices.</summary>
    /// <remarks>Key <c>options</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("options")]
    public IReadOnlyList<ProductVariantOption> Options { get => field ?? []; init; }
}

using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>What a product's variants are about.</summary>
public sealed record VariantCategory
{
    /// <summary>Its id.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>As in <c>Edition</c>.</summary>
    /// <remarks>Key <c>title</c>.</remarks>
    [JsonPropertyName("title")]
    public string? Title { get; init; }
}

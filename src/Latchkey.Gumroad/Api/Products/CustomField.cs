using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>A question at checkout.</summary>
/// <remarks><c>app/models/custom_field.rb</c></remarks>
public sealed record CustomField
{
    /// <summary>Its id; calls address it by <see cref="Name"/>.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>The question, which is also its key in pings and sales. Any characters.</summary>
    /// <remarks>Key <c>name</c>.</remarks>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary><c>text</c>, <c>checkbox</c>, <c>terms</c>, <c>long_text</c> or <c>file</c>.</summary>
    /// <remarks>Key <c>type</c>.</remarks>
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>Whether it must be answered.</summary>
    /// <remarks>Key <c>required</c>.</remarks>
    [JsonPropertyName("required")]
    public bool IsRequired { get; init; }

    /// <summary>Whether all products of the seller ask it; null where Gumroad does not say.</summary>
    /// <remarks>Key <c>global</c>.</remarks>
    [JsonPropertyName("global")]
    public bool? IsGlobal { get; init; }

    /// <summary>Whether a cart asks it once for each product.</summary>
    /// <remarks>Key <c>collect_per_product</c>.</remarks>
    [JsonPropertyName("collect_per_product")]
    public bool IsAskedPerProduct { get; init; }

    /// <summary>Which products ask it.</summary>
    /// <remarks>Key <c>products</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("products")]
    public IReadOnlyList<string> ProductIds { get => field ?? []; init; }
}

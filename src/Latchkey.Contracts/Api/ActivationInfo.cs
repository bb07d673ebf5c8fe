using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>One occupied slot.</summary>
public sealed record ActivationInfo
{
    /// <summary>The activation id.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The label the device gave.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>When the slot was first taken (UTC).</summary>
    [JsonPropertyName("created_at")]
    public required DateTimeOffset CreatedAt { get; init; }
}

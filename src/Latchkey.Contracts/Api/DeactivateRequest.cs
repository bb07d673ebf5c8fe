using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>Frees a slot.</summary>
public sealed record DeactivateRequest
{
    /// <summary>The license key.</summary>
    [JsonPropertyName("key")]
    public string? Key { get; init; }

    /// <summary>The activation to release.</summary>
    [JsonPropertyName("activation_id")]
    public string? ActivationId { get; init; }

    /// <summary>The product's code.</summary>
    [JsonPropertyName("product")]
    public string? Product { get; init; }
}

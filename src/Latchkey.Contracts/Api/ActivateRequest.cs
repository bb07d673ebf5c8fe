using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>Asks for a slot for this device. Everything may be missing: the server says which field is.</summary>
public sealed record ActivateRequest
{
    /// <summary>The license key.</summary>
    [JsonPropertyName("key")]
    public string? Key { get; init; }

    /// <summary>The product's code.</summary>
    [JsonPropertyName("product")]
    public string? Product { get; init; }

    /// <summary>The device.</summary>
    [JsonPropertyName("device")]
    public DeviceInfo? Device { get; init; }

    /// <summary>8 to 32 random bytes, base64url; the lease repeats it.</summary>
    [JsonPropertyName("nonce")]
    public string? Nonce { get; init; }

    /// <summary>The activation the device remembers, if any.</summary>
    [JsonPropertyName("activation_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ActivationId { get; init; }
}

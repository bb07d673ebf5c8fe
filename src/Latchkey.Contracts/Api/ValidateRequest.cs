using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>Asks whether a key, or one activation of it, is usable now. Takes no slot.</summary>
public sealed record ValidateRequest
{
    /// <summary>The license key.</summary>
    [JsonPropertyName("key")]
    public string? Key { get; init; }

    /// <summary>The activation; without it the answer is about the key only and brings no lease.</summary>
    [JsonPropertyName("activation_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ActivationId { get; init; }

    /// <summary>The product's code.</summary>
    [JsonPropertyName("product")]
    public string? Product { get; init; }

    /// <summary>The device; only the hash and the app's version are read.</summary>
    [JsonPropertyName("device")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DeviceInfo? Device { get; init; }

    /// <summary>8 to 32 random bytes, base64url; the lease repeats it.</summary>
    [JsonPropertyName("nonce")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Nonce { get; init; }

    /// <summary>A code the answer must include: without it the verdict is <c>entitlement_missing</c>.</summary>
    [JsonPropertyName("entitlement")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Entitlement { get; init; }
}

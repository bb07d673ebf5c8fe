using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>The slot, and the lease that proves it.</summary>
public sealed record ActivateReply
{
    /// <summary>True if a new slot was taken (status 201); false if the device had it already.</summary>
    [JsonPropertyName("created")]
    public required bool Created { get; init; }

    /// <summary>True if a released slot of this device was taken again under its old id; else left out.</summary>
    [JsonPropertyName("revived")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Revived { get; init; }

    /// <summary>The slot.</summary>
    [JsonPropertyName("activation")]
    public required ActivationInfo Activation { get; init; }

    /// <summary>The license.</summary>
    [JsonPropertyName("license")]
    public required LicenseInfo License { get; init; }

    /// <summary>A <c>lease+jwt</c> with the request's nonce.</summary>
    [JsonPropertyName("lease")]
    public required string Lease { get; init; }
}

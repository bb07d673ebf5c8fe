using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>The verdict. It comes with status 200 also when it is no.</summary>
public sealed record ValidateReply
{
    /// <summary>Whether it is usable now.</summary>
    [JsonPropertyName("valid")]
    public required bool Valid { get; init; }

    /// <summary>One of <see cref="Codes"/>.</summary>
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    /// <summary>A sentence for people if the answer is no; else null.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>The license, if the key is known.</summary>
    [JsonPropertyName("license")]
    public LicenseInfo? License { get; init; }

    /// <summary>A <c>lease+jwt</c> if an activation was named; a refusal is signed too.</summary>
    [JsonPropertyName("lease")]
    public string? Lease { get; init; }
}

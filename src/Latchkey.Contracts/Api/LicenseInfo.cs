using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>What the buyer has, as an app may know it.</summary>
public sealed record LicenseInfo
{
    /// <summary>The license id.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>One of <c>active</c>, <c>trial</c>, <c>limited</c>, <c>suspended</c>, <c>revoked</c>, <c>ended</c>, <c>expired</c>, <c>pending</c>.</summary>
    [JsonPropertyName("state")]
    public required string State { get; init; }

    /// <summary>The tier's code.</summary>
    [JsonPropertyName("tier")]
    public string? Tier { get; init; }

    /// <summary>Entitlement codes.</summary>
    [JsonPropertyName("entitlements")]
    public IReadOnlyList<string> Entitlements { get; init; } = [];

    /// <summary>The end of the paid right (UTC), or null for a lifetime one.</summary>
    [JsonPropertyName("expires_at")]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How many devices may be active, or null for any number.</summary>
    [JsonPropertyName("limit")]
    public int? Limit { get; init; }

    /// <summary>How many are.</summary>
    [JsonPropertyName("used")]
    public int Used { get; init; }
}

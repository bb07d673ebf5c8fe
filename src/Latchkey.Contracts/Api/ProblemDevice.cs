using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>A device that occupies a slot, as the one who is refused may know it: no ids, no hashes.</summary>
public sealed record ProblemDevice
{
    /// <summary>The label the device gave.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>When it was last heard of (UTC).</summary>
    [JsonPropertyName("last_seen")]
    public DateTimeOffset? LastSeen { get; init; }
}

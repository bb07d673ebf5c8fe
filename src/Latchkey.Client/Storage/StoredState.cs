using System.Text.Json.Serialization;

namespace Latchkey.Client;

/// <summary>Everything that outlives a restart.</summary>
internal sealed record StoredState
{
    /// <summary>The key in the form that is hashed and sent.</summary>
    [JsonPropertyName("key")]
    public string? Key { get; init; }

    [JsonPropertyName("activation_id")]
    public string? ActivationId { get; init; }

    /// <summary>The lease as it came.</summary>
    [JsonPropertyName("lease")]
    public string? Lease { get; init; }

    /// <summary>The keyset as it came.</summary>
    [JsonPropertyName("keyset")]
    public string? Keyset { get; init; }

    /// <summary>The high-water mark in Unix seconds.</summary>
    [JsonPropertyName("mark")]
    public long Mark { get; init; }

    [JsonPropertyName("pending_releases")]
    public IReadOnlyList<PendingRelease> PendingReleases { get; init; } = [];

    public override string ToString() => nameof(StoredState);
}

/// <summary>A slot that is given up here and still taken at the server.</summary>
internal sealed record PendingRelease
{
    [JsonPropertyName("key")]
    public required string Key { get; init; }

    [JsonPropertyName("activation_id")]
    public required string ActivationId { get; init; }

    public override string ToString() => nameof(PendingRelease);
}

[JsonSerializable(typeof(StoredState))]
internal sealed partial class ClientJson : JsonSerializerContext;

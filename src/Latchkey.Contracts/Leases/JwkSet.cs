using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Leases;

/// <summary>The plain JWK set, for generic JOSE libraries. It is not signed.</summary>
public sealed record JwkSet
{
    /// <summary>The keys; withdrawn ones are left out.</summary>
    [JsonPropertyName("keys")]
    public required IReadOnlyList<Jwk> Keys { get; init; }
}

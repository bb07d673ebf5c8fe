using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Leases;

/// <summary>A public Ed25519 key as JOSE libraries know it (RFC 7517, RFC 8037).</summary>
public sealed record Jwk
{
    /// <summary>Always <c>OKP</c>.</summary>
    [JsonPropertyName("kty")]
    public string Kty { get; init; } = "OKP";

    /// <summary>Always <c>Ed25519</c>.</summary>
    [JsonPropertyName("crv")]
    public string Crv { get; init; } = "Ed25519";

    /// <summary>The 32 bytes of the key, base64url.</summary>
    [JsonPropertyName("x")]
    public required string X { get; init; }

    /// <summary>The key's name.</summary>
    [JsonPropertyName("kid")]
    public required string Kid { get; init; }

    /// <summary>Always <c>EdDSA</c>.</summary>
    [JsonPropertyName("alg")]
    public string Alg { get; init; } = "EdDSA";

    /// <summary>Always <c>sig</c>.</summary>
    [JsonPropertyName("use")]
    public string Use { get; init; } = "sig";

    /// <summary>One of <see cref="JwkStatus"/> in a signed keyset; left out of the plain JWK set.</summary>
    [JsonPropertyName("status")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    /// <summary>The entry of a public key.</summary>
    /// <param name="kid">The key's name.</param>
    /// <param name="publicKey">32 bytes.</param>
    /// <param name="status">One of <see cref="JwkStatus"/>, or null.</param>
    public static Jwk Of(string kid, byte[] publicKey, string? status = null)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        return new() { Kid = kid, X = Base64Url.Encode(publicKey), Status = status };
    }
}

namespace Latchkey.Contracts.Leases;

/// <summary>What a signed keyset says. Times are Unix seconds. As <see cref="ILeaseKeys"/> it is what leases are read with.</summary>
public sealed record KeysetClaims : ILeaseKeys
{
    /// <summary>The tenant's issuer address.</summary>
    public required string Iss { get; init; }

    /// <summary>Rises with every change: a reader never goes back to a lower one.</summary>
    public required long Seq { get; init; }

    /// <summary>Issued at.</summary>
    public required long Iat { get; init; }

    /// <summary>A newer keyset should be fetched after this moment.</summary>
    public required long Exp { get; init; }

    /// <summary>Every key with its status.</summary>
    public required IReadOnlyList<Jwk> Keys { get; init; }

    /// <inheritdoc/>
    public LeaseKeyState Find(string kid, out byte[] publicKey)
    {
        publicKey = [];
        var named = Keys.Where(k => k.Kid == kid).ToList();
        if (named.Exists(k => k.Status == JwkStatus.Withdrawn))
        {
            return LeaseKeyState.Withdrawn;
        }

        // Entries of a kind or status that a later version may bring are passed over.
        var usable = named.Find(k => k is { Kty: "OKP", Crv: "Ed25519", Alg: "EdDSA", Use: "sig" }
            && k.Status is JwkStatus.Next or JwkStatus.Current or JwkStatus.Old);
        if (usable is null || !Base64Url.TryDecode(usable.X, out var bytes) || bytes.Length != Ed25519.PublicKeyLength)
        {
            return LeaseKeyState.Unknown;
        }

        publicKey = bytes;
        return LeaseKeyState.Usable;
    }
}

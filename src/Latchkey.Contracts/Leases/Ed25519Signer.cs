namespace Latchkey.Contracts.Leases;

/// <summary>Signs with a seed held in memory.</summary>
public sealed class Ed25519Signer : ISigner
{
    private readonly byte[] _seed;

    /// <summary>Takes a copy of the seed.</summary>
    /// <param name="keyId">The name of the key (<c>kid</c>).</param>
    /// <param name="seed">32 bytes.</param>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    public Ed25519Signer(string keyId, byte[] seed)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        ArgumentNullException.ThrowIfNull(seed);
        KeyId = keyId;
        _seed = (byte[])seed.Clone();
        PublicKey = Ed25519.PublicKey(_seed);
    }

    /// <inheritdoc/>
    public string KeyId { get; }

    /// <summary>The 32 bytes that verify what this signs.</summary>
    public byte[] PublicKey { get; }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message) => Ed25519.Sign(_seed, message);
}

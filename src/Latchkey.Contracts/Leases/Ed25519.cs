using Rfc8032 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Latchkey.Contracts.Leases;

/// <summary>Ed25519 signatures (RFC 8032, pure). The only place that knows which library makes them.</summary>
public static class Ed25519
{
    /// <summary>Length of a seed (the private key) in bytes.</summary>
    public const int SeedLength = 32;

    /// <summary>Length of a public key in bytes.</summary>
    public const int PublicKeyLength = 32;

    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureLength = 64;

    /// <summary>
    /// The encodings of points of small order, without the sign bit: a key of this kind has signatures that fit
    /// many messages. The last two are other spellings of the first two.
    /// </summary>
    private static readonly byte[][] SmallOrder =
    [
        Bytes("0000000000000000000000000000000000000000000000000000000000000000"),
        Bytes("0100000000000000000000000000000000000000000000000000000000000000"),
        Bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        Bytes("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Bytes("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Bytes("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];

    /// <summary>The public key of a seed.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        var publicKey = new byte[PublicKeyLength];
        Rfc8032.GeneratePublicKey(Seed(seed), 0, publicKey, 0);
        return publicKey;
    }

    /// <summary>Signs a message. The same seed and message give the same 64 bytes.</summary>
    /// <param name="seed">32 bytes.</param>
    /// <param name="message">Of any length.</param>
    /// <exception cref="ArgumentException">The seed has another length.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        var signature = new byte[SignatureLength];
        Rfc8032.Sign(Seed(seed), 0, message.ToArray(), 0, message.Length, signature, 0);
        return signature;
    }

    /// <summary>
    /// Whether the signature is of exactly this message by this key. Never throws: a wrong length, a non-canonical S,
    /// a key that is no point or one of small order are simply false.
    /// </summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeyLength || signature.Length != SignatureLength || IsSmallOrder(publicKey))
        {
            return false;
        }

        // The library answers false for an S of the group order or more, and for bytes that are no point.
        return Rfc8032.Verify(signature.ToArray(), 0, publicKey.ToArray(), 0, message.ToArray(), 0, message.Length);
    }

    private static bool IsSmallOrder(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> unsigned = stackalloc byte[PublicKeyLength];
        publicKey.CopyTo(unsigned);
        unsigned[PublicKeyLength - 1] &= 0x7F;

        foreach (var point in SmallOrder)
        {
            if (unsigned.SequenceEqual(point))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Seed(ReadOnlySpan<byte> seed) => seed.Length == SeedLength
        ? seed.ToArray()
        : throw new ArgumentException("A seed is 32 bytes.", nameof(seed));

    private static byte[] Bytes(string hex) =>
        [.. Enumerable.Range(0, hex.Length / 2).Select(i => Convert.ToByte(hex.Substring(i * 2, 2), 16))];
}

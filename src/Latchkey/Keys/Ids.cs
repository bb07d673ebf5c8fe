using System.Security.Cryptography;
using Latchkey.Contracts.Keys;

namespace Latchkey.Keys;

/// <summary>Opaque, prefixed ids. Those of <see cref="New"/> sort by the time they were made.</summary>
internal static class Ids
{
    private const int IdBits = 130;
    public const int TokenBytes = 25; // 200 bits, 40 base32 characters without padding

    /// <summary>48 bits of Unix milliseconds, then 82 random bits, as 26 base32 characters.</summary>
    public static string New(string prefix, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[17];
        RandomNumberGenerator.Fill(bytes);
        var ms = now.ToUnixTimeMilliseconds();
        for (var i = 5; i >= 0; i--, ms >>= 8)
        {
            bytes[i] = (byte)ms;
        }

        return prefix + Crockford32.EncodeLower(bytes, IdBits);
    }

    /// <summary>An unguessable token of base32 characters.</summary>
    public static string Token(string prefix) => Token(prefix, RandomNumberGenerator.GetBytes(TokenBytes));

    /// <param name="prefix">What kind of token it is.</param>
    /// <param name="secret"><see cref="TokenBytes"/> bytes nobody can guess.</param>
    public static string Token(string prefix, byte[] secret) => prefix + Crockford32.EncodeLower(secret, TokenBytes * 8);

    /// <summary>How tokens are kept: they carry 200 random bits, so a plain hash is enough.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token));
}

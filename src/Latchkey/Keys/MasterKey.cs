using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Keys;

/// <summary>
/// The installation's master key: 32 bytes that live outside the database and wrap every other secret.
/// A wrapped secret begins with the key's id, so that the master key can be changed while old rows still tell which one opens them.
/// </summary>
internal sealed class MasterKey
{
    public const int Bytes = 32;
    private const int IdBytes = 8;
    private readonly byte[] _key;
    private readonly byte[] _id;

    public MasterKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Bytes)
        {
            throw new ArgumentException($"The master key has {key.Length} bytes; it must have {Bytes}.", nameof(key));
        }

        _key = key.ToArray();
        Fingerprint = Convert.ToHexStringLower(HMACSHA256.HashData(_key, "latchkey master key fingerprint"u8));
        _id = Convert.FromHexString(Fingerprint)[..IdBytes];
    }

    /// <summary>Tells master keys apart without telling anything about them. The store keeps it and refuses another.</summary>
    public string Fingerprint { get; }

    public static MasterKey Create() => new(RandomNumberGenerator.GetBytes(Bytes));

    public string ToBase64() => Convert.ToBase64String(_key);

    /// <summary>A secret that everybody with this master key makes alike.</summary>
    /// <param name="purpose">What it is for; another purpose gives another secret.</param>
    /// <param name="length">In bytes.</param>
    public byte[] Derive(string purpose, int length) => HKDF.Expand(HashAlgorithmName.SHA256, _key, length, Encoding.UTF8.GetBytes("latchkey " + purpose));

    /// <param name="secret">What to wrap.</param>
    /// <param name="purpose">Where it belongs, for example <c>tenant:acme:data</c>; needed again to open it.</param>
    public byte[] Wrap(ReadOnlySpan<byte> secret, string purpose) =>
        [.. _id, .. SecretBox.Seal(_key, secret, Encoding.UTF8.GetBytes(purpose))];

    /// <exception cref="CryptographicException">Wrapped by another master key, for another purpose, or damaged.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, string purpose)
    {
        if (wrapped.Length < IdBytes || !wrapped[..IdBytes].SequenceEqual(_id))
        {
            throw new CryptographicException($"The secret {purpose} was wrapped by another master key.");
        }

        return SecretBox.Open(_key, wrapped[IdBytes..], Encoding.UTF8.GetBytes(purpose));
    }
}

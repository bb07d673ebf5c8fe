using System.Security.Cryptography;

namespace Latchkey.Keys;

/// <summary>
/// AES-256-GCM around small secrets and ping bodies. A sealed box is nonce (12 bytes), tag (16 bytes), ciphertext;
/// the associated text binds it to its place, so that a row copied elsewhere does not open.
/// </summary>
internal static class SecretBox
{
    public const int Overhead = NonceBytes + TagBytes;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        using var aes = new AesGcm(key, TagBytes);
        return Seal(aes, plain, associated);
    }

    public static byte[] Seal(AesGcm aes, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var box = GC.AllocateUninitializedArray<byte>(Overhead + plain.Length);
        var nonce = box.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        aes.Encrypt(nonce, plain, box.AsSpan(Overhead), box.AsSpan(NonceBytes, TagBytes), associated);
        return box;
    }

    /// <exception cref="CryptographicException">The box is damaged, or was sealed under another key or for another place.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> associated)
    {
        using var aes = new AesGcm(key, TagBytes);
        return Open(aes, box, associated);
    }

    /// <inheritdoc cref="Open(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public static byte[] Open(AesGcm aes, ReadOnlySpan<byte> box, ReadOnlySpan<byte> associated)
    {
        if (box.Length < Overhead)
        {
            throw new CryptographicException("The sealed text is too short.");
        }

        var plain = GC.AllocateUninitializedArray<byte>(box.Length - Overhead);
        aes.Decrypt(box[..NonceBytes], box[Overhead..], box.Slice(NonceBytes, TagBytes), plain, associated);
        return plain;
    }
}

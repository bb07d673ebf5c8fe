using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Client;

/// <summary>
/// Encrypts, then authenticates: AES-256-CBC and HMAC-SHA-256, since netstandard2.0 has no AES-GCM. The keys come
/// from the device id, which is no secret: this keeps a copied file from working elsewhere and an edited one from
/// working at all. What may be used is decided by the lease's signature, not by this.
/// </summary>
internal sealed class Seal
{
    private const byte Version = 1;
    private const int VectorLength = 16;
    private const int TagLength = 32;

    private readonly byte[] _encryption;
    private readonly byte[] _authentication;

    public Seal(string deviceId)
    {
        using var derive = new HMACSHA256(SHA256.HashData(Encoding.UTF8.GetBytes("seal1|" + deviceId)));
        _encryption = derive.ComputeHash(Encoding.ASCII.GetBytes("encrypt"));
        _authentication = derive.ComputeHash(Encoding.ASCII.GetBytes("authenticate"));
    }

    /// <summary>The version, the initialization vector, the ciphertext, the tag over all of these.</summary>
    public byte[] Close(string text)
    {
        var vector = Randomness.Bytes(VectorLength);
        using var aes = Cipher(vector);
        using var encryptor = aes.CreateEncryptor();
        var plain = Encoding.UTF8.GetBytes(text);
        byte[] body = [Version, .. vector, .. encryptor.TransformFinalBlock(plain, 0, plain.Length)];
        return [.. body, .. Tag(body, body.Length)];
    }

    /// <summary>The text, or null if a single bit is not as it was written.</summary>
    public string? Open(byte[] closed)
    {
        var length = closed.Length - TagLength;
        if (length <= 1 + VectorLength || closed[0] != Version || !Same(Tag(closed, length), closed, length))
        {
            return null;
        }

        using var aes = Cipher([.. closed.Skip(1).Take(VectorLength)]);
        using var decryptor = aes.CreateDecryptor();
        var plain = decryptor.TransformFinalBlock(closed, 1 + VectorLength, length - 1 - VectorLength);
        return Encoding.UTF8.GetString(plain);
    }

    private Aes Cipher(byte[] vector)
    {
        var aes = Aes.Create();
        (aes.Mode, aes.Padding, aes.Key, aes.IV) = (CipherMode.CBC, PaddingMode.PKCS7, _encryption, vector);
        return aes;
    }

    private byte[] Tag(byte[] bytes, int length)
    {
        using var hmac = new HMACSHA256(_authentication);
        return hmac.ComputeHash(bytes, 0, length);
    }

    /// <summary>Takes the same time wherever the first difference stands.</summary>
    private static bool Same(byte[] tag, byte[] closed, int at)
    {
        var difference = 0;
        for (var i = 0; i < TagLength; i++)
        {
            difference |= tag[i] ^ closed[at + i];
        }

        return difference == 0;
    }
}

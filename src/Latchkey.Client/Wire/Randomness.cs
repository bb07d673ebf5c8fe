using System.Globalization;
using System.Security.Cryptography;

namespace Latchkey.Client;

internal static class Randomness
{
    public static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        using var source = RandomNumberGenerator.Create();
        source.GetBytes(bytes);
        return bytes;
    }

    public static string Hex(int bytes) => string.Concat(Bytes(bytes).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>16 random bytes, base64url: proves that a reply was made after the request.</summary>
    public static string Nonce() => Base64Url(Bytes(16));

    public static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Between <paramref name="least"/> and twice that.</summary>
    public static TimeSpan Jittered(TimeSpan least) =>
        least + TimeSpan.FromTicks((long)(least.Ticks * (BitConverter.ToUInt16(Bytes(2), 0) / 65536.0)));
}

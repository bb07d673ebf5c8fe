using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Simulator;

/// <summary>Ids that depend on a label only, so that products and tiers keep theirs from run to run.</summary>
internal static class StableIds
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    public static string Id(string label) => Spell(Digest(label).AsSpan(0, 16));

    /// <summary>Five letters, as Gumroad's short product ids.</summary>
    public static string Short(string label) =>
        string.Create(5, Digest(label), static (letters, bytes) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = Letters[bytes[i] % Letters.Length];
            }
        });

    /// <summary>Account ids are decimal and larger than 32 bits.</summary>
    public static string Account(string label) =>
        (1_000_000_000_000 + (BitConverter.ToUInt32(Digest(label)) * 1_000L)).ToString(null, null);

    /// <summary>16 bytes as URL-safe base64: 24 characters, the last two <c>==</c>.</summary>
    public static string Spell(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');

    private static byte[] Digest(string label) => SHA256.HashData(Encoding.UTF8.GetBytes(label));
}

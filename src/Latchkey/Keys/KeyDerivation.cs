using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Contracts.Keys;

namespace Latchkey.Keys;

/// <summary>
/// Everything that is derived, never drawn: license keys and the ids of purchases and licenses.
/// The same purchase gives the same key on every node and in every replay, so minting is idempotent by construction.
/// </summary>
internal sealed class KeyDerivation(byte[] secret)
{
    private const int IdBits = 130;

    /// <param name="name">The purchase's name at Gumroad: its subscription id, else its sale id.</param>
    /// <param name="generation">0 for the first key; each reissue raises it.</param>
    public LicenseKey Key(string prefix, string name, string product, int index, int generation) =>
        LicenseKey.FromBits(prefix, Hmac(string.Create(CultureInfo.InvariantCulture, $"license1|{name}|{product}|{index}|{generation}")));

    public string PurchaseId(string name) => "pur_" + Id($"purchase1|{name}");

    public string LicenseId(string name, string product, int index) =>
        "lic_" + Id(string.Create(CultureInfo.InvariantCulture, $"license-id1|{name}|{product}|{index}"));

    private string Id(string text) => Crockford32.EncodeLower(Hmac(text), IdBits);

    private byte[] Hmac(string text) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text));
}

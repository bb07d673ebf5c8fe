using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>The ids, order numbers and keys of the sample pings, which were made from labels such as <c>s02</c>.</summary>
/// <param name="sales">A label for each purchase, in the order they are made.</param>
/// <param name="owner">The label of the membership and the account.</param>
/// <param name="keyOwner">The label of the key.</param>
internal sealed class LabelledIdentities(IEnumerable<string> sales, string owner, string keyOwner) : IIdentities
{
    private readonly Queue<string> _sales = new(sales);
    private string _sale = "";

    public static string Id(string label) => StableIds.Id("id:" + label);

    public string NewSaleId() => Id("sale " + (_sale = _sales.Dequeue()));

    public int NewOrderNumber() => (int)(Number("order:" + _sale) % (1 << 30));

    public string NewSubscriptionId() => Id("subscription " + owner);

    public string NewId() => Id("other");

    public string NewLicenseKey()
    {
        var hex = Hex("key:" + keyOwner).ToCharArray();
        hex[12] = '4';
        hex[16] = "89AB"[int.Parse(hex.AsSpan(16, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture) % 4];
        return string.Join('-', hex.Take(32).Chunk(8).Select(group => new string(group)));
    }

    public string AccountOf(string email) => Number("acct:" + owner).ToString(CultureInfo.InvariantCulture)[..13];

    public string TierOf(SimulatedProduct product, string tier) => Id("tier " + tier);

    public string SkuOf(SimulatedProduct product, string choice) => Id("sku mug l");

    private static BigInteger Number(string label) => BigInteger.Parse("0" + Hex(label), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Hex(string label) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(label)));
}

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Latchkey.Simulator.Checkout;

/// <summary>Draws ids, order numbers and license keys in Gumroad's formats, from a seed or at random. Not safe for concurrent use; the ledger's lock guards it.</summary>
internal sealed class Identities(int? seed) : IIdentities
{
    private const int OrderNumberLimit = 1 << 30;
    private readonly Random? _seeded = seed is { } s ? new Random(s) : null;

    public string NewId() => StableIds.Spell(Draw());

    public string NewSaleId() => NewId();

    public string NewSubscriptionId() => NewId();

    public int NewOrderNumber() => 1 + (int)(BinaryPrimitives.ReadUInt32LittleEndian(Draw()) % (OrderNumberLimit - 1));

    /// <summary>A version 4 UUID in upper case, regrouped as four times eight digits.</summary>
    public string NewLicenseKey()
    {
        var bytes = Draw();
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return string.Join('-', bytes.Chunk(4).Select(Convert.ToHexString));
    }

    public string AccountOf(string email) => StableIds.Account(email);

    public string TierOf(SimulatedProduct product, string tier) => StableIds.Id($"tier {product.Permalink} {tier}");

    public string SkuOf(SimulatedProduct product, string choice) => StableIds.Id($"sku {product.Permalink} {choice}");

    private byte[] Draw()
    {
        var bytes = new byte[16];
        if (_seeded is null)
        {
            RandomNumberGenerator.Fill(bytes);
        }
        else
        {
            _seeded.NextBytes(bytes);
        }

        return bytes;
    }
}

namespace Latchkey.Simulator.Checkout;

/// <content>What Gumroad's API does with license keys. None of it sends a ping.</content>
internal sealed partial class Ledger
{
    /// <summary>
    /// The sale the key belongs to, of a membership the first payment or the last upgrade, whatever its state. As in Gumroad's
    /// database, neither case nor trailing blanks matter.
    /// </summary>
    public SaleRecord? FindLicense(string productId, string key)
    {
        lock (_gate)
        {
            var wanted = key.TrimEnd();
            var sale = _sales.Find(sale => sale.Product.ProductId == productId && wanted.Equals(sale.License?.Key, StringComparison.OrdinalIgnoreCase));
            return sale?.Subscription?.Original ?? sale;
        }
    }

    /// <summary>Counts a use, unless told not to or the key is disabled or its access revoked.</summary>
    public SaleRecord Verify(string productId, string key, bool increment)
    {
        lock (_gate)
        {
            var sale = Licensed(productId, key);
            if (increment && sale.License is { Disabled: false, AccessRevoked: false } license)
            {
                license.Uses++;
            }

            return sale;
        }
    }

    /// <exception cref="InvalidOperationException">The access is revoked.</exception>
    public SaleRecord SetDisabled(string productId, string key, bool disabled)
    {
        lock (_gate)
        {
            var sale = Licensed(productId, key);
            if (sale.License!.AccessRevoked)
            {
                throw new InvalidOperationException("The access to this purchase is revoked.");
            }

            sale.License.Disabled = disabled;
            return sale;
        }
    }

    /// <summary>Stops at 0.</summary>
    public SaleRecord DecrementUses(string productId, string key)
    {
        lock (_gate)
        {
            var sale = Licensed(productId, key);
            sale.License!.Uses = Math.Max(0, sale.License.Uses - 1);
            return sale;
        }
    }

    /// <summary>Gives the purchase a new key; the old one is unknown from now on.</summary>
    public SaleRecord RotateKey(string productId, string key)
    {
        lock (_gate)
        {
            var sale = Licensed(productId, key);
            sale.License!.Key = _identities.NewLicenseKey();
            return sale;
        }
    }

    /// <summary>Takes the buyer's access away, or gives it back.</summary>
    public void RevokeAccess(string saleId, bool revoked)
    {
        lock (_gate)
        {
            var license = Get(saleId).License ?? throw new InvalidOperationException("This sale has no license.");
            license.AccessRevoked = revoked;
        }
    }

    private SaleRecord Licensed(string productId, string key) =>
        FindLicense(productId, key) ?? throw new KeyNotFoundException("There is no such license.");
}

namespace Latchkey.Simulator.Checkout;

/// <content>What is for sale.</content>
internal sealed partial class Ledger
{
    /// <exception cref="ArgumentException">Its address is taken, or it cannot be sold as described.</exception>
    public ProductRecord AddProduct(SimulatedProduct product)
    {
        lock (_gate)
        {
            Check(product, itself: null);
            var item = new ProductRecord(product);
            _products.Add(item);
            AwaitRelease(item);
            return item;
        }
    }

    /// <summary>Replaces the description; its id stays.</summary>
    public ProductRecord ChangeProduct(string productId, Func<SimulatedProduct, SimulatedProduct> change)
    {
        lock (_gate)
        {
            var item = Product(productId);
            var changed = change(item.Product) with { ProductId = item.Product.ProductId };
            Check(changed, item);
            var before = item.Product;
            item.Product = changed;
            if (changed.ReleaseAt != before.ReleaseAt)
            {
                AwaitRelease(item);
            }

            if (changed.IsLicensed && !before.IsLicensed)
            {
                GiveMissingKeys(item);
            }

            return item;
        }
    }

    /// <summary>Takes it off the shelf for good, which ends its memberships at once.</summary>
    public void DeleteProduct(string productId)
    {
        lock (_gate)
        {
            var item = Product(productId);
            item.IsDeleted = true;
            foreach (var subscription in _subscriptions.Values.Where(subscription => subscription.Item == item && subscription.EndedAt is null))
            {
                CancelAndEnd(subscription, CancelledBy.Seller, Cancelled);
            }
        }
    }

    // Older customers get their keys without a ping.
    private void GiveMissingKeys(ProductRecord item)
    {
        foreach (var sale in _sales.Where(sale => sale.Item == item && sale is { License: null, Giftee: null, IsPreorderAuthorization: false }))
        {
            sale.License = sale.Subscription?.Purchases[0].License ?? NewLicense();
        }
    }

    private ProductRecord Product(string productId) =>
        _products.Find(item => !item.IsDeleted && item.Product.ProductId == productId) ?? throw new KeyNotFoundException("There is no such product.");

    private void Check(SimulatedProduct product, ProductRecord? itself)
    {
        string?[] addresses = [product.Permalink, product.CustomPermalink, product.ProductId];
        if (addresses.OfType<string>().FirstOrDefault(address => LedgerView.Find(_products, address) is { } other && other != itself) is { } taken)
        {
            throw new ArgumentException($"Permalink: '{taken}' is another product's; take another one.");
        }

        if (product.PriceUsdCents < 0)
        {
            throw new ArgumentException($"PriceUsdCents: {product.PriceUsdCents} is below 0; take 0 for a free product.");
        }

        if (product.Variants.FirstOrDefault(category => category.Choices.Count == 0) is { } empty)
        {
            throw new ArgumentException($"Variants: '{empty.Title}' has no choices; give at least one.");
        }

        foreach (var recurrence in product.Recurrences)
        {
            Recurrences.MonthsOf(recurrence);
        }

        if (product is { IsMembership: true } and ({ ReleaseAt: not null } or { Installments: not null } or { BundleContents.Count: > 0 }))
        {
            throw new ArgumentException("Recurrence: a membership is neither a pre-order nor a bundle nor paid in installments; leave one of them out.");
        }

        if (product is { ReleaseAt: not null, Installments: not null })
        {
            throw new ArgumentException("Installments: a pre-order is paid at once; leave one of them out.");
        }
    }
}

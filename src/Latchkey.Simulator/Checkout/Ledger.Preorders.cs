namespace Latchkey.Simulator.Checkout;

/// <content>Products that are sold before they are there.</content>
internal sealed partial class Ledger
{
    /// <summary>Releases a pre-ordered product now: every authorization is charged as a sale of its own, with a key.</summary>
    public void Release(string permalink)
    {
        lock (_gate)
        {
            var item = LedgerView.Find(_products, permalink) ?? throw new KeyNotFoundException("There is no such product.");
            if (item.Product.ReleaseAt is null)
            {
                throw new InvalidOperationException($"{item.Product.Name} is no pre-order.");
            }

            Release(item);
        }
    }

    private void AwaitRelease(ProductRecord item)
    {
        if (item.Product.ReleaseAt is { } due)
        {
            At(due, () => ReleaseOn(item, due));
        }
    }

    // The seller may have put it off, released it earlier or deleted it since.
    private void ReleaseOn(ProductRecord item, DateTimeOffset due)
    {
        if (!item.IsDeleted && item.Product.ReleaseAt == due)
        {
            Release(item);
        }
    }

    private void Release(ProductRecord item)
    {
        item.Product = item.Product with { ReleaseAt = null };
        foreach (var authorization in _sales.FindAll(sale => sale.Item == item && sale is { IsPreorderAuthorization: true, PreorderReleased: false }))
        {
            authorization.PreorderReleased = true;
            Complete(new SaleRecord
            {
                Item = item,
                SaleId = _identities.NewSaleId(),
                OrderNumber = _identities.NewOrderNumber(),
                At = Now,
                Buyer = authorization.Buyer,
                Quantity = authorization.Quantity,
                PriceUsdCents = authorization.PriceUsdCents,
                Variants = authorization.Variants,
                CustomFields = authorization.CustomFields,
                BooleanFields = authorization.BooleanFields,
                OfferCode = authorization.OfferCode,
                Authorization = authorization,
            });
        }
    }
}

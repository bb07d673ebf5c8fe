namespace Latchkey.Simulator.Checkout;

/// <summary>What the ledger holds, valid only while <see cref="Ledger.Read"/> runs.</summary>
internal sealed class LedgerView(
    IEnumerable<ProductRecord> products,
    IReadOnlyList<SaleRecord> sales,
    IReadOnlyDictionary<string, SaleRecord> salesById,
    IReadOnlyDictionary<string, SubscriptionRecord> subscriptions,
    IEnumerable<OfferCodeRecord> offerCodes)
{
    /// <summary>Without deleted ones.</summary>
    public IReadOnlyList<ProductRecord> Products => [.. products.Where(product => !product.IsDeleted)];

    /// <summary>Every purchase that did not fail, oldest first, the paying halves of gifts among them.</summary>
    public IReadOnlyList<SaleRecord> Sales => sales;

    public IReadOnlyDictionary<string, SubscriptionRecord> Subscriptions => subscriptions;

    /// <summary>Without deleted ones.</summary>
    public IReadOnlyList<OfferCodeRecord> OfferCodes => [.. offerCodes.Where(code => !code.IsDeleted)];

    public SaleRecord? FindSale(string saleId) => salesById.GetValueOrDefault(saleId);

    /// <summary>By id (case matters), or by short id or permalink in any case; never a deleted one.</summary>
    public ProductRecord? FindProduct(string idOrPermalink) => Find(products, idOrPermalink);

    internal static ProductRecord? Find(IEnumerable<ProductRecord> products, string idOrPermalink) => products.FirstOrDefault(record =>
        !record.IsDeleted
        && (record.Product.ProductId == idOrPermalink
            || new[] { record.Product.Permalink, record.Product.CustomPermalink, record.Product.ShortId }.Contains(idOrPermalink, StringComparer.OrdinalIgnoreCase)));
}

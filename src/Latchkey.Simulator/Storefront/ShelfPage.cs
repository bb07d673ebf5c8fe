using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Storefront;

/// <summary>The seller's products and discount codes.</summary>
internal static class ShelfPage
{
    public static Html Of(LedgerView view, DateTimeOffset now) => Layout.Seller("Products", "/seller/products", Html.Of($"""
        <h1>Products</h1>
        {Html.If(view.Products.Count == 0, () => Html.Of($"<p>None. Products can be made through the API.</p>"))}
        {Html.Each(view.Products, item => Product(item, view, now))}
        <h2>Discount codes</h2>
        {Html.If(view.OfferCodes.Count == 0, () => Html.Of($"<p>None. Codes can be made through the API.</p>"))}
        {Html.If(view.OfferCodes.Count > 0, () => Codes(view))}
        """));

    private static Html Product(ProductRecord item, LedgerView view, DateTimeOffset now)
    {
        var product = item.Product;
        var sales = view.Sales.Where(sale => sale.Item == item && sale.Giver is null).ToList();
        var isAwaited = product.ReleaseAt > now || sales.Any(sale => sale is { IsPreorderAuthorization: true, PreorderReleased: false });
        return Html.Of($"""
            <section class="card" aria-label="{product.Name}">
            <div class="row"><h3>{product.Name}</h3><span class="price">{ProductPages.Price(product)}</span></div>
            {Html.If(!product.IsPublished, () => Layout.Tag("not published", "bad"))}
            <p class="soft">{Words.Number(sales.Count)} {(sales.Count == 1 ? "sale" : "sales")}, {Words.Dollars(sales.Where(sale => sale.IsCharged).Sum(sale => sale.PriceUsdCents - sale.RefundedUsdCents))}</p>
            {Html.If(isAwaited, () => Html.Of($"""<div class="actions">{Layout.Button("/seller/products/" + Uri.EscapeDataString(product.Permalink) + "/release", "Release the pre-order now")}</div>"""))}
            <details><summary>Addresses and ids</summary>
            <dl>
            <dt>Product page</dt><dd><a href="{Addresses.Product(product)}">{Addresses.Product(product)}</a></dd>
            <dt>Straight to pay</dt><dd><a href="{Addresses.Product(product)}?wanted=true">{Addresses.Product(product)}?wanted=true</a></dd>
            <dt>With a code</dt><dd>{Addresses.Product(product)}/CODE</dd>
            <dt>With your own id</dt><dd>{Addresses.Product(product)}?user=42 comes back as url_params[user]</dd>
            <dt>product_id</dt><dd><code>{product.ProductId}</code></dd>
            <dt>permalink</dt><dd><code>{product.Permalink}</code>, short <code>{product.ShortId}</code></dd>
            {Html.If(product.ReleaseAt is not null, () => Html.Of($"<dt>Comes out</dt><dd>{Words.Time(product.ReleaseAt!.Value)}</dd>"))}
            </dl>
            </details>
            </section>
            """);
    }

    private static Html Codes(LedgerView view) => Html.Of($"""
        <table class="stack">
        <thead><tr><th>Code</th><th>Takes off</th><th>Good for</th><th>Used</th></tr></thead>
        <tbody>{Html.Each(view.OfferCodes, code => Html.Of($"""<tr><td data-label="Code"><strong>{code.Code.Code}</strong></td><td data-label="Takes off">{Off(code.Code)}</td><td data-label="Good for"><span>{GoodFor(code.Code, view)}</span></td><td data-label="Used">{Words.Number(code.TimesUsed)}{(code.Code.MaxPurchaseCount is { } most ? $" of {Words.Number(most)}" : "")}</td></tr>"""))}</tbody>
        </table>
        """);

    private static string Off(SimulatedOfferCode code) => code.PercentOff is { } percent
        ? $"{Words.Number(percent)} %"
        : Words.Dollars(code.AmountOffUsdCents ?? 0) + " each";

    private static Html GoodFor(SimulatedOfferCode code, LedgerView view) => code.Permalinks.Count == 0
        ? Html.Of($"all products")
        : Html.Each(code.Permalinks.Index(), each => Html.Of($"""{(each.Index > 0 ? ", " : "")}{Link(view.FindProduct(each.Item)?.Product, each.Item, code)}"""));

    private static Html Link(SimulatedProduct? product, string permalink, SimulatedOfferCode code) => product is null
        ? Html.Of($"{permalink}")
        : Html.Of($"""<a href="{Addresses.Product(product)}/{Uri.EscapeDataString(code.Code)}">{product.Name}</a>""");
}

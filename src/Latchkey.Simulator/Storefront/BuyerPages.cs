namespace Latchkey.Simulator.Storefront;

/// <summary>What a buyer sees: the products, one product with its checkout, the receipt.</summary>
internal static class BuyerPages
{
    public static Html Products(IReadOnlyList<SimulatedProduct> products) => Layout.Page("Products", Html.Of($"""
        <h1>Products</h1>
        <ul class="cards">{Html.Each(products, Card)}</ul>
        """));

    public static Html Product(SimulatedProduct product, IEnumerable<KeyValuePair<string, string>> urlParams, string? problem = null) => Layout.Page(product.Name, Html.Of($"""
        <h1>{product.Name}</h1>
        <p class="soft">{Price(product)}</p>
        {Html.If(problem is not null, () => Html.Of($"""<p class="bad" role="alert">{problem}</p>"""))}
        <form class="card narrow" method="post">
        {Html.Each(urlParams, pair => Html.Of($"""<input type="hidden" name="{CheckoutForm.UrlParam}{pair.Key}" value="{pair.Value}">"""))}
        <label>E-mail<input name="email" type="email" autocomplete="email" required></label>
        <label>Name<input name="full_name" autocomplete="name"></label>
        {Html.Each(product.Variants, category => Choices(category, product))}
        <label>{(product.IsMultiseat ? "Seats" : "Quantity")}<input name="quantity" type="number" min="1" max="1000" value="1" required></label>
        <button class="main">Pay</button>
        </form>
        <p class="soft">No money moves: this shop is a simulator.</p>
        """));

    public static Html Receipt(SimulatedSale sale) => Layout.Page("Receipt", Html.Of($"""
        <h1>Thank you</h1>
        <div class="card narrow">
        <dl>
        <dt>Bought</dt><dd>{sale.ProductName}{Html.If(sale.Quantity > 1, () => Html.Of($" × {sale.Quantity}"))}</dd>
        {Html.Each(sale.Variants, choice => Html.Of($"<dt>{choice.Key}</dt><dd>{choice.Value}</dd>"))}
        <dt>Paid</dt><dd>{Layout.Dollars(sale.PriceUsdCents)}</dd>
        <dt>By</dt><dd>{sale.FullName} {sale.Email}</dd>
        {Html.If(sale.LicenseKey is not null, () => Html.Of($"<dt>License key</dt><dd><code>{sale.LicenseKey}</code></dd>"))}
        {Html.If(sale.SubscriptionId is not null, () => Html.Of($"<dt>Membership</dt><dd><code>{sale.SubscriptionId}</code></dd>"))}
        <dt>Order</dt><dd>{sale.OrderNumber}</dd>
        <dt>On</dt><dd>{Layout.Time(sale.At)}</dd>
        <dt>State</dt><dd>{SaleState.Of(sale)}</dd>
        </dl>
        </div>
        <p><a href="/l/{Uri.EscapeDataString(sale.Permalink)}">Buy again</a></p>
        """));

    public static Html Problem(string title, string text) => Layout.Page(title, Html.Of($"""<h1>{title}</h1><p>{text}</p>"""));

    private static Html Card(SimulatedProduct product) => Html.Of($"""
        <li><a class="card" href="/l/{Uri.EscapeDataString(product.Permalink)}"><strong>{product.Name}</strong><br><span class="soft">{Price(product)}</span></a></li>
        """);

    private static Html Choices(VariantCategory category, SimulatedProduct product) => Html.Of($"""
        <label>{(category.Title.Length > 0 ? category.Title : "Version")}<select name="{CheckoutForm.Variant}{category.Title}">
        {Html.Each(category.Choices, choice => Html.Of($"""<option value="{choice.Name}">{choice.Name}, {Layout.Dollars(choice.PriceUsdCents ?? product.PriceUsdCents)}</option>"""))}
        </select></label>
        """);

    private static string Price(SimulatedProduct product) =>
        Layout.Dollars(product.PriceUsdCents) + (product.Recurrence is { } recurrence ? " " + recurrence.Replace('_', ' ') : "");
}

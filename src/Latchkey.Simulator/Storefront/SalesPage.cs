using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Storefront;

/// <summary>The seller's sales and what can be done to them.</summary>
internal static class SalesPage
{
    public static Html Of(Pager<SaleRecord> sales, bool canTest) => Layout.Seller("Sales", "/seller", Html.Of($"""
        <div class="row"><h1>Sales</h1>{Html.If(canTest, () => Layout.Button("/seller/test-ping", "Send test ping"))}</div>
        {Html.If(sales.Items.Count > 0 || sales.Query.Length > 0, () => Html.Of($"<p>{sales.Search("E-mail, product or id")}</p>"))}
        {Html.If(sales.Items.Count == 0, () => Nothing(sales.Query))}
        {Html.Each(sales.Items, Sale)}
        {sales.Links()}
        """));

    /// <summary>Newest first; the paying half of a gift is shown with the other one.</summary>
    public static IReadOnlyList<SaleRecord> Found(LedgerView view, string query) =>
        [.. view.Sales.Reverse().Where(sale => sale.Giftee is null && Matches(sale, query))];

    private static bool Matches(SaleRecord sale, string query) => query.Length == 0
        || new[] { sale.Email, sale.Giver?.Email, sale.Product.Name, sale.SaleId, sale.Giver?.SaleId, sale.Subscription?.Id, sale.License?.Key }
            .Any(text => text?.Contains(query, StringComparison.OrdinalIgnoreCase) == true);

    private static Html Nothing(string query) => query.Length > 0
        ? Html.Of($"""<p>No sale with that. <a href="/seller">All sales</a></p>""")
        : Html.Of($"""<p>Nothing sold yet. <a href="/">Buy something</a>, and come back.</p>""");

    private static Html Sale(SaleRecord sale) => Html.Of($"""
        <section class="card" id="{Addresses.Anchor(sale.SaleId)}" aria-label="Sale {sale.OrderNumber}">
        <div class="row"><h3>{sale.Product.Name}{Html.If(sale.Quantity > 1, () => Html.Of($" × {sale.Quantity}"))}</h3><span class="price">{Words.Dollars(SaleState.Money(sale).PriceUsdCents)}</span></div>
        {SaleState.Tags(sale)}
        <p class="soft">{Choices(sale)}{sale.Email}, {Words.Time(sale.At)}, {SaleState.Of(sale)}<br>
        <a href="{Addresses.Receipt(sale.SaleId)}"><code>{sale.SaleId}</code></a>{Html.If(sale.Giver is not null, () => Html.Of($"""<br>Paid by {sale.Giver!.Email}; the giver's half is <code>{sale.Giver.SaleId}</code>, which no sale ping names."""))}
        {Html.If(sale.Subscription is not null, () => Html.Of($"""<br><a href="/seller/memberships?q={Uri.EscapeDataString(sale.Subscription!.Id)}">{(sale.Subscription.IsInstallmentPlan ? "Its installments" : "Its membership")}</a>"""))}</p>
        {Actions(sale)}
        </section>
        """);

    private static Html Actions(SaleRecord sale)
    {
        var path = "/seller/sales/" + Uri.EscapeDataString(sale.SaleId);
        var money = SaleState.Money(sale);
        return Html.Of($"""
            <div class="actions">
            {Html.If(money is { Refunded: false, IsCharged: true }, () => Refund(path, money.PriceUsdCents - money.RefundedUsdCents))}
            {Html.If(money is { Disputed: false, IsCharged: true }, () => Layout.Button(path + "/dispute", "Dispute"))}
            {Html.If(money is { Disputed: true, DisputeWon: false }, () => Layout.Button(path + "/win-dispute", "Win dispute"))}
            {Layout.Button(path + "/resend", "Resend ping")}
            {Html.If(sale.License is { AccessRevoked: false }, () => Layout.Button(path + "/revoke-access", "Revoke access"))}
            {Html.If(sale.License is { AccessRevoked: true }, () => Layout.Button(path + "/give-access", "Give access back"))}
            {Html.If(sale.License is { Disabled: false }, () => Layout.Button(path + "/disable-key", "Disable key"))}
            {Html.If(sale.License is { Disabled: true }, () => Layout.Button(path + "/enable-key", "Enable key"))}
            {Html.If(sale.Shipping is not null && !sale.Shipped, () => Ship(path))}
            </div>
            """);
    }

    private static Html Refund(string path, int leftCents) => Html.Of($"""
        <form class="inline" method="post" action="{path}/refund"><input class="money" name="amount" inputmode="decimal" value="{Words.Amount(leftCents)}" aria-label="Dollars to give back, all or a part"><button class="quiet">Refund</button></form>
        """);

    private static Html Ship(string path) => Html.Of($"""
        <form class="inline" method="post" action="{path}/ship"><input name="tracking_url" type="url" placeholder="Tracking address" aria-label="Tracking address, if there is one"><button class="quiet">Mark as shipped</button></form>
        """);

    private static string Choices(SaleRecord sale) => string.Concat(sale.Variants.Values.Select(choice => choice + ", "));
}

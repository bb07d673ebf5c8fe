namespace Latchkey.Simulator.Storefront;

/// <summary>What the seller sees: sales with what can be done to them, and the pings that were sent.</summary>
internal static class SellerPages
{
    private const int ShownPings = 100;

    public static Html Overview(IReadOnlyList<SimulatedSale> sales, IReadOnlyList<PingAttempt> attempts, bool canTest) => Layout.Page("Seller", Html.Of($"""
        <div class="row"><h1>Sales</h1>{Html.If(canTest && sales.Count > 0, () => Layout.Button("/seller/test-ping", "Send test ping"))}</div>
        {Html.If(sales.Count == 0, () => Html.Of($"""<p class="soft">Nothing sold yet. <a href="/">Buy something</a>.</p>"""))}
        {Html.Each(sales.Reverse(), Sale)}
        <h2>Pings</h2>
        {Html.If(attempts.Count == 0, () => Html.Of($"""<p class="soft">None sent yet. A sale is announced 10 seconds after it happened, everything else 5, divided by the simulator's speed.</p>"""))}
        {Html.If(attempts.Count > 0, () => Pings(attempts))}
        """));

    private static Html Sale(SimulatedSale sale) => Html.Of($"""
        <section class="card">
        <div class="row"><strong>{sale.ProductName}</strong><span>{Layout.Dollars(sale.PriceUsdCents)}</span></div>
        <p class="soft">{sale.Email}, {Layout.Time(sale.At)}, {SaleState.Of(sale)}<br><a href="/purchases/{Uri.EscapeDataString(sale.SaleId)}"><code>{sale.SaleId}</code></a></p>
        {Actions(sale)}
        </section>
        """);

    private static Html Actions(SimulatedSale sale)
    {
        var path = "/seller/sales/" + Uri.EscapeDataString(sale.SaleId);
        return Html.Of($"""
            {Html.If(sale is { Refunded: false } and ({ PriceUsdCents: > 0 } or { IsGift: true }), () => Layout.Button(path + "/refund", "Refund"))}
            {Html.If(!sale.Disputed, () => Layout.Button(path + "/dispute", "Dispute"))}
            {Html.If(sale is { Disputed: true, DisputeWon: false }, () => Layout.Button(path + "/win-dispute", "Win dispute"))}
            {Layout.Button(path + "/resend", "Resend ping")}
            {Html.If(sale.SubscriptionId is not null, () => Membership(sale.SubscriptionId!))}
            """);
    }

    private static Html Membership(string subscriptionId)
    {
        var path = "/seller/memberships/" + Uri.EscapeDataString(subscriptionId);
        return Html.Of($"""{Layout.Button(path + "/renew", "Renew")}{Layout.Button(path + "/cancel", "Cancel")}{Layout.Button(path + "/end", "End")}{Layout.Button(path + "/restart", "Restart")}""");
    }

    private static Html Pings(IReadOnlyList<PingAttempt> attempts) => Html.Of($"""
        <div class="scroll"><table>
        <thead><tr><th>When</th><th>Resource</th><th>Attempt</th><th>Answer</th><th>To</th></tr></thead>
        <tbody>{Html.Each(attempts.Reverse().Take(ShownPings), Ping)}</tbody>
        </table></div>
        """);

    private static Html Ping(PingAttempt attempt) => Html.Of($"""
        <tr><td>{Layout.Time(attempt.At)}</td><td>{attempt.Resource ?? "test"}</td><td>{attempt.Attempt}</td><td class="{(attempt.Delivered ? "good" : "bad")}">{attempt.Status?.ToString(null, null) ?? attempt.Failure}</td><td>{attempt.Url.AbsoluteUri}</td></tr>
        """);
}

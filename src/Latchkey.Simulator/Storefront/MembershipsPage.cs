using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Storefront;

/// <summary>The seller's memberships, and what happens to them.</summary>
internal static class MembershipsPage
{
    public static Html Of(Pager<SubscriptionRecord> memberships) => Layout.Seller("Memberships", "/seller/memberships", Html.Of($"""
        <h1>Memberships</h1>
        <p class="soft">The <a href="/seller/clock">clock</a> renews and ends them by itself. The buttons do it now.</p>
        {Html.If(memberships.Items.Count > 0 || memberships.Query.Length > 0, () => Html.Of($"<p>{memberships.Search("E-mail, product or id")}</p>"))}
        {Html.If(memberships.Items.Count == 0, () => Html.Of($"""<p>{(memberships.Query.Length > 0 ? "None with that." : "None yet.")} <a href="/">Buy one</a>.</p>"""))}
        {Html.Each(memberships.Items, Membership)}
        {memberships.Links()}
        """));

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<SubscriptionRecord> Found(LedgerView view, string query) =>
    [
        .. view.Subscriptions.Values
            .Where(membership => query.Length == 0 || new[] { membership.Email, membership.Item.Product.Name, membership.Id, membership.Plan.Tier }
                .Any(text => text.Contains(query, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(membership => membership.CreatedAt),
    ];

    private static Html Membership(SubscriptionRecord membership) => Html.Of($"""
        <section class="card" id="{Addresses.Anchor(membership.Id)}" aria-label="Membership of {membership.Email}">
        <div class="row"><h3>{membership.Item.Product.Name}</h3>{SaleState.Tags(membership)}</div>
        <p>{SaleState.Of(membership.Plan, membership.Item.Product.IsMultiseat)}<br>
        <span class="soft"><a href="{Addresses.Account(membership.Email, membership.Id)}">{membership.Email}</a>, since {Words.Day(membership.CreatedAt)}, paid until {Words.Time(membership.PaidUntil)}<br><code>{membership.Id}</code></span></p>
        {MembershipParts.Changes(membership)}
        {Actions(membership)}
        {MembershipParts.Payments(membership)}
        </section>
        """);

    private static Html Actions(SubscriptionRecord membership)
    {
        var path = "/seller/memberships/" + Uri.EscapeDataString(membership.Id);
        return Html.Of($"""
            <div class="actions">
            {Html.If(membership.EndedAt is null, () => Layout.Button(path + "/renew", "Renew now"))}
            {Html.If(membership is { EndedAt: null, CancelledAt: null }, () => Layout.Button(path + "/cancel", "Cancel as the seller"))}
            {Html.If(membership.EndedAt is null, () => Layout.Button(path + "/end", "End now"))}
            {Html.If(membership is { EndedAt: not null } or { CancelledAt: not null }, () => Layout.Button(path + "/restart", "Restart"))}
            </div>
            """);
    }
}

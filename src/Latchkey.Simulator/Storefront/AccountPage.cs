using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Storefront;

/// <summary>What a buyer can see and do: purchases and memberships.</summary>
internal static class AccountPage
{
    public static Html Ask() => Layout.Page("Buyer", Html.Of($"""
        <h1>A buyer's account</h1>
        <p class="soft">At Gumroad buyers sign in or follow a link from their mail. Here nobody asks for a password: give any buyer's address.</p>
        <form class="card narrow" method="get" action="/account">
        {Fields.Input("E-mail", "email", "", new("type=\"email\" autocomplete=\"email\" required"))}
        <button class="main">Show</button>
        </form>
        """), "/account");

    public static Html Of(string email, IReadOnlyList<SaleRecord> sales, IReadOnlyList<SubscriptionRecord> memberships) => Layout.Page("Buyer", Html.Of($"""
        <h1>What {email} bought</h1>
        <p class="soft">A simulator asks for no password. <a href="/account">Another buyer</a></p>
        {Html.If(sales.Count == 0, () => Html.Of($"""<p>Nothing yet. <a href="/">Buy something</a>.</p>"""))}
        {Html.If(memberships.Count > 0, () => Html.Of($"<h2>Memberships</h2>{Html.Each(memberships, Membership)}"))}
        {Html.If(sales.Count > 0, () => Html.Of($"""<h2>Purchases</h2><ul class="cards">{Html.Each(sales, Purchase)}</ul>"""))}
        """), "/account");

    private static Html Purchase(SaleRecord sale) => Layout.Card(Addresses.Receipt(sale.Giftee?.SaleId ?? sale.SaleId), sale.Product.Name, Html.Of($"""
        <span class="soft">{Words.Day(sale.At)}{Html.If(sale.Giftee is not null, () => Html.Of($", a gift for {sale.GifteeEmail}"))}</span>
        {SaleState.Tags(sale)}<span class="price">{Words.Dollars(sale.PriceUsdCents)}</span>
        """));

    private static Html Membership(SubscriptionRecord membership) => Html.Of($"""
        <section class="card" id="{Addresses.Anchor(membership.Id)}" aria-label="{membership.Item.Product.Name}">
        <div class="row"><h3>{membership.Item.Product.Name}</h3>{SaleState.Tags(membership)}</div>
        <p>{SaleState.Of(membership.Plan, membership.Item.Product.IsMultiseat)}<br><span class="soft">{Period(membership)}</span></p>
        {MembershipParts.Changes(membership)}
        {Html.If(!membership.IsInstallmentPlan, () => Actions(membership))}
        {MembershipParts.Payments(membership)}
        </section>
        """);

    private static Html Actions(SubscriptionRecord membership)
    {
        var path = "/account/memberships/" + Uri.EscapeDataString(membership.Id);
        return Html.Of($"""
            {Html.If(membership is { EndedAt: null, CancelledAt: null } && HasChoice(membership.Item.Product), () => Change(membership, path))}
            <div class="actions">
            {Html.If(membership is { EndedAt: null, CancelledAt: null }, () => Layout.Button(path + "/cancel", "Cancel"))}
            {Html.If(membership is { EndedAt: not null } or { CancelledAt: not null }, () => Layout.Button(path + "/restart", "Restart"))}
            {Html.If(membership.CardDeclines, () => Layout.Button(path + "/card-works", "Give a card that works"))}
            {Html.If(!membership.CardDeclines, () => Layout.Button(path + "/card-declines", "Give a card that declines"))}
            </div>
            """);
    }

    private static Html Change(SubscriptionRecord membership, string path)
    {
        var product = membership.Item.Product;
        var tiers = product.Variants.FirstOrDefault(category => category.Title == PriceList.Tier)?.Choices ?? [];
        return Html.Of($"""
            <details><summary>Change the plan</summary>
            <form class="fields" method="post" action="{path}/change">
            {Html.If(tiers.Count > 1, () => Fields.Select("Tier", "tier", membership.Plan.Tier, tiers.Select(tier => (tier.Name, $"{tier.Name}, {ProductPages.ChoicePrice(tier, product)}"))))}
            {Html.If(product.Recurrences.Count > 1, () => Fields.Select("How often", "recurrence", membership.Plan.Recurrence, product.Recurrences.Select(each => (each, Words.Often(each)))))}
            {Html.If(product.IsMultiseat, () => Fields.Input("Seats", "seats", Words.Number(membership.Plan.Seats), new("type=\"number\" min=\"1\" max=\"1000\" required")))}
            <button>Change</button>
            </form>
            <p class="soft small">What costs more is charged at once: the difference. What costs less waits until {Words.Day(membership.PaidUntil)}.</p>
            </details>
            """);
    }

    private static bool HasChoice(SimulatedProduct product) =>
        product.IsMultiseat || product.Recurrences.Count > 1 || product.Variants.Any(category => category.Choices.Count > 1);

    private static string Period(SubscriptionRecord membership) => membership switch
    {
        { EndedAt: { } ended } => $"Ended on {Words.Day(ended)}.",
        { CancelledAt: { } until } => $"Cancelled; lasts until {Words.Day(until)}.",
        { IsInstallmentPlan: true } => $"{Words.Number(membership.Charges)} of {Words.Number(membership.ChargeCount ?? 0)} payments made.",
        { Charges: 0, FreeTrialEndsAt: { } trial } => $"Free until {Words.Day(trial)}, then charged.",
        _ => $"Paid until {Words.Day(membership.PaidUntil)}, then charged again.",
    };
}

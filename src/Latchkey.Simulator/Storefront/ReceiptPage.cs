using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Storefront;

/// <summary>What a buyer gets after paying.</summary>
internal static class ReceiptPage
{
    public static Html Of(SaleRecord sale, IReadOnlyList<SaleRecord> parts) => Layout.Page("Receipt", Html.Of($"""
        <h1>Thank you</h1>
        {Html.If(sale.Giver is not null, () => Gift(sale))}
        {Html.If(sale.IsPreorderAuthorization && !sale.PreorderReleased, () => Html.Of($"""<div class="note"><p>Ordered ahead: nothing is charged before the release. The key comes then, with a purchase of its own.</p></div>"""))}
        {Html.If(sale.IsTest, () => Html.Of($"""<div class="note"><p>A test purchase: the seller bought an own product. No money, and <code>test=true</code> in its pings.</p></div>"""))}
        <div class="card narrow">
        <dl>
        <dt>Bought</dt><dd>{sale.Product.Name}{Html.If(sale.Quantity > 1, () => Html.Of($" × {sale.Quantity}"))}</dd>
        {Html.Each(sale.Variants, choice => Row(choice.Key.Length > 0 ? choice.Key : "Version", choice.Value))}
        <dt>Paid</dt><dd>{Paid(sale)}</dd>
        {Html.If(sale.OfferCode is not null, () => Row("Discount code", sale.OfferCode!.Code.Code))}
        <dt>{(sale.Giver is null ? "By" : "For")}</dt><dd>{sale.FullName} {sale.Email}</dd>
        {Html.If(sale.License is not null, () => Html.Of($"<dt>License key</dt><dd><code>{sale.License!.Key}</code></dd>"))}
        {Html.Each(sale.CustomFields, field => Row(field.Key, field.Value))}
        {Html.If(sale.Shipping is not null, () => Row("Sent to", Address(sale.Shipping!)))}
        {Html.If(sale.TrackingUrl is not null, () => Row("Track it at", sale.TrackingUrl!))}
        {Html.If(sale.Subscription is not null, () => Membership(sale.Subscription!))}
        <dt>Order</dt><dd>{sale.OrderNumber}</dd>
        <dt>On</dt><dd>{Words.Time(sale.At)}</dd>
        <dt>State</dt><dd>{SaleState.Of(sale)}</dd>
        </dl>
        </div>
        {Html.If(parts.Count > 0, () => Parts(parts))}
        <p><a href="{Addresses.Product(sale.Product)}">Buy again</a> · <a href="{Addresses.Account(sale.Email)}">All purchases of {sale.Email}</a></p>
        """));

    private static Html Gift(SaleRecord sale) => Html.Of($"""
        <div class="note"><p>A gift from {sale.Giver!.Email} for {sale.Email}. The giver paid {Words.Dollars(sale.Giver.PriceUsdCents)}; what is below belongs to the receiver, and only the receiver's half is announced by pings.</p></div>
        """);

    private static string Paid(SaleRecord sale) => sale switch
    {
        { Giver: { } giver } => $"{Words.Dollars(giver.PriceUsdCents)}, by {giver.Email}",
        { IsPreorderAuthorization: true } => $"{Words.Dollars(sale.PriceUsdCents)} at the release",
        { IsFreeTrial: true } => $"{Words.Dollars(sale.PriceUsdCents)} on {Words.Day(sale.Subscription!.FreeTrialEndsAt!.Value)}, when the free trial is over",
        { Shipping: not null, Product.ShippingRateUsdCents: { } shipping } => $"{Words.Dollars(sale.PriceUsdCents)}, and {Words.Dollars(shipping)} for shipping",
        _ => Words.Dollars(sale.PriceUsdCents),
    };

    private static Html Membership(SubscriptionRecord membership) => Html.Of($"""
        <dt>{(membership.IsInstallmentPlan ? "Installments" : "Membership")}</dt>
        <dd>{SaleState.Of(membership.Plan, membership.Item.Product.IsMultiseat)}<br><a href="{Addresses.Account(membership.Email, membership.Id)}">Manage it</a> <code class="soft">{membership.Id}</code></dd>
        """);

    private static Html Parts(IReadOnlyList<SaleRecord> parts) => Html.Of($"""
        <h2>In this bundle</h2>
        <ul class="cards">
        {Html.Each(parts, part => Layout.Card(Addresses.Receipt(part.SaleId), part.Product.Name, Html.If(part.License is not null, () => Html.Of($"""<code class="soft">{part.License!.Key}</code>"""))))}
        </ul>
        """);

    private static Html Row(string name, string value) => Html.Of($"<dt>{name}</dt><dd>{value}</dd>");

    private static string Address(ShippingAddress to) => string.Join(", ",
        new[] { to.FullName, to.StreetAddress, to.ZipCode, to.City, to.State, to.Country }.Where(part => part.Length > 0));
}

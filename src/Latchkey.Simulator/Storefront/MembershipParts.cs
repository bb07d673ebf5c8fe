using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Storefront;

/// <summary>What buyer and seller both see of a membership.</summary>
internal static class MembershipParts
{
    /// <summary>A plan that waits, or what the last change cost.</summary>
    public static Html Changes(SubscriptionRecord membership) => membership switch
    {
        { NextPlan: { } next } => Html.Of($"""
            <div class="note"><p>From {Words.Day(membership.PaidUntil)} on: {SaleState.Of(next, membership.Item.Product.IsMultiseat)}. Nothing is charged for the change.</p></div>
            """),
        { Purchases: [.., { IsUpgrade: true } upgrade] } => Html.Of($"""
            <div class="note"><p>Upgraded on {Words.Day(upgrade.At)} for {Words.Dollars(upgrade.PriceUsdCents)}, charged at once.</p></div>
            """),
        _ => default,
    };

    public static Html Payments(SubscriptionRecord membership) => Html.Of($"""
        <details><summary>Payments ({membership.Purchases.Count})</summary>
        <ul class="plain">{Html.Each(Enumerable.Reverse(membership.Purchases), sale => Html.Of($"""
        <li class="row"><a href="{Addresses.Receipt(sale.SaleId)}">{Words.Time(sale.At)}</a>{SaleState.Tags(sale)}<span>{Words.Dollars(sale.PriceUsdCents)}</span></li>
        """))}</ul>
        </details>
        """);
}

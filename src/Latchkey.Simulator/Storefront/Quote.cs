using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Storefront;

/// <summary>What an order would cost.</summary>
/// <param name="Lines">What it is made of.</param>
/// <param name="Total">Now, in words; null while the form does not say enough.</param>
/// <param name="After">What is charged later.</param>
/// <param name="PayText">On the button.</param>
internal sealed record Quote(IReadOnlyList<(string What, string Amount)> Lines, string? Total, string? After, string PayText)
{
    public static Quote Of(LedgerView view, SimulatedProduct product, CheckoutForm form, DateTimeOffset now)
    {
        try
        {
            return Of(view, product, form.ToOrder(product), now);
        }
        catch (ArgumentException)
        {
            return new Quote([], null, null, "Pay"); // paying says what is wrong
        }
    }

    public Html Summary() => Html.Of($"""
        {Html.Each(Lines, line => Html.Of($"""<p class="line"><span>{line.What}</span> <span>{line.Amount}</span></p>"""))}
        <p class="line total" id="total" data-pay="{PayText}"><span>Today</span> <span>{Total ?? "—"}</span></p>
        {Html.If(After is not null, () => Html.Of($"<p>{After}</p>"))}
        """);

    private static Quote Of(LedgerView view, SimulatedProduct product, BuyOrder order, DateTimeOffset now)
    {
        var recurrence = order.Recurrence ?? product.Recurrence;
        var full = PriceList.UnitPriceOf(product, PriceList.Choose(product, order.Variants), recurrence) * order.Quantity;
        var code = view.OfferCodes.FirstOrDefault(each => string.Equals(each.Code.Code, order.OfferCode, StringComparison.OrdinalIgnoreCase)
            && (each.Code.Permalinks.Count == 0 || each.Code.Permalinks.Contains(product.Permalink)));
        var asked = PriceList.Discounted(full, order.Quantity, code?.Code);
        var price = Math.Max(order.PriceUsdCents ?? asked, asked);
        var shipping = product.ShippingRateUsdCents ?? 0;
        var lines = new List<(string, string)> { (order.Quantity == 1 ? "Price" : $"{Words.Number(order.Quantity)} together", Words.Dollars(Math.Max(full, price - asked + full))) };
        if (order.OfferCode is not null)
        {
            lines.Add(($"Code {order.OfferCode}", code is null ? "not known here" : "−" + Words.Dollars(full - asked)));
        }

        if (product.ShippingRateUsdCents is not null)
        {
            lines.Add(("Shipping", Words.Dollars(shipping)));
        }

        return product switch
        {
            { ReleaseAt: { } release } when release > now =>
                new Quote(lines, Words.Dollars(0), $"{Words.Dollars(price + shipping)} on {Words.Day(release)}.", "Pre-order"),
            { Recurrence: not null, FreeTrialDays: { } days } =>
                new Quote(lines, Words.Dollars(0), $"{Words.Dollars(price)} {Words.Per(recurrence!)} from {Words.Day(now.AddDays(days))} on.", "Start the free trial"),
            { Recurrence: not null } when order.Gift is not null => Now(price, "For this time only: going on needs a card of the receiver's."),
            { Recurrence: not null } => Now(price, $"{Words.Dollars(price)} {Words.Per(recurrence!)}, until it is cancelled."),
            { Installments: { } count } when order.InInstallments => Now(First(price, count), $"The first of {Words.Number(count)} monthly payments, {Words.Dollars(price)} in all."),
            _ => Now(price + shipping, null),
        };

        Quote Now(int cents, string? after) => new(lines, Words.Dollars(cents), after, cents == 0 ? "Get it" : "Pay " + Words.Dollars(cents));
    }

    // What does not divide evenly is paid first.
    private static int First(int cents, int count) => cents - (cents / count * (count - 1));
}

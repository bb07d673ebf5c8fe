namespace Latchkey.Simulator.Storefront;

/// <summary>A sale's state in words.</summary>
internal static class SaleState
{
    public static string Of(SimulatedSale sale) => sale switch
    {
        { Refunded: true } => "refunded",
        { DisputeWon: true } => "dispute won",
        { Disputed: true } => "disputed",
        { RefundedUsdCents: > 0 } => $"refunded in part, {Layout.Dollars(sale.RefundedUsdCents)}",
        _ => "paid",
    };
}

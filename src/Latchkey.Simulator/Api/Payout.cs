using System.Globalization;
using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Api;

/// <summary>What the seller gets on a Friday: the sales of the week that ended the Friday before, less fees and what went back.</summary>
/// <remarks>A later refund or dispute lowers the payout of its sale, where Gumroad takes it from the next one.</remarks>
internal sealed record Payout(DateTimeOffset At, bool IsPaid, IReadOnlyList<SaleRecord> Sales)
{
    private const int DaysInAWeek = 7;

    public string Id => StableIds.Id("payout " + At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public int AmountUsdCents => Sales.Sum(NetOf);

    /// <summary>The last day whose sales are in it.</summary>
    public DateTimeOffset LastDay => At.AddDays(-DaysInAWeek);

    /// <summary>All there are or will be for the sales so far, newest first.</summary>
    public static IReadOnlyList<Payout> All(LedgerView view, DateTimeOffset now) =>
    [
        .. view.Sales
            .Where(sale => sale.IsCharged)
            .GroupBy(sale => PaidOn(sale.At))
            .OrderByDescending(week => week.Key)
            .Select(week => new Payout(week.Key, week.Key <= now, [.. week.Reverse()])),
    ];

    private static DateTimeOffset PaidOn(DateTimeOffset sold)
    {
        var day = new DateTimeOffset(sold.UtcDateTime.Date, TimeSpan.Zero);
        var untilFriday = (DayOfWeek.Friday - day.DayOfWeek + DaysInAWeek) % DaysInAWeek;
        return day.AddDays(untilFriday + DaysInAWeek);
    }

    private static int NetOf(SaleRecord sale)
    {
        var kept = sale is { Disputed: true, DisputeWon: false } ? 0 : sale.PriceUsdCents - sale.RefundedUsdCents;
        return kept - SalePayload.FeeOf(sale) - SalePayload.AffiliateCreditOf(sale);
    }
}

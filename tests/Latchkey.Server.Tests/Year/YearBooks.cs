using Latchkey.Simulator;

namespace Latchkey.Server.Tests.Year;

/// <summary>
/// What the simulator's own books say about who may use what: worked out from its sales and memberships as they are, by the rules
/// for sellers, and not from any ping.
/// </summary>
internal static class YearBooks
{
    public const string OnlyType = "only";

    private const int BillingGraceDays = 3;
    private const int TestDays = 7;

    public static string TypeOf(string choice) => new([.. choice.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)]);

    public static IEnumerable<string> TypesOf(SimulatedProduct product) =>
        product.Variants.Count == 0 ? [OnlyType] : product.Variants.SelectMany(c => c.Choices).Select(c => TypeOf(c.Name));

    /// <summary>For each product among one buyer.s sales, the best tier he may use now; null when he may use none.</summary>
    public static IReadOnlyDictionary<string, string?> RightsOf(
        IEnumerable<SimulatedSale> sales, Func<string, SimulatedSale?> find, Func<string, SimulatedMembership?> membership,
        IReadOnlyList<SimulatedProduct> products, DateTimeOffset now) => sales
        .Where(s => !s.IsPreorderAuthorization && products.Single(p => p.Permalink == s.Permalink).BundleContents.Count == 0)
        .GroupBy(s => s.SubscriptionId ?? s.SaleId)
        .Select(g => (First: g.First(), Type: g.Key == g.First().SubscriptionId ? OfMembership([.. g], membership(g.Key)!, now) : OfSale(g.First(), find, now)))
        .GroupBy(p => p.First.Permalink)
        .ToDictionary(
            g => g.Key,
            g => TypesOf(products.Single(p => p.Permalink == g.Key)).LastOrDefault(type => g.Any(p => p.Type == type)),
            StringComparer.Ordinal);

    private static string? OfSale(SimulatedSale sale, Func<string, SimulatedSale?> find, DateTimeOffset now) =>
        IsBlocked(sale) || (sale.BundleSaleId is { } bundle && IsBlocked(find(bundle)!)) || (sale.IsTest && now >= sale.At.AddDays(TestDays))
            ? null
            : sale.Variants.Count == 0 ? OnlyType : TypeOf(sale.Variants.Values.First());

    private static string? OfMembership(List<SimulatedSale> payments, SimulatedMembership membership, DateTimeOffset now)
    {
        if (payments.Exists(p => p.Disputed && !p.DisputeWon) || payments.TrueForAll(p => p.Refunded) || (payments[0].IsTest && now >= payments[0].At.AddDays(TestDays)))
        {
            return null;
        }

        var paidUntil = payments.Where(p => !p.Refunded).Max(p => PaysUntil(p, membership));
        var cutShort = payments.Where(p => p.Refunded).Any(p => PaysUntil(p, membership) > paidUntil);
        var isOver = membership.EndedReason switch
        {
            "failed_payment" => now >= membership.EndedAt!.Value.AddDays(BillingGraceDays),
            "cancelled" => true,
            _ => false,
        };
        return isOver || (cutShort && now >= paidUntil) ? null : membership.Tier.Length == 0 ? OnlyType : TypeOf(membership.Tier);
    }

    private static DateTimeOffset PaysUntil(SimulatedSale payment, SimulatedMembership membership) =>
        membership.SaleIds[0] == payment.SaleId && membership.FreeTrialEndsAt is { } trial ? trial : payment.At.AddMonths(payment.Recurrence switch
        {
            "yearly" => 12,
            _ => 1,
        });

    private static bool IsBlocked(SimulatedSale sale) => sale.Refunded || (sale.Disputed && !sale.DisputeWon);
}

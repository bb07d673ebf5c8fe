using Latchkey.Purchases;

namespace Latchkey.Rights;

/// <summary>One row of a subscription's ledger: what one charge paid for.</summary>
internal sealed record PaidPeriod(string SaleId, DateTimeOffset From, DateTimeOffset Until, bool Struck);

/// <summary>
/// The ledger of a subscription: one row for each charge, from the moment of the charge for its recurrence in calendar months;
/// the first row of a free trial lasts until the trial's end. Pure.
/// </summary>
internal static class PaidPeriods
{
    public static IReadOnlyList<PaidPeriod> Of(PurchaseFacts facts, IReadOnlyList<PlanSpan> plans, DateTimeOffset? trialEndsAt)
    {
        if (facts.SubscriptionId is null)
        {
            return [];
        }

        var rows = new List<PaidPeriod>();
        foreach (var charge in facts.Charges.Where(c => c is { Granting: true, SoldAt: not null }))
        {
            var from = charge.SoldAt!.Value;
            if (charge == facts.First && trialEndsAt is { } trial)
            {
                rows.Add(new(charge.SaleId, from, trial, charge.Refunded));
            }
            else if (Recurrences.Months(Plans.At(plans, from).Plan.Recurrence ?? charge.Recurrence) is { } months)
            {
                rows.Add(new(charge.SaleId, from, from.PlusMonths(months), charge.Refunded));
            }
        }

        return rows;
    }

    /// <summary>The end of what is paid and not struck; null when nothing is.</summary>
    public static DateTimeOffset? Until(IReadOnlyList<PaidPeriod> periods) =>
        periods.Where(p => !p.Struck).Select(p => (DateTimeOffset?)p.Until).Max();

    /// <summary>
    /// Where access ends because the row that reaches farthest was struck: with the last row that was not, and where all were, at
    /// once. Null when it was not struck.
    /// </summary>
    public static DateTimeOffset? CutAt(IReadOnlyList<PaidPeriod> periods) => Until(periods) switch
    {
        { } until => periods.Max(p => p.Until) > until ? until : null,
        null => periods.Count > 0 ? periods.Min(p => p.From) : null,
    };
}

using Latchkey.Inbox;
using Latchkey.Purchases;

namespace Latchkey.Rights;

internal enum PurchaseState
{
    Active,
    Trialing,
    PastDue,
    Cancelling,
    Ended,
    Blocked,
    Held,
}

/// <summary>A named reason why a grant is blocked now, tied to the charge it came from.</summary>
internal sealed record Hold(string Name, string? SaleId);

/// <summary>What a purchase gives: one license and its terms.</summary>
/// <param name="Index">Within the purchase, from 0.</param>
/// <param name="Generation">0 for the first key; each reissue raises it.</param>
/// <param name="ForeignKeys">Keys that Gumroad printed on the receipt, normalized. A reissue retires them like the generated ones.</param>
/// <param name="Seats">By what the activation limit is multiplied.</param>
internal sealed record LicenseRights(
    int Index,
    int Generation,
    BakedSettings Settings,
    Terms Terms,
    IReadOnlyList<string> ForeignKeys,
    int Seats,
    DateTimeOffset? PaidUntil)
{
    /// <summary>Whether a key of Gumroad's opens the license.</summary>
    public bool TakesForeignKeys => ForeignKeys.Count > 0 && Generation == 0;
}

/// <summary>Who owns what at a moment, for one purchase.</summary>
/// <param name="NextChange">When the answer changes by time alone; null when never.</param>
internal sealed record PurchaseRights(
    PurchaseState State,
    IReadOnlyList<Hold> Holds,
    IReadOnlyList<LicenseRights> Licenses,
    DateTimeOffset? PaidUntil,
    DateTimeOffset? NextChange);

/// <summary>The pure function at the center: facts and a moment in, rights out. No database, no clock, no I/O.</summary>
internal static class Rights
{
    private static readonly TimeSpan TestPurchaseLife = TimeSpan.FromDays(7);

    public static PurchaseRights At(PurchaseFacts facts, DateTimeOffset now)
    {
        var holds = HoldsOf(facts);
        var paidUntil = PaidUntil(facts);
        if (facts is not { First: { } first, Baked: { } settings })
        {
            return new(PurchaseState.Held, holds, [], paidUntil, null);
        }

        var soldAt = first.SoldAt ?? facts.FirstSeenAt;
        var startsAt = soldAt < facts.FirstSeenAt ? soldAt : facts.FirstSeenAt; // a sale we have seen has begun, whatever Gumroad's clock says
        var endsAt = EndOf(settings, first, soldAt);
        var terms = new Terms([.. holds.Select(h => h.Name).Distinct().Order(StringComparer.Ordinal)], startsAt, endsAt, facts.SubscriptionId is not null);
        var license = new LicenseRights(
            Index: 0,
            Generation: facts.Acts.Count(a => a.Kind == SellerActs.Reissue),
            settings,
            terms,
            ForeignKeysOf(facts),
            Seats: (facts.Charges.LastOrDefault(c => c is { Granting: true, Refunded: false }) ?? first).Quantity,
            paidUntil);

        var standing = Standing.At(terms, now);
        var state = standing.IsUsable ? PurchaseState.Active
            : standing.State is LicenseState.Expired or LicenseState.Ended ? PurchaseState.Ended
            : PurchaseState.Blocked;
        return new(state, holds, [license], paidUntil, NextChange(terms, now));
    }

    /// <summary>
    /// A charge's dispute blocks until it is won. A refund blocks once every charge is refunded: for a one-off sale that is
    /// the sale itself; a membership lives on while any of its charges stands.
    /// </summary>
    private static List<Hold> HoldsOf(PurchaseFacts facts)
    {
        var holds = facts.Charges.Where(c => c.Disputed && !c.DisputeWon).Select(c => new Hold(HoldNames.Dispute, c.SaleId)).ToList();
        if (facts.Charges.Count > 0 && facts.Charges.All(c => c.Refunded))
        {
            holds.AddRange(facts.Charges.Select(c => new Hold(HoldNames.Refund, c.SaleId)));
        }

        if (facts.Acts.LastOrDefault(a => a.Kind is SellerActs.Suspend or SellerActs.Reinstate) is { Kind: SellerActs.Suspend })
        {
            holds.Add(new Hold(HoldNames.Manual, null));
        }

        return holds;
    }

    private static DateTimeOffset? EndOf(BakedSettings settings, Charge first, DateTimeOffset soldAt)
    {
        DateTimeOffset? end = settings.DurationDays is { } days ? soldAt.AddDays(days) : null;
        var testEnd = soldAt + TestPurchaseLife;
        return first.IsTest && (end is null || testEnd < end) ? testEnd : end;
    }

    private static IReadOnlyList<string> ForeignKeysOf(PurchaseFacts facts) =>
        facts.Baked is { KeySource: Products.KeySource.Own }
            ? []
            : [.. facts.Charges.Select(c => c.LicenseKey).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The end of the last paid period: charge time plus the recurrence in calendar months. For showing.</summary>
    private static DateTimeOffset? PaidUntil(PurchaseFacts facts) =>
        facts.SubscriptionId is null ? null : facts.Charges
            .Where(c => c is { Granting: true, Refunded: false, SoldAt: not null } && Recurrences.Months(c.Recurrence) is not null)
            .Select(c => (DateTimeOffset?)c.SoldAt!.Value.AddMonths(Recurrences.Months(c.Recurrence)!.Value))
            .Max();

    private static DateTimeOffset? NextChange(Terms terms, DateTimeOffset now) =>
        now < terms.StartsAt ? terms.StartsAt : now < terms.EndsAt ? terms.EndsAt : null;
}

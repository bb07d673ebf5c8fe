using Latchkey.Inbox;
using Latchkey.Products;
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
    private const int MostKeys = 1000;

    private static readonly TimeSpan TestPurchaseLife = TimeSpan.FromDays(7);

    public static PurchaseRights At(PurchaseFacts facts, DateTimeOffset now)
    {
        var plans = Plans.Of(facts);
        var holds = HoldsOf(facts);
        if (facts.First is not { } first || SettingsAt(facts, plans, now) is not { } settings)
        {
            var paid = PaidPeriods.Until(PaidPeriods.Of(facts, plans, facts.Subscription.TrialEndsAt));
            return new(PurchaseState.Held, [.. holds, .. facts.ActHolds()], [], paid, facts.First is null ? null : NextChange([], plans, now));
        }

        var trialEndsAt = TrialEndOf(facts, settings, first);
        var periods = PaidPeriods.Of(facts, plans, trialEndsAt);
        var paidUntil = PaidPeriods.Until(periods);
        var ending = facts.SubscriptionId is null ? new Ending(null) : Endings.Of(facts, settings, periods);
        Terms Terms(int index) => TermsOf(facts, settings, first, ending, trialEndsAt, index) with { Holds = NamesOf([.. holds, .. facts.ActHolds(index)]) };
        var plan = Plans.At(plans, now);
        var seats = plan.Plan.Seats ?? 1;
        var licenses = Enumerable.Range(0, KeysOf(settings, plan)).Select(index => new LicenseRights(
            index, facts.Generation(index), settings, Terms(index), index == 0 ? ForeignKeysOf(facts, settings) : [],
            settings.Quantity == QuantityMode.Seats ? seats : 1, paidUntil)).ToList();
        var left = LeftBehind(facts, plans, plan, settings.Product, licenses.Count, Terms);
        return new(
            StateOf(Standing.At(licenses[0].Terms, now), ending),
            [.. holds, .. licenses.SelectMany(l => facts.ActHolds(l.Index)).Distinct()],
            [.. licenses, .. left],
            paidUntil,
            NextChange(licenses, plans, now));
    }

    /// <summary>
    /// The settings of the plan in effect; while none are baked for it, those of the plan before it. What was granted by what was
    /// known once is not taken away because no rule fits what is known now.
    /// </summary>
    public static BakedSettings? SettingsAt(PurchaseFacts facts, IReadOnlyList<PlanSpan> plans, DateTimeOffset now) => plans
        .Where(p => p.From <= now)
        .Reverse()
        .Select(facts.SettingsFor)
        .FirstOrDefault(s => s is not null) ?? facts.Bakings.FirstOrDefault(b => plans.All(p => p.Name != b.Plan));

    private static Terms TermsOf(
        PurchaseFacts facts, BakedSettings settings, Charge first, Ending ending, DateTimeOffset? trialEndsAt, int index)
    {
        var soldAt = first.SoldAt ?? facts.FirstSeenAt;
        var startsAt = soldAt < facts.FirstSeenAt ? soldAt : facts.FirstSeenAt; // a sale we have seen has begun, whatever Gumroad's clock says
        var endsAt = Earliest(ending.EndsAt, settings.DurationDays is { } days ? soldAt.PlusDays(days) : null);
        if (endsAt is not null && ExtendedTo(facts, index) is { } extended && extended > endsAt)
        {
            endsAt = extended;
        }

        return new Terms(
            [],
            startsAt,
            first.IsTest ? Earliest(endsAt, soldAt.Plus(TestPurchaseLife)) : endsAt,
            facts.SubscriptionId is not null)
        {
            TrialEndsAt = trialEndsAt,
            GraceFrom = ending.GraceFrom,
            KeptAfterEnd = settings.KeptAfterEnd,
        };
    }

    /// <summary>
    /// A charge's dispute blocks until it is won. A refund blocks once every charge is refunded: for a one-off sale that is
    /// the sale itself; a membership lives on what its other charges have paid. What it rests on counts like its own.
    /// </summary>
    private static List<Hold> HoldsOf(PurchaseFacts facts) => [.. HoldsOf(facts.Charges), .. facts.Parents.SelectMany(p => HoldsOf(p.Charges))];

    private static IEnumerable<Hold> HoldsOf(IReadOnlyList<Charge> charges) => charges
        .Where(c => c.Disputed && !c.DisputeWon).Select(c => new Hold(HoldNames.Dispute, c.SaleId))
        .Concat(charges.Count > 0 && charges.All(c => c.Refunded) ? charges.Select(c => new Hold(HoldNames.Refund, c.SaleId)) : []);

    private static DateTimeOffset? TrialEndOf(PurchaseFacts facts, BakedSettings settings, Charge first) =>
        facts.SubscriptionId is null ? null
        : facts.Subscription.TrialEndsAt
        ?? (settings.TrialDays is { } days && !facts.Subscription.IsTrialKnown ? (first.SoldAt ?? facts.FirstSeenAt).PlusDays(days) : null);

    /// <summary>One key, or as many as were bought where the key type says so. Gumroad's one key goes with the first.</summary>
    private static int KeysOf(BakedSettings settings, PlanSpan plan) => settings.Quantity == QuantityMode.Keys ? Math.Clamp(plan.Plan.Seats ?? 1, 1, MostKeys) : 1;

    /// <summary>What an earlier plan gave and this one does not, another product's license or more keys, ended when it was left.</summary>
    private static IEnumerable<LicenseRights> LeftBehind(
        PurchaseFacts facts, IReadOnlyList<PlanSpan> plans, PlanSpan plan, string product, int count, Func<int, Terms> termsOf)
    {
        var left = new Dictionary<(string Product, int Index), (BakedSettings Settings, DateTimeOffset At)>();
        for (var i = 0; i < plans.Count && plans[i] != plan; i++)
        {
            if (SettingsAt(facts, plans, plans[i].From) is { } settings && plans[i].From < plans[i + 1].From)
            {
                foreach (var index in Enumerable.Range(0, KeysOf(settings, plans[i])).Where(index => settings.Product != product || index >= count))
                {
                    left[(settings.Product, index)] = (settings, plans[i + 1].From);
                }
            }
        }

        foreach (var ((_, index), (settings, at)) in left)
        {
            var terms = termsOf(index);
            yield return new LicenseRights(
                index, facts.Generation(index), settings, terms with { EndsAt = Earliest(at, terms.EndsAt), KeptAfterEnd = null }, [], 1, at);
        }
    }

    private static IReadOnlyList<string> NamesOf(IReadOnlyList<Hold> holds) => [.. holds.Select(h => h.Name).Distinct().Order(StringComparer.Ordinal)];

    private static DateTimeOffset? ExtendedTo(PurchaseFacts facts, int index) =>
        facts.Acts.LastOrDefault(a => a.Kind == SellerActs.Extend && (a.Index is null || a.Index == index))?.Until is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null;

    private static IReadOnlyList<string> ForeignKeysOf(PurchaseFacts facts, BakedSettings settings) =>
        settings.KeySource == KeySource.Own
            ? []
            : [.. facts.Charges.Select(c => c.LicenseKey).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static PurchaseState StateOf(Standing standing, Ending ending) => standing switch
    {
        { State: LicenseState.Trial } => ending.IsCancelling ? PurchaseState.Cancelling : PurchaseState.Trialing,
        { InGrace: true } => PurchaseState.PastDue,
        { IsUsable: true } => ending.IsCancelling ? PurchaseState.Cancelling : PurchaseState.Active,
        { State: LicenseState.Expired or LicenseState.Ended or LicenseState.Limited } => PurchaseState.Ended,
        _ => PurchaseState.Blocked,
    };

    private static DateTimeOffset? NextChange(IReadOnlyList<LicenseRights> licenses, IReadOnlyList<PlanSpan> plans, DateTimeOffset now) => plans
        .Select(p => (DateTimeOffset?)p.From)
        .Concat(licenses.SelectMany(l => new[] { l.Terms.StartsAt, l.Terms.TrialEndsAt, l.Terms.GraceFrom, l.Terms.EndsAt }))
        .Where(t => t > now)
        .Min();

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}

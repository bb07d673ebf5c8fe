using System.Globalization;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Inbox;

/// <summary>What the entries of a purchase say, in a sentence each for the seller. They name no person.</summary>
/// <param name="entries">All of the purchase: what one means may depend on what happened at the same time.</param>
internal sealed class EntryWords(TenantContext tenant, IReadOnlyList<Entry> entries)
{
    /// <summary>Gumroad tells one act in several events, each with a time of its own.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromMinutes(1);

    private readonly PurchaseFacts _all = FactMerge.Merge(EntryFacts.Of(tenant, entries));

    private readonly List<DateTimeOffset> _disputes = [.. entries.Where(e => e.Resource == "dispute").Select(e => e.FirstSeenAt)];

    public string Of(Entry entry) => Translator.Translate(tenant, entry) switch
    {
        Translation.OfGumroad said => SummaryOf(said.Resource, FactMerge.Merge([new Fact(entry, said)])),
        Translation.OfSale => "Gumroad's API showed the sale.",
        Translation.OfSubscriber => "Gumroad's API showed the subscription.",
        Translation.OfSeller { Act: var act } => SummaryOf(act),
        Translation.OfLink { Link: var link } => link.Child == entry.Purchase
            ? $"It rests on {link.Parent} ({link.Kind})."
            : $"{link.Child} rests on it ({link.Kind}).",
        Translation.OfRedemption { Redemption: { Refused: null } redeemed } => $"It redeemed {redeemed.Link}.",
        Translation.OfRedemption { Redemption: var refused } => $"It did not redeem {refused.Link}: {refused.Refused}.",
        Translation.Held held => $"Not understood: {held.Reason}.",
        Translation.Ignored ignored => $"Without effect: {ignored.Reason}.",
        var other => throw new InvalidOperationException(other.GetType().Name),
    };

    private string SummaryOf(string resource, PurchaseFacts said) => (resource, said.Charges, said.Subscription) switch
    {
        ("sale", [{ IsRecurring: true } charge], _) => Recurring(charge),
        ("sale", [{ IsPreorder: true }], _) => "Ordered before its release; it is charged later.",
        ("sale", [{ IsGift: true } charge], _) => $"Received as a gift of {Money(charge.GiftPriceUsdCents)}.",
        ("sale", [var charge], _) => $"Sold for {Money(charge.PriceUsdCents)}{(charge.Quantity > 1 ? string.Create(CultureInfo.InvariantCulture, $", {charge.Quantity} times") : string.Empty)}.",
        ("refund", [{ Refunded: true }], _) => "Refunded in full.",
        ("refund", _, _) => "Refunded in part; access is kept.",
        ("dispute", _, _) => "The buyer disputed the charge.",
        ("dispute_won", _, _) => "The dispute was won.",
        (_, _, { Cancellations: [{ ForFailedPayments: true } c] }) => $"Payments failed, from {Day(c.At)} on.",
        (_, _, { Cancellations: [var c] }) => $"Cancelled; access is kept until {Day(c.At)}.",
        (_, _, { Ends: [var e] }) when _disputes.Any(d => AreClose(d, e.At)) => $"Ended on {Day(e.At)}, after the dispute.",
        (_, _, { Ends: [var e] }) => $"Ended on {Day(e.At)}: {Reason(e.Reason)}.",
        (_, _, { Restarts: [var r] }) => $"Restarted on {Day(r.At)}.",
        (_, _, { Changes: [var c] }) => $"{(c.IsUpgrade ? "Upgraded" : "Downgraded")} from {Words(c.Old)} to {Words(c.New)}, from {Day(c.EffectiveAt)} on.",
        _ => $"Gumroad said: {resource.Replace('_', ' ')}.",
    };

    /// <summary>An upgrade and a restart are charged as a renewal is.</summary>
    private string Recurring(Charge charge) =>
        _all.Subscription.Changes.Any(c => c.IsUpgrade && AreClose(c.MadeAt, charge.SoldAt)) ? $"Charged {Money(charge.PriceUsdCents)} for the change of plan."
        : charge.SoldAt is null || _all.Subscription.Restarts.Any(r => AreClose(r.At, charge.SoldAt)) ? $"Charged {Money(charge.PriceUsdCents)}."
        : $"Renewed for {Money(charge.PriceUsdCents)}.";

    private static bool AreClose(DateTimeOffset a, DateTimeOffset? b) => (a - b)?.Duration() <= SameTime;

    private static string SummaryOf(SellerAct act) => act.Kind switch
    {
        SellerActs.Suspend => "The seller suspended it.",
        SellerActs.Abuse => "The seller blocked it for abuse.",
        SellerActs.Reinstate => "The seller reinstated it.",
        SellerActs.Reissue => "The seller had its key reissued.",
        SellerActs.Extend when act.Until is { } until => $"The seller extended it to {Day(DateTimeOffset.FromUnixTimeMilliseconds(until))}.",
        SellerActs.Push => $"The seller put the present settings of '{act.Settings?.KeyType}' in force.",
        _ => $"The seller did: {act.Kind}.",
    };

    private static string Reason(EndReason reason) => reason switch
    {
        EndReason.Cancelled => "it was cancelled",
        EndReason.FailedPayment => "payments failed",
        EndReason.FixedPeriod => "its fixed time is over",
        _ => "no reason was given",
    };

    private static string Words(Plan? plan) =>
        plan is null ? "an unknown plan" : string.Join(", ", new[] { plan.Tier, plan.Recurrence }.Where(t => !string.IsNullOrEmpty(t)).DefaultIfEmpty("an unnamed plan"));

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Money(long? cents) => cents is null ? "an unknown price" : string.Create(CultureInfo.InvariantCulture, $"{cents / 100m:0.00} USD");
}

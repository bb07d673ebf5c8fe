using FsCheck;
using FsCheck.Fluent;
using Latchkey.Purchases;
using Latchkey.Rights;
using RightsOf = Latchkey.Rights.Rights;

namespace Latchkey.Tests.Purchases;

/// <summary>Every order and every repetition of charges, renewals and their refunds ends in the same rights.</summary>
public class MembershipOrderTests
{
    private const int Charges = 4;
    private static readonly Fact Settings = Facts.Baked(Acme.Pro);

    private enum Kind
    {
        Charge,
        PartialRefund,
        Refund,
    }

    private static readonly Dictionary<(Kind Kind, int Number), Fact> Said = Enumerable.Range(0, Charges).SelectMany(n => new[]
    {
        (Key: (Kind.Charge, n), Fact: Facts.Of(Ping.Charge(n), Acme.Start)),
        (Key: (Kind.PartialRefund, n), Fact: Facts.Of(Ping.Charge(n, "refund"), Acme.Start)),
        (Key: (Kind.Refund, n), Fact: Facts.Of(Ping.Charge(n, "refund", ("refunded", true)), Acme.Start)),
    }).ToDictionary(s => s.Key, s => s.Fact);

    private sealed record History((Kind Kind, int Number)[] Steps, int[] Sights, int[][] Orders, DateTimeOffset Moment);

    private static readonly Gen<History> Histories =
        from length in Gen.Choose(1, 12)
        from steps in Gen.Elements<(Kind, int)>(Said.Keys.ToArray()).ArrayOf(length)
        from sights in Gen.Choose(0, 200_000).ArrayOf(length)
        from orders in Gen.Shuffle(Enumerable.Range(0, length).ToArray()).ArrayOf(3)
        from days in Gen.Choose(-2, 200)
        select new History(steps, sights, orders, Acme.Start.AddDays(days));

    [Fact]
    public void Any_order_and_any_repetition_gives_the_same_rights() => Prop.ForAll(Histories.ToArbitrary(), history =>
    {
        var expected = Facts.RightsAt([Settings, .. history.Steps.Distinct().Order().Select(s => Said[s])], history.Moment);
        return history.Orders.All(order =>
        {
            var repeated = order.Select(i => Said[history.Steps[i]].SeenAt(Acme.Start.AddMinutes(history.Sights[i])));
            return Facts.RightsAt([.. repeated, Settings], history.Moment) == expected;
        });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void It_is_revoked_only_when_every_charge_is_refunded_and_paid_by_the_charges_that_stand() => Prop.ForAll(Histories.ToArbitrary(), history =>
    {
        var rights = RightsOf.At(FactMerge.Merge([Settings, .. history.Steps.Select(s => Said[s])]), history.Moment);
        var charged = history.Steps.Where(s => s.Kind == Kind.Charge).Select(s => s.Number).ToHashSet();
        var refunded = history.Steps.Where(s => s.Kind == Kind.Refund).Select(s => s.Number).ToHashSet();
        var allRefunded = history.Steps.All(s => refunded.Contains(s.Number));
        DateTimeOffset? paidUntil = charged.Except(refunded).Select(n => (DateTimeOffset?)Ping.ChargedAt(n).AddMonths(1)).Max();

        return rights.PaidUntil == paidUntil
            && rights.Holds.Any(h => h.Name == HoldNames.Refund) == allRefunded
            && rights.Licenses.Count == (charged.Count > 0 ? 1 : 0)
            && rights.Licenses.All(l => l.Terms.StartsAt == Earlier(Ping.ChargedAt(charged.Min()), Acme.Start) && l.Terms.IsSubscription);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    /// <summary>What we have seen has begun, even if Gumroad's clock is ahead of ours.</summary>
    private static DateTimeOffset Earlier(DateTimeOffset soldAt, DateTimeOffset seenAt) => soldAt < seenAt ? soldAt : seenAt;
}

using FsCheck;
using FsCheck.Fluent;
using Latchkey.Purchases;
using Latchkey.Rights;
using RightsOf = Latchkey.Rights.Rights;

namespace Latchkey.Tests.Purchases;

/// <summary>Every order and every repetition of what can be said of a one-off purchase ends in the same rights.</summary>
public class OneOffOrderTests
{
    private static readonly Fact Settings = Facts.Baked(Acme.Pro with { DurationDays = 30 });

    /// <summary>What may be said, by name; a late sale carries the flags of its day.</summary>
    private static readonly Dictionary<string, Fact> Said = new()
    {
        ["sale"] = Facts.Of(Ping.Sale(), Acme.Start),
        ["late sale"] = Facts.Of(Ping.Sale(("refunded", true)), Acme.Start),
        ["partial refund"] = Facts.Of(Ping.PartialRefund(), Acme.Start),
        ["refund"] = Facts.Of(Ping.Refund(), Acme.Start),
        ["dispute"] = Facts.Of(Ping.Dispute(), Acme.Start),
        ["dispute won"] = Facts.Of(Ping.DisputeWon(), Acme.Start),
    };

    /// <summary>What was said, after how many minutes each was last seen, in which orders it is told, and when rights are asked.</summary>
    private sealed record History(string[] Steps, int[] Sights, int[][] Orders, DateTimeOffset Moment);

    private static readonly Gen<History> Histories =
        from length in Gen.Choose(1, 9)
        from steps in Gen.Elements<string>(Said.Keys.ToArray()).ArrayOf(length)
        from sights in Gen.Choose(0, 20_000).ArrayOf(length)
        from orders in Gen.Shuffle(Enumerable.Range(0, length).ToArray()).ArrayOf(3)
        from hours in Gen.Choose(-48, 24 * 60)
        select new History(steps, sights, orders, Acme.Start.AddHours(hours));

    [Fact]
    public void Any_order_and_any_repetition_gives_the_same_rights() => Prop.ForAll(Histories.ToArbitrary(), history =>
    {
        var said = history.Steps.Distinct().Order(StringComparer.Ordinal).Select(s => Said[s]);
        var expected = Facts.RightsAt([Settings, .. said], history.Moment);
        return history.Orders.All(order =>
        {
            var repeated = order.Select(i => Said[history.Steps[i]].SeenAt(Acme.Start.AddMinutes(history.Sights[i]))).ToList();
            var collapsed = repeated.GroupBy(f => f.Entry.Id).Select(g => g.MaxBy(f => f.Entry.LastSeenAt)!);
            return Facts.RightsAt([.. repeated, Settings], history.Moment) == expected
                && Facts.RightsAt([Settings, .. collapsed], history.Moment) == expected;
        });
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void The_rights_are_those_the_rules_tell() => Prop.ForAll(Histories.ToArbitrary(), history =>
    {
        var rights = RightsOf.At(FactMerge.Merge([Settings, .. history.Steps.Select(s => Said[s])]), history.Moment);
        var expected = Expected([.. history.Steps], history.Moment);
        return rights.State == expected.State && rights.Licenses.SingleOrDefault() is var license
            && (license is null ? null : Standing.At(license.Terms, history.Moment).State) == expected.License;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    /// <summary>The rules told once more, without order: what was said is all that counts.</summary>
    private static (PurchaseState State, LicenseState? License) Expected(HashSet<string> said, DateTimeOffset now)
    {
        if (!said.Contains("sale") && !said.Contains("late sale"))
        {
            return (PurchaseState.Held, null);
        }

        if (said.Contains("refund") || said.Contains("late sale"))
        {
            return (PurchaseState.Blocked, LicenseState.Revoked);
        }

        if (said.Contains("dispute") && !said.Contains("dispute won"))
        {
            return (PurchaseState.Blocked, LicenseState.Suspended);
        }

        return now < Acme.Start ? (PurchaseState.Blocked, LicenseState.Pending)
            : now < Acme.Start.AddDays(30) ? (PurchaseState.Active, LicenseState.Active)
            : (PurchaseState.Ended, LicenseState.Expired);
    }
}

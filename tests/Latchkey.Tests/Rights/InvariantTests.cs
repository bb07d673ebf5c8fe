using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Tests.Purchases;
using RightsOf = Latchkey.Rights.Rights;

namespace Latchkey.Tests.Rights;

/// <summary>What holds of every story, told once more without the code's own words: from the lines as a person would read them.</summary>
public class InvariantTests
{
    private const int Many = 4_000;
    private static readonly DateTimeOffset T = Situation.Start;

    [Fact]
    public void A_one_off_is_held_as_refunded_exactly_when_the_last_word_is_that_all_was_refunded() => Stories.Check(1, Many, story =>
    {
        var own = story.Lines.Where(l => l.Parent is null && l.What.Contains("sale1", StringComparison.Ordinal)).ToList();
        var reads = own.Where(l => l.Source == EntrySource.Api).ToList();
        var (asked, said) = (reads.Select(l => l.Sights.Max()).DefaultIfEmpty().Max(), own.Except(reads).Where(IsRefunded).ToList());
        if (own.Count == 0 || reads.Count(l => l.Sights.Max() == asked) > 1)
        {
            return true; // no one-off, or two reads of one moment
        }

        var refunded = said.Any(l => l.Sights.Max() >= asked) || reads.Any(l => l.Sights.Max() == asked && IsRefunded(l));
        return RightsOf.At(Stories.FactsOf(story with { Lines = [.. story.Lines.Where(l => l.Parent is null)] }), story.Moments[0])
            .Holds.Any(h => h.Name == HoldNames.Refund) == refunded;
    });

    [Fact]
    public void Nothing_but_a_sale_makes_a_license() => Stories.Check(2, Many, story =>
    {
        var sold = story.Lines.Any(l => l.Parent is null && (l.What.Contains(" sale ", StringComparison.Ordinal)
            || (l.What.StartsWith("API: ", StringComparison.Ordinal) && l.What.Contains(" sold ", StringComparison.Ordinal) && !l.What.Contains("not granting", StringComparison.Ordinal))));
        return RightsOf.At(Stories.FactsOf(story), story.Moments[0]).Licenses.Count > 0 == sold;
    });

    [Fact]
    public void A_cancellation_alone_never_takes_access_before_its_date() => Stories.Check(3, Many, story =>
    {
        bool IsSale(Line line) => line.What.Contains(" sale charge", StringComparison.Ordinal) && !IsFlagged(line);
        bool IsPlain(Line line) => line.What.Contains(" cancellation ", StringComparison.Ordinal);
        var without = story with { CanAsk = true, Lines = [.. story.Lines.Where(IsSale)] };
        var with = without with { Lines = [.. story.Lines.Where(l => IsSale(l) || IsPlain(l))] };
        var earliest = with.Lines.Where(IsPlain).Select(DateOf).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        return without.Lines.Count == 0 || story.Moments.Where(m => m < earliest).All(m => Opens(with, m) == Opens(without, m));
    });

    [Fact]
    public void A_membership_that_nobody_ended_never_ends_while_Gumroad_can_be_asked() => Stories.Check(4, Many, story =>
    {
        var quiet = story with
        {
            CanAsk = true,
            Lines = [.. story.Lines.Where(l => l.Parent is null && l.Source != EntrySource.Seller && !IsFlagged(l) && !l.What.Contains("subscriber", StringComparison.Ordinal)
                && !l.What.Contains("_ended", StringComparison.Ordinal) && !l.What.Contains("cancellation", StringComparison.Ordinal))],
        };
        return !quiet.Lines.Any(l => l.What.Contains(" sale charge", StringComparison.Ordinal))
            || Enumerable.Range(1, 50).All(years => Opens(quiet, story.Moments.Max().AddYears(years)));
    });

    [Fact]
    public void Access_never_goes_on_after_all_that_was_said_or_paid_has_passed() => Stories.Check(5, Many, story =>
    {
        var silent = story with { CanAsk = false };
        var isMember = story.Lines.Any(l => l.What.Contains(" charge", StringComparison.Ordinal) && l.What.Contains(" sale ", StringComparison.Ordinal));
        var isComplete = story.Lines.Any(l => l.What.Contains("fixed", StringComparison.OrdinalIgnoreCase));
        var longest = story.Lines.Max(l => l.What.Contains("yearly", StringComparison.Ordinal) ? 12 : l.What.Contains("quarterly", StringComparison.Ordinal) ? 3 : 1);
        var latest = story.Lines.SelectMany(l => Dates(l.What).Concat(l.Sights)).Max();
        return !isMember || isComplete || !Opens(silent, latest.AddMonths(longest).AddDays(7));
    });

    [Fact]
    public void Rights_are_constant_until_their_next_change() => Stories.Check(6, Many, story =>
    {
        var facts = Stories.FactsOf(story);
        return story.Moments.All(now =>
        {
            var rights = RightsOf.At(facts, now);
            var until = rights.NextChange ?? now.AddYears(20);
            return until > now
                && SameRights.Are(rights, RightsOf.At(facts, until.AddMilliseconds(-1)))
                && SameRights.Are(rights, RightsOf.At(facts, now.AddTicks((until - now).Ticks / 2)))
                && (rights.NextChange is not null || SameRights.Are(rights, RightsOf.At(facts, until)));
        });
    });

    [Fact]
    public void A_retry_told_again_changes_nothing_but_when_it_was_seen() => Stories.Check(7, Many, story =>
    {
        // A retry's sight is that of its first attempt: the same snapshot at the same moment, however often.
        var again = story with { Lines = [.. story.Lines.Select(l => l.Source == EntrySource.Ping ? l with { Sights = [.. l.Sights, l.Sights.Min(), l.Sights.Max()] } : l)] };
        var (one, other) = (Stories.FactsOf(story), Stories.FactsOf(again));
        return story.Moments.All(m => SameRights.Are(RightsOf.At(one, m), RightsOf.At(other, m)));
    });

    [Fact]
    public void An_old_snapshot_seen_late_lifts_no_hold() => Stories.Check(8, Many, story =>
    {
        var pings = story with { Lines = [.. story.Lines.Where(l => l.Parent is null && l.Source == EntrySource.Ping)] };
        var late = story.Lines.SelectMany(l => l.Sights).Max().AddDays(1);
        var retried = pings with { Lines = [.. pings.Lines.Select(l => IsFlagged(l) ? l : l with { Sights = [.. l.Sights, late] })] };
        return pings.Lines.Count == 0 || RightsOf.At(Stories.FactsOf(pings), late).Holds.ToHashSet().SetEquals(RightsOf.At(Stories.FactsOf(retried), late).Holds);
    });

    [Fact]
    public void Months_are_counted_by_the_calendar() => Prop.ForAll(
        Gen.Choose(0, 365 * 12).ToArbitrary(),
        Gen.Elements(("monthly", 1), ("quarterly", 3), ("biannually", 6), ("yearly", 12), ("every_two_years", 24)).ToArbitrary(),
        (day, recurrence) =>
        {
            var sold = new DateTimeOffset(2023, 1, 1, 22, 15, 0, TimeSpan.Zero).AddDays(day);
            var months = (sold.Year * 12) + sold.Month - 1 + recurrence.Item2;
            var (year, month) = (months / 12, (months % 12) + 1);
            var lastDay = month == 2 ? (year % 4 == 0 ? 29 : 28) : month is 4 or 6 or 9 or 11 ? 30 : 31; // no century among these years
            var member = new Situation().Read(new SaleRead(sold, new Charge("charge0", Granting: true)
            {
                SubscriptionId = Ping.SubscriptionId, ProductId = Ping.ProductId, SoldAt = sold, Recurrence = recurrence.Item1,
            }));
            return member.RightsAt(sold).PaidUntil == new DateTimeOffset(year, month, Math.Min(sold.Day, lastDay), 22, 15, 0, TimeSpan.Zero);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void A_downgrade_holds_from_its_date_and_an_upgrade_from_when_it_was_made() => Prop.ForAll(Changes.ToArbitrary(), change =>
    {
        var (isUpgrade, date, seen, asked) = change;
        var member = new Situation(Situation.Club).Said(Member.Charge(0, "Patron"))
            .Said(isUpgrade ? Member.Upgrade(date, Member.Plan("Patron"), Member.Plan("Sponsor")) : Member.Downgrade(date, Member.Plan("Patron"), Member.Plan("Reader")), seen);
        var holds = isUpgrade ? asked >= date || asked >= seen : asked >= date;
        return member.License(asked).Settings.KeyType == (!holds ? "patron" : isUpgrade ? "sponsor" : "reader");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void A_restart_revives_exactly_what_ended_not_after_it() => Prop.ForAll(Changes.ToArbitrary(), change =>
    {
        var (_, ended, restarted, seen) = change;
        var member = new Situation().Said(Ping.Charge(0)).Said(Member.Ended(ended), ended).Said(Member.Restarted(restarted), seen);
        return member.Opens(T.AddDays(200)) == (restarted >= ended);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static Gen<(bool IsUpgrade, DateTimeOffset, DateTimeOffset, DateTimeOffset)> Changes =>
        from isUpgrade in Gen.Elements(true, false)
        from days in Gen.Choose(0, 100).ArrayOf(3)
        select (isUpgrade, T.AddDays(days[0]), T.AddDays(days[1]), T.AddDays(days[2]));

    private static bool Opens(Story story, DateTimeOffset now)
    {
        var rights = RightsOf.At(Stories.FactsOf(story), now);
        return rights.Licenses.Any(l => Standing.At(l.Terms, now).IsUsable);
    }

    private static bool IsRefunded(Line line) => line.What.Contains(" refunded", StringComparison.Ordinal);

    private static bool IsFlagged(Line line) => IsRefunded(line) || line.What.Contains(" disputed", StringComparison.Ordinal) || line.What.Contains(" won", StringComparison.Ordinal)
        || line.What.Contains(" dispute ", StringComparison.Ordinal);

    private static DateTimeOffset DateOf(Line line) => Dates(line.What[..16]).Append(line.Sights.Min()).First();

    private static IEnumerable<DateTimeOffset> Dates(string text)
    {
        for (var i = 0; i + 16 <= text.Length; i++)
        {
            if (DateTimeOffset.TryParseExact(text.AsSpan(i, 16), "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            {
                yield return date;
            }
        }
    }
}

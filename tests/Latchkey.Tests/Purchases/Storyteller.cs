using System.Text.Json.Nodes;
using Latchkey.Inbox;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Tests.Rights;

namespace Latchkey.Tests.Purchases;

/// <summary>
/// Tells random stories of one purchase. Dates keep to a coarse grid (month ends, one minute around them, a few days), so that
/// ties, boundaries and contradictions are common; about one thing in six contradicts the rest.
/// </summary>
internal sealed class Storyteller(int seed)
{
    private static readonly DateTimeOffset[] Starts =
    [
        Acme.Start, new(2027, 12, 31, 23, 59, 0, TimeSpan.Zero), new(2028, 1, 31, 12, 0, 0, TimeSpan.Zero),
    ];

    private static readonly string[] Tiers = ["Reader", "Patron", "Sponsor"];
    private static readonly string[] Recurrences = ["monthly", "quarterly", "yearly"];
    private static readonly string[] Cancelers = ["by_buyer", "by_seller", "by_admin", "due_to_payment_failures"];
    private static readonly string?[] Ends = ["cancelled", "failed_payment", "fixed_subscription_period_ended", null];
    private static readonly string[] Acts = [SellerActs.Suspend, SellerActs.Abuse, SellerActs.Reinstate, SellerActs.Reissue, SellerActs.Extend, SellerActs.Push];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, Line> _lines = [];
    private DateTimeOffset _start;
    private string? _tier;
    private string _recurrence = "monthly";
    private int _seats;

    public static Story Tell(int seed) => new Storyteller(seed).Tell();

    private Story Tell()
    {
        _start = Pick(Starts);
        _tier = Pick(Tiers);
        _recurrence = Often() ? "monthly" : Pick(Recurrences);
        _seats = Often() ? 1 : 2;
        var isMember = _random.Next(10) < 7;
        var count = _random.Next(2, 11);
        for (var i = 0; i < count; i++)
        {
            Add(isMember ? OfMember() : OfOneOff());
        }

        return new Story(seed, _random.Next(2) == 0, [.. _lines.Values], [Moment(), Moment(), Moment()]);
    }

    private Line OfMember() => _random.Next(20) switch
    {
        < 6 => Charge("sale"),
        < 9 => Charge(Pick("refund", "dispute", "dispute_won")),
        < 11 => Cancellation(),
        < 13 => Ended(),
        14 => Restarted(),
        < 17 => Changed(),
        17 => Act(),
        18 => ReadOfSale(isMember: true),
        _ => ReadOfSubscriber(),
    };

    private Line OfOneOff() => _random.Next(12) switch
    {
        < 4 => OneOff("sale", null),
        < 7 => OneOff(Pick("refund", "dispute", "dispute_won"), null),
        7 => Act(),
        8 => ReadOfSale(isMember: false),
        _ => OneOff(Pick("refund", "dispute", "dispute_won", "sale"), Pick("giver's payment", "bundle")),
    };

    private Line Charge(string resource)
    {
        var number = _random.Next(5);
        var at = _start.AddMonths(number).AddDays(Often() ? 0 : Pick(-2, 3));
        var tier = Often() ? _tier : Pick(Tiers);
        var (recurrence, seats, flags) = (Often() ? _recurrence : Pick(Recurrences), Often() ? _seats : 3, Flags(resource));
        var email = Often() ? "mara.ito@example.org" : "other@example.org";
        return Line.Ping(
            $"{Story.Text(at)} {resource} charge{number} {recurrence} tier {tier} seats {seats}{flags} {email}",
            () => Member.Of(number, resource, tier, [("sale_timestamp", Ping.Time(at)), ("recurrence", recurrence), ("quantity", seats), ("email", email), .. Said(flags)]),
            Sights(at));
    }

    private Line OneOff(string resource, string? parent)
    {
        var id = parent is null ? "sale1" : parent[..4];
        var (flags, seats) = (Flags(resource), Often() ? _seats : 3);
        return Line.Ping(
            $"{Story.Text(_start)} {resource} {id} seats {seats}{flags}",
            () => Ping.Sale([("sale_id", id), ("resource_name", resource), ("sale_timestamp", Ping.Time(_start)), ("quantity", seats), .. Said(flags)]),
            Sights(_start),
            parent);
    }

    private Line Cancellation()
    {
        var (at, by, trial) = (Date(), Pick(Cancelers), TrialEnd());
        return Line.Ping(
            $"{Text(at)} cancellation {by}{Trial(trial)}",
            () => Member.Cancellation(at, by, ("free_trial_ends_at", trial is { } end ? Ping.Time(end) : null)), Sights(at ?? Moment()));
    }

    private Line Ended()
    {
        var (at, reason) = (Date(), Pick(Ends));
        return Line.Ping($"{Text(at)} subscription_ended {reason}", () => Member.Ended(at, reason), Sights(at ?? Moment()));
    }

    private Line Restarted()
    {
        var at = Date();
        return Line.Ping($"{Text(at)} subscription_restarted", () => Member.Restarted(at), Sights(at ?? Moment()));
    }

    private Line Changed()
    {
        var (isUpgrade, at, old, plan) = (_random.Next(2) == 0, Date(), Often() ? _tier : Pick(Tiers), Pick(Tiers));
        var (recurrence, seats) = (Often() ? _recurrence : Pick(Recurrences), Often() ? _seats : 3);
        return Line.Ping(
            $"{Text(at)} subscription_updated {(isUpgrade ? "up" : "down")} from {old} {_recurrence} to {plan} {recurrence} seats {seats}",
            () => isUpgrade
                ? Member.Upgrade(at, Member.Plan(old, _recurrence), Member.Plan(plan, recurrence, seats))
                : Member.Downgrade(at, Member.Plan(old, _recurrence), Member.Plan(plan, recurrence, seats)),
            Sights(isUpgrade ? at ?? Moment() : Moment()));
    }

    private Line Act()
    {
        var (kind, at, index) = (Pick(Acts), Moment(), Pick<int?>(null, 0, 1));
        var until = Moment();
        var limit = _random.Next(4, 7);
        var act = new SellerAct(kind, "lic_1", at.ToUnixTimeMilliseconds())
        {
            Index = index,
            Until = kind == SellerActs.Extend ? until.ToUnixTimeMilliseconds() : null,
            Settings = kind == SellerActs.Push ? BakedSettings.Of(RuleSet.Empty, Acme.Studio, Acme.Pro with { Id = Pick("reader", "patron"), ActivationLimit = limit }) : null,
        };
        return new Line(
            $"{Story.Text(at)} seller: {kind} of {index?.ToString() ?? "all"}{(act.Until is null ? "" : " until " + Story.Text(until))}{(act.Settings is null ? "" : $" {act.Settings.KeyType} limit {limit}")}",
            EntrySource.Seller, _ => new Translation.OfSeller(act), [at]);
    }

    private Line ReadOfSale(bool isMember)
    {
        var number = isMember ? _random.Next(5) : 0;
        var at = _start.AddMonths(number);
        var charge = new Charge(isMember ? $"charge{number}" : "sale1", Granting: Often())
        {
            SubscriptionId = isMember ? Ping.SubscriptionId : null,
            ProductId = Ping.ProductId,
            SoldAt = Often() ? at : null,
            Recurrence = isMember ? _recurrence : null,
            Tier = isMember ? _tier : null,
            Variants = isMember ? [_tier!] : [],
            Quantity = _seats,
            Refunded = _random.Next(2) == 0,
            Disputed = !Often(),
            DisputeWon = !Often(),
        };
        var flags = $"{(charge.Granting ? "" : " not granting")}{(charge.Refunded ? " refunded" : "")}{(charge.Disputed ? " disputed" : "")}{(charge.DisputeWon ? " won" : "")}";
        return new Line(
            $"API: {charge.SaleId} sold {Text(charge.SoldAt)}{flags} seats {_seats} {charge.Recurrence} {charge.Tier}",
            EntrySource.Api,
            seen => new Translation.OfSale(charge.SubscriptionId ?? charge.SaleId, new SaleRead(seen, charge)),
            Sights(at));
    }

    private Line ReadOfSubscriber()
    {
        var read = new SubscriberRead(
            default, Often() ? null : Date(), Often() ? null : Date(), Often() ? null : Date(), Pick(EndReason.Unknown, EndReason.Cancelled, EndReason.FixedPeriod), TrialEnd());
        return new Line(
            $"API: subscriber cancelled {Text(read.CancelledAt)} failed {Text(read.FailedAt)} ended {Text(read.EndedAt)} {read.Reason}{Trial(read.TrialEndsAt)}",
            EntrySource.Api, seen => new Translation.OfSubscriber(Ping.SubscriptionId, read with { ReadAt = seen }), Sights(Moment()));
    }

    private void Add(Line line) =>
        _lines[line.What] = _lines.TryGetValue(line.What, out var known) && line.Source != EntrySource.Seller
            ? known with { Sights = [.. known.Sights, .. line.Sights] }
            : line;

    private string Flags(string resource) =>
        (resource == "refund" && Often() || !Often() ? " refunded" : "")
        + (resource is "dispute" or "dispute_won" || !Often() ? " disputed" : "")
        + (resource == "dispute_won" ? " won" : "");

    private static IEnumerable<(string, JsonNode?)> Said(string flags) =>
        [("refunded", flags.Contains("refunded")), ("disputed", flags.Contains("disputed")), ("dispute_won", flags.Contains("won"))];

    private DateTimeOffset? Date() => _random.Next(12) == 0 ? null : Moment();

    private DateTimeOffset? TrialEnd() => _random.Next(4) == 0 ? _start.AddDays(Pick(7, 14)) : null;

    private DateTimeOffset Moment() => _start.AddMonths(_random.Next(6)).AddMinutes(Pick(0, 0, 1, -1, 10, 1440, 10 * 1440));

    private IReadOnlyList<DateTimeOffset> Sights(DateTimeOffset at) =>
    [
        Often() ? at.AddMinutes(Pick(0, 1, 10)) : Moment(),
        .. Often() ? [] : new[] { Moment() },
    ];

    private static string Text(DateTimeOffset? at) => at is { } time ? Story.Text(time) : "-";

    private static string Trial(DateTimeOffset? end) => end is null ? "" : $" trial until {Text(end)}";

    private bool Often() => _random.Next(6) > 0;

    private T Pick<T>(params ReadOnlySpan<T> of) => of[_random.Next(of.Length)];
}

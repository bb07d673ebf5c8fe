using Latchkey.Inbox;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Tests.Purchases;
using RightsOf = Latchkey.Rights.Rights;

namespace Latchkey.Tests.Rights;

public class RightsTests
{
    private static readonly DateTimeOffset T = Acme.Start;
    private static readonly DateTimeOffset Later = T.AddDays(1);
    private static readonly Fact Lasting = Facts.Baked(Acme.Pro);

    [Fact]
    public void A_refund_before_its_sale_makes_the_license_be_born_blocked()
    {
        Assert.Equal(PurchaseState.Held, At(Later, Said(Ping.Refund())).State);
        var rights = At(Later, Said(Ping.Refund()), Said(Ping.Sale()));
        Assert.Equal(PurchaseState.Blocked, rights.State);
        Assert.Equal([new Hold(HoldNames.Refund, Ping.SaleId)], rights.Holds);
    }

    [Fact]
    public void A_late_sale_never_revives()
    {
        var late = Facts.Of(Ping.Sale(), T.AddDays(10));
        Assert.Equal(PurchaseState.Blocked, At(T.AddDays(11), Said(Ping.Refund()), late.SeenAt(T.AddDays(11))).State);
        Assert.Equal(PurchaseState.Blocked, At(T.AddDays(11), Said(Ping.Dispute()), late).State);
    }

    [Fact]
    public void A_won_dispute_restores_unless_the_sale_was_refunded_too()
    {
        Assert.Equal(PurchaseState.Blocked, At(Later, Said(Ping.Sale()), Said(Ping.Dispute())).State);
        Assert.Equal(PurchaseState.Active, At(Later, Said(Ping.Sale()), Said(Ping.Dispute()), Said(Ping.DisputeWon())).State);

        var refunded = At(Later, Said(Ping.Sale()), Said(Ping.Dispute()), Said(Ping.DisputeWon()), Said(Ping.Refund()));
        Assert.Equal([HoldNames.Refund], refunded.Holds.Select(h => h.Name));
    }

    [Fact]
    public void Winning_one_charge_does_not_lift_the_dispute_of_another()
    {
        var rights = At(
            Later, Said(Ping.Charge(0)), Said(Ping.Charge(1)),
            Said(Ping.Charge(0, "dispute", ("disputed", true))),
            Said(Ping.Charge(1, "dispute", ("disputed", true))),
            Said(Ping.Charge(0, "dispute_won", ("disputed", true), ("dispute_won", true))));
        Assert.Equal([new Hold(HoldNames.Dispute, "charge1")], rights.Holds);
    }

    [Fact]
    public void A_partial_refund_holds_nothing() =>
        Assert.Equal(PurchaseState.Active, At(Later, Said(Ping.Sale()), Said(Ping.PartialRefund())).State);

    [Fact]
    public void The_later_of_suspend_and_reinstate_stands()
    {
        var suspend = Facts.Act(SellerActs.Suspend, T.AddHours(1));
        var reinstate = Facts.Act(SellerActs.Reinstate, T.AddHours(2));
        var again = Facts.Act(SellerActs.Suspend, T.AddHours(3));
        Assert.Equal([HoldNames.Manual], At(Later, Said(Ping.Sale()), suspend).Holds.Select(h => h.Name));
        Assert.Empty(At(Later, Said(Ping.Sale()), reinstate, suspend).Holds);
        Assert.Equal([HoldNames.Manual], At(Later, again, Said(Ping.Sale()), reinstate, suspend).Holds.Select(h => h.Name));
    }

    [Fact]
    public void A_duration_ends_at_its_exact_moment_and_says_so_beforehand()
    {
        Fact[] facts = [Facts.Baked(Acme.Pro with { DurationDays = 30 }), Said(Ping.Sale())];
        var end = T.AddDays(30);
        var before = RightsOf.At(FactMerge.Merge(facts), end.AddTicks(-1));
        Assert.Equal((PurchaseState.Active, end), (before.State, before.NextChange));

        var after = RightsOf.At(FactMerge.Merge(facts), end);
        Assert.Equal((PurchaseState.Ended, (DateTimeOffset?)null), (after.State, after.NextChange));
    }

    [Fact]
    public void A_start_in_the_future_is_waited_for()
    {
        var before = At(T.AddTicks(-1), Said(Ping.Sale()));
        Assert.Equal((PurchaseState.Blocked, T), (before.State, before.NextChange));
        Assert.Equal(PurchaseState.Active, At(T, Said(Ping.Sale())).State);
    }

    [Theory]
    [InlineData(null, 7)]
    [InlineData(3, 3)]
    [InlineData(365, 7)]
    public void A_test_purchase_ends_after_seven_days_or_sooner(int? durationDays, int endsAfter)
    {
        var rights = RightsOf.At(FactMerge.Merge([Facts.Baked(Acme.Pro with { DurationDays = durationDays }), Said(Ping.Sale(("test", true)))]), Later);
        Assert.Equal(T.AddDays(endsAfter), Assert.Single(rights.Licenses).Terms.EndsAt);
    }

    [Fact]
    public void Without_a_sale_time_the_right_begins_when_we_first_saw_it() =>
        Assert.Equal(T, Assert.Single(At(Later, Said(Ping.Sale(("sale_timestamp", null)))).Licenses).Terms.StartsAt);

    [Theory]
    [InlineData("2026-01-31T12:00:00Z", "monthly", "2026-02-28T12:00:00Z")]
    [InlineData("2028-01-31T12:00:00Z", "monthly", "2028-02-29T12:00:00Z")]
    [InlineData("2026-01-29T12:00:00Z", "monthly", "2026-02-28T12:00:00Z")]
    [InlineData("2026-03-30T12:00:00Z", "monthly", "2026-04-30T12:00:00Z")]
    [InlineData("2026-11-30T12:00:00Z", "quarterly", "2027-02-28T12:00:00Z")]
    [InlineData("2026-08-31T12:00:00Z", "biannually", "2027-02-28T12:00:00Z")]
    [InlineData("2028-02-29T12:00:00Z", "yearly", "2029-02-28T12:00:00Z")]
    [InlineData("2026-05-05T12:00:00Z", "every_two_years", "2028-05-05T12:00:00Z")]
    [InlineData("2026-05-05T12:00:00Z", "fortnightly", null)]
    public void A_paid_period_is_counted_in_calendar_months(string soldAt, string recurrence, string? paidUntil)
    {
        var rights = At(Later, Said(Ping.Charge(0, with: [("sale_timestamp", soldAt), ("recurrence", recurrence)])));
        Assert.Equal(paidUntil, rights.PaidUntil is { } end ? Ping.Time(end) : null);
    }

    [Fact]
    public void A_one_off_sale_has_no_paid_period() => Assert.Null(At(Later, Said(Ping.Sale())).PaidUntil);

    [Fact]
    public void The_latest_charge_says_how_many_seats() =>
        Assert.Equal(5, Assert.Single(At(Ping.ChargedAt(1), Said(Ping.Charge(1, with: ("quantity", 5))), Said(Ping.Charge(0, with: ("quantity", 2)))).Licenses).Seats);

    [Fact]
    public void Each_reissue_raises_the_generation()
    {
        Assert.Equal(0, Assert.Single(At(Later, Said(Ping.Sale())).Licenses).Generation);
        Assert.Equal(2, Assert.Single(At(
            Later, Said(Ping.Sale()), Facts.Act(SellerActs.Reissue, T.AddHours(1)), Facts.Act(SellerActs.Reissue, T.AddHours(2))).Licenses).Generation);
    }

    [Fact]
    public void Gumroads_key_is_no_key_where_the_product_wants_only_its_own()
    {
        var sale = Said(Ping.Sale(("license_key", Ping.GumroadKey)));
        Assert.Equal([Ping.GumroadKey], Assert.Single(At(Later, sale).Licenses).ForeignKeys);

        var settings = BakedSettings.Of(RuleSet.Empty, Acme.Studio with { KeySource = KeySource.Own }, Acme.Pro);
        var own = FactMerge.Merge([sale]) with { Bakings = [settings] };
        Assert.Empty(Assert.Single(RightsOf.At(own, Later).Licenses).ForeignKeys);
    }

    private static Fact Said(System.Text.Json.Nodes.JsonObject payload) => Facts.Of(payload, T);

    private static PurchaseRights At(DateTimeOffset now, params Fact[] facts) => RightsOf.At(FactMerge.Merge([Lasting, .. facts]), now);
}

using Latchkey.Inbox;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Tests.Purchases;

namespace Latchkey.Tests.Rights;

/// <summary>What was found wrong once, or is easily got wrong, about memberships.</summary>
public class MembershipRightsTests
{
    private static readonly DateTimeOffset T = Situation.Start;

    [Fact]
    public void With_every_paid_period_struck_nothing_is_left_even_if_another_charge_is_known()
    {
        var member = new Situation()
            .Said(Ping.Charge(0)).Said(Ping.Charge(0, "refund", ("refunded", true)), T.AddDays(1)).Said(Ping.Charge(1, "refund"), T.AddDays(2));
        Assert.Equal("Ended Ended subscription_ended", member.At(T.AddDays(3)));
    }

    [Fact]
    public void An_extension_of_one_key_extends_no_other()
    {
        var several = new Situation(Acme.With(keyTypes: [Acme.Pro with { Quantity = QuantityMode.Keys, DurationDays = 30 }]))
            .Said(Ping.Sale(("quantity", 3)))
            .Did(SellerActs.Extend, T.AddDays(1), index: 1, until: T.AddDays(90))
            .Did(SellerActs.Extend, T.AddDays(2), index: 2, until: T.AddDays(60));
        Assert.Equal([T.AddDays(30), T.AddDays(90), T.AddDays(60)], several.RightsAt(T.AddDays(3)).Licenses.Select(l => l.Terms.EndsAt!.Value));
        Assert.Equal(T.AddDays(60), several.RightsAt(T.AddDays(31)).NextChange);
    }

    [Fact]
    public void A_purchase_is_shown_as_blocked_while_one_of_its_keys_is()
    {
        var several = new Situation(Acme.With(keyTypes: [Acme.Pro with { Quantity = QuantityMode.Keys }]))
            .Said(Ping.Sale(("quantity", 2)))
            .Did(SellerActs.Suspend, T.AddDays(1), index: 0).Did(SellerActs.Suspend, T.AddDays(1), index: 1).Did(SellerActs.Reinstate, T.AddDays(2), index: 1);
        Assert.Equal([new Hold(HoldNames.Manual, null)], several.RightsAt(T.AddDays(3)).Holds);
    }

    [Fact]
    public void An_upgrade_holds_at_once_even_if_Gumroads_clock_is_ahead()
    {
        var member = new Situation(Situation.Club).Said(Member.Charge(0, "Reader"))
            .Said(Member.Upgrade(T.AddDays(5).AddSeconds(90), Member.Plan("Reader"), Member.Plan("Patron")), T.AddDays(5));
        Assert.Equal("patron", member.License(T.AddDays(5)).Settings.KeyType);
    }

    [Fact]
    public void What_a_change_of_plan_does_not_say_stays_as_it_was()
    {
        var member = new Situation(Situation.Club).Said(Member.Charge(0, "Reader", ("quantity", 5)))
            .Said(Member.Upgrade(T.AddDays(5), null, Member.Plan("Patron", recurrence: null, seats: null)), T.AddDays(5))
            .Said(Member.Downgrade(T.AddDays(9), null, Member.Plan(null, "yearly", seats: 4)), T.AddDays(6));
        Assert.Equal(("patron", 5), (member.License(T.AddDays(7)).Settings.KeyType, member.License(T.AddDays(7)).Seats));
        Assert.Equal(("patron", 4), (member.License(T.AddDays(9)).Settings.KeyType, member.License(T.AddDays(9)).Seats));
    }

    [Fact]
    public void A_charge_that_shows_an_upgrade_removes_the_downgrade_that_waits()
    {
        var member = new Situation(Situation.Club).Said(Member.Charge(0, "Patron"))
            .Said(Member.Downgrade(T.AddMonths(1), Member.Plan("Patron"), Member.Plan("Reader")), T.AddDays(5))
            .Said(Member.Charge(1, "Sponsor", ("sale_timestamp", Ping.Time(T.AddDays(8)))), T.AddDays(8));
        Assert.Equal("sponsor", member.License(T.AddMonths(1)).Settings.KeyType);
    }

    [Fact]
    public void A_cancellation_without_a_date_keeps_what_is_paid()
    {
        var member = new Situation().Said(Ping.Charge(0)).Said(Member.Cancellation(null), T.AddDays(5));
        Assert.Equal(("Cancelling Active ok", "Ended Ended subscription_ended"), (member.At(T.AddDays(6)), member.At(T.AddMonths(1))));
    }

    [Fact]
    public void A_tier_known_only_from_a_charge_is_not_matched_by_the_price_of_the_tier_before()
    {
        var plans = Plans.Of(FactMerge.Merge(
        [
            Facts.Of(Member.Charge(0, "Reader"), T),
            Facts.Of(Member.Upgrade(T.AddDays(5), Member.Plan("Reader"), Member.Plan("Patron", cents: 900)), T.AddDays(5)),
            Facts.Of(Member.Charge(1, "Sponsor"), Ping.ChargedAt(1)),
        ]));
        Assert.Equal([("Reader", null), ("Patron", 900), ("Sponsor", (long?)null)], plans.Select(p => (p.Plan.Tier, p.Plan.PriceCents)));
    }

    [Fact]
    public void A_held_membership_waits_for_the_plan_that_a_rule_fits()
    {
        var member = new Situation(Situation.Club).Said(Member.Charge(0, "Unsold"))
            .Said(Member.Downgrade(T.AddDays(20), Member.Plan("Unsold"), Member.Plan("Reader")), T.AddDays(1));
        Assert.Equal((PurchaseState.Held, T.AddDays(20)), (member.RightsAt(T.AddDays(2)).State, member.RightsAt(T.AddDays(2)).NextChange));
        Assert.Equal("Active Active ok", member.At(T.AddDays(20)));
    }

    [Fact]
    public void A_plan_that_no_rule_fits_holds_up_nothing_once_it_was_left()
    {
        var member = new Situation(Situation.Club).Said(Member.Charge(0, "Reader"))
            .Said(Member.Upgrade(T.AddDays(5), Member.Plan("Reader"), Member.Plan("Unsold")), T.AddDays(5));
        Assert.Equal(EntryReasons.UnmappedPlan, member.HeldFor(T.AddDays(6)));
        Assert.Equal("reader", member.License(T.AddDays(6)).Settings.KeyType);
        member.Said(Member.Upgrade(T.AddDays(7), Member.Plan("Unsold"), Member.Plan("Sponsor")), T.AddDays(7));
        Assert.Null(member.HeldFor(T.AddDays(8)));
        Assert.Equal("sponsor", member.License(T.AddDays(8)).Settings.KeyType);
    }

    [Fact]
    public void Where_Gumroad_says_that_there_is_no_trial_the_products_setting_makes_none()
    {
        var member = new Situation(Acme.With(product: Acme.Studio with { TrialDays = 14 })).Said(Ping.Charge(0));
        Assert.Equal(("Trialing Trial ok", T.AddDays(14)), (member.At(T.AddDays(3)), member.RightsAt(T.AddDays(3)).PaidUntil));
        member.Said(Member.Cancellation(T.AddMonths(1)), T.AddDays(4));
        Assert.Equal(("Cancelling Active ok", T.AddMonths(1)), (member.At(T.AddDays(5)), member.RightsAt(T.AddDays(5)).PaidUntil));
    }

    [Fact]
    public void Pushed_settings_replace_what_was_granted_before_and_nothing_later()
    {
        var pushed = BakedSettings.Of(RuleSet.Empty, Acme.Studio, Acme.Pro with { ActivationLimit = 9 });
        var before = new Situation().Said(Ping.Sale());
        before.RightsAt(T.AddMinutes(1));
        Assert.Equal(9, before.Did(SellerActs.Push, T.AddDays(1), settings: pushed).License(T.AddDays(2)).Settings.ActivationLimit);

        var after = new Situation().Said(Ping.Sale()).Did(SellerActs.Push, T.AddDays(1), settings: pushed);
        Assert.Equal(3, after.License(T.AddDays(2)).Settings.ActivationLimit);
        Assert.Equal(3, after.License(T.AddDays(3)).Settings.ActivationLimit);
    }

    [Fact]
    public void The_license_of_a_product_that_was_left_ended_when_it_was_left_and_keeps_its_hold()
    {
        var lab = Acme.Studio with { Id = "lab" };
        var club = Situation.Club;
        var two = club with
        {
            Products = new Dictionary<string, Product>(club.Products) { ["lab"] = lab },
            KeyTypes = new Dictionary<(string, string), KeyType>(club.KeyTypes) { [("lab", "lab")] = Acme.Pro with { Product = "lab", Id = "lab" } },
            Rules = club.Rules with { Rules = [Acme.ProRule with { Variant = "Lab", Product = "lab", KeyType = "lab" }, .. club.Rules.Rules] },
        };
        var member = new Situation(two).Said(Member.Charge(0, "Lab"))
            .Did(SellerActs.Suspend, T.AddDays(1))
            .Said(Member.Upgrade(T.AddDays(5), Member.Plan("Lab"), Member.Plan("Patron")), T.AddDays(5))
            .Said(Member.Upgrade(T.AddDays(9), Member.Plan("Patron"), Member.Plan("Sponsor")), T.AddDays(9));
        member.RightsAt(T.AddDays(2));
        member.RightsAt(T.AddDays(6));
        var left = Assert.Single(member.RightsAt(T.AddDays(10)).Licenses, l => l.Settings.Product == "lab");
        Assert.Equal(T.AddDays(5), left.Terms.EndsAt);
        Assert.Equal("blocked_by_seller", Standing.At(left.Terms, T.AddDays(10)).Reason);
    }

    [Fact]
    public void Keys_that_are_no_longer_paid_for_have_ended_rather_than_vanished()
    {
        var member = new Situation(Situation.WithClub(with: k => k with { Quantity = QuantityMode.Keys })).Said(Member.Charge(0, "Patron", ("quantity", 3)))
            .Said(Member.Downgrade(T.AddMonths(1), Member.Plan("Patron", seats: 3), Member.Plan("Patron", seats: 1)), T.AddDays(5));
        Assert.Equal([true, true, true], Usable(T.AddDays(20)));
        Assert.Equal([true, false, false], Usable(T.AddMonths(1)));

        IEnumerable<bool> Usable(DateTimeOffset now) => member.RightsAt(now).Licenses.OrderBy(l => l.Index).Select(l => Standing.At(l.Terms, now).IsUsable);
    }
}

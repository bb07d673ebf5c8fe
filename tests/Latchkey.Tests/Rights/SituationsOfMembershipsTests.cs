using Latchkey.Products;
using Latchkey.Purchases;

namespace Latchkey.Tests.Rights;

/// <summary>Rows of docs/reference/situations.md about memberships.</summary>
public class SituationsOfMembershipsTests
{
    private static readonly DateTimeOffset T = Situation.Start;
    private static readonly DateTimeOffset Month = T.AddMonths(1);

    [Fact]
    public void The_first_charge_opens_a_month()
    {
        var member = Joined();
        Assert.Equal(("Active Active ok", Month), (member.At(T.AddDays(3)), member.RightsAt(T.AddDays(3)).PaidUntil));
    }

    [Fact]
    public void A_renewal_moves_the_paid_end_and_makes_no_new_license()
    {
        var member = Joined().Said(Member.Charge(1, "Reader"), Month);
        Assert.Equal((T.AddMonths(2), 1), (member.RightsAt(Month).PaidUntil, member.RightsAt(Month).Licenses.Count));
    }

    [Fact]
    public void A_failed_renewal_of_which_nothing_is_heard_takes_nothing_while_Gumroad_can_be_asked() => Assert.Equal("Active Active ok", Joined().At(T.AddYears(1)));

    [Fact]
    public void Silence_ends_a_membership_a_week_after_the_paid_end_where_Gumroad_cannot_be_asked()
    {
        var member = new Situation(Situation.Club, canAsk: false).Said(Member.Charge(0, "Reader"));
        Assert.Equal(("Active Active ok", "Ended Ended subscription_ended"), (member.At(Month.AddDays(7).AddTicks(-1)), member.At(Month.AddDays(7))));
    }

    [Fact]
    public void A_trial_that_Gumroad_tells_of_is_one_until_its_end()
    {
        var end = T.AddDays(14);
        var member = Joined().Read(new SubscriberRead(T.AddMinutes(1), null, null, null, EndReason.Unknown, end));
        Assert.Equal(("Trialing Trial ok", "Active Active ok"), (member.At(T.AddDays(13)), member.At(end)));
        Assert.Equal(end, member.RightsAt(T.AddDays(1)).PaidUntil);
    }

    [Fact]
    public void A_trial_of_which_nothing_was_heard_lasts_as_the_product_says()
    {
        var member = new Situation(Situation.WithClub(Acme.Studio with { TrialDays = 7 })).Said(Member.Charge(0, "Reader"));
        Assert.Equal(("Trialing Trial ok", "Active Active ok"), (member.At(T.AddDays(6)), member.At(T.AddDays(7))));
    }

    [Fact]
    public void A_trial_cancelled_by_its_end_ends_there()
    {
        var end = T.AddDays(7);
        var member = Joined().Said(Member.Cancellation(end, "by_seller", ("free_trial_ends_at", Ping.Time(end))), T.AddDays(2));
        Assert.Equal(("Cancelling Trial ok", "Ended Ended subscription_ended"), (member.At(T.AddDays(3)), member.At(end)));
    }

    [Theory]
    [InlineData("by_buyer")]
    [InlineData("by_seller")]
    [InlineData("by_admin")]
    public void A_cancellation_keeps_access_until_its_date_even_if_no_end_is_told(string by)
    {
        var member = Joined().Said(Member.Cancellation(Month, by), T.AddDays(5));
        Assert.Equal(("Cancelling Active ok", Month), (member.At(T.AddDays(6)), member.RightsAt(T.AddDays(6)).NextChange));
        Assert.Equal("Ended Ended subscription_ended", member.At(Month));
    }

    [Fact]
    public void Failed_payments_leave_the_billing_grace()
    {
        var failed = Month.AddDays(2);
        var member = Joined().Said(Member.Cancellation(failed, "due_to_payment_failures"), failed).Said(Member.Ended(failed, "failed_payment"), failed);
        Assert.Equal(("PastDue Active ok", failed.AddDays(3)), (member.At(failed), member.RightsAt(failed).NextChange));
        Assert.Equal("Ended Ended subscription_ended", member.At(failed.AddDays(3)));
    }

    [Fact]
    public void A_charge_after_failed_payments_clears_the_end()
    {
        var failed = Month.AddDays(2);
        var member = Joined().Said(Member.Cancellation(failed, "due_to_payment_failures"), failed)
            .Said(Member.Charge(1, "Reader", ("sale_timestamp", Ping.Time(failed.AddDays(1)))), failed.AddDays(1));
        Assert.Equal("Active Active ok", member.At(failed.AddDays(30)));
    }

    [Fact]
    public void An_end_after_a_cancellation_takes_access_at_its_moment()
    {
        var member = Joined().Said(Member.Cancellation(Month), T.AddDays(5)).Said(Member.Ended(Month), Month);
        Assert.Equal(("Cancelling Active ok", "Ended Ended subscription_ended"), (member.At(Month.AddTicks(-1)), member.At(Month)));
    }

    [Fact]
    public void An_end_told_before_its_membership_counts_once_that_is_known()
    {
        var member = new Situation(Situation.Club).Said(Member.Ended(T.AddDays(5)), T.AddDays(5));
        Assert.Equal("Held none", member.At(T.AddDays(6)));
        Assert.Equal("Ended Ended subscription_ended", member.Said(Member.Charge(0, "Reader"), T.AddDays(6)).At(T.AddDays(6)));
    }

    [Fact]
    public void Installments_that_are_paid_off_last() => Assert.Equal("Active Active ok", Completed(OnCompleted.Keep).At(T.AddYears(9)));

    [Fact]
    public void A_fixed_period_that_is_over_lasts_until_the_seller_has_decided() => Assert.Equal("Active Active ok", Completed(null).At(T.AddYears(9)));

    [Fact]
    public void A_membership_of_fixed_length_ends_where_the_product_says_so() => Assert.Equal("Ended Ended subscription_ended", Completed(OnCompleted.End).At(Month));

    [Fact]
    public void What_is_kept_after_the_end_may_still_be_used()
    {
        var member = new Situation(Situation.WithClub(with: k => k with { KeptAfterEnd = ["read"] })).Said(Member.Charge(0, "Reader")).Said(Member.Ended(T.AddDays(9)), T.AddDays(9));
        Assert.Equal("Ended Limited subscription_ended", member.At(T.AddDays(9)));
        Assert.Equal(["read"], member.License(T.AddDays(9)).Terms.KeptAfterEnd!);
    }

    [Fact]
    public void A_restart_brings_back_the_same_license()
    {
        var member = Joined().Said(Member.Ended(T.AddDays(9)), T.AddDays(9)).Said(Member.Restarted(T.AddDays(20)), T.AddDays(20));
        Assert.Equal(("Active Active ok", 0, 0), (member.At(T.AddDays(20)), member.License(T.AddDays(20)).Index, member.License(T.AddDays(20)).Generation));
    }

    [Fact]
    public void A_restart_dated_before_an_end_does_not_revive() =>
        Assert.Equal("Ended Ended subscription_ended", Joined().Said(Member.Ended(T.AddDays(9)), T.AddDays(9)).Said(Member.Restarted(T.AddDays(8)), T.AddDays(30)).At(T.AddDays(30)));

    [Fact]
    public void A_pending_cancellation_that_is_taken_back_is_gone() =>
        Assert.Equal("Active Active ok", Joined().Said(Member.Cancellation(Month), T.AddDays(5)).Said(Member.Restarted(T.AddDays(9)), T.AddDays(9)).At(T.AddDays(60)));

    [Fact]
    public void A_cancellation_seen_after_the_restart_stands()
    {
        var member = Joined().Said(Member.Restarted(T.AddDays(9)), T.AddDays(9)).Said(Member.Cancellation(Month), T.AddDays(9).AddMinutes(16));
        Assert.Equal("Cancelling Active ok", member.At(T.AddDays(10)));
    }

    [Fact]
    public void A_cancellation_seen_within_a_quarter_of_an_hour_of_the_restart_keeps_access() =>
        Assert.Equal("Active Active ok", Joined().Said(Member.Restarted(T.AddDays(9)), T.AddDays(9)).Said(Member.Cancellation(Month), T.AddDays(9).AddMinutes(15)).At(T.AddDays(60)));

    [Fact]
    public void An_upgrade_holds_at_once_and_its_charge_is_no_new_license()
    {
        var at = T.AddDays(5);
        var member = Joined().Said(Member.Upgrade(at, Member.Plan("Reader"), Member.Plan("Patron")), at)
            .Said(Member.Charge(1, "Patron", ("sale_timestamp", Ping.Time(at)), ("price", 400)), at.AddSeconds(9));
        Assert.Equal(("patron", 1, at.AddMonths(1)), (member.License(at).Settings.KeyType, member.RightsAt(at).Licenses.Count, member.RightsAt(at).PaidUntil));
    }

    [Fact]
    public void An_upgrade_whose_event_was_lost_shows_in_its_charge() =>
        Assert.Equal("patron", Joined().Said(Member.Charge(1, "Patron", ("sale_timestamp", Ping.Time(T.AddDays(5)))), T.AddDays(5)).License(T.AddDays(5)).Settings.KeyType);

    [Fact]
    public void More_seats_hold_at_once_and_fewer_from_their_date()
    {
        var member = Joined().Said(Member.Upgrade(T.AddDays(5), Member.Plan("Reader"), Member.Plan("Reader", seats: 5)), T.AddDays(5))
            .Said(Member.Downgrade(Month, Member.Plan("Reader", seats: 5), Member.Plan("Reader", seats: 2)), T.AddDays(6));
        Assert.Equal((1, 5, 5, 2), (member.License(T.AddDays(4)).Seats, member.License(T.AddDays(5)).Seats, member.License(Month.AddTicks(-1)).Seats, member.License(Month).Seats));
    }

    [Fact]
    public void A_downgrade_waits_for_its_date()
    {
        var member = Downgrading();
        Assert.Equal(("sponsor", Month), (member.License(Month.AddTicks(-1)).Settings.KeyType, member.RightsAt(T.AddDays(6)).NextChange));
        Assert.Equal("reader", member.License(Month).Settings.KeyType);
    }

    [Fact]
    public void A_later_downgrade_replaces_the_one_that_waits() =>
        Assert.Equal("patron", Downgrading().Said(Member.Downgrade(Month, Member.Plan("Sponsor"), Member.Plan("Patron")), T.AddDays(8)).License(Month).Settings.KeyType);

    [Fact]
    public void An_upgrade_removes_the_downgrade_that_waits()
    {
        var member = Downgrading().Said(Member.Upgrade(T.AddDays(8), Member.Plan("Sponsor"), Member.Plan("Sponsor", "yearly")), T.AddDays(8));
        Assert.Equal("sponsor", member.License(Month.AddDays(1)).Settings.KeyType);
    }

    [Fact]
    public void An_end_removes_the_downgrade_that_waits()
    {
        var member = Downgrading().Said(Member.Ended(T.AddDays(8)), T.AddDays(8)).Said(Member.Restarted(T.AddDays(9)), T.AddDays(9));
        Assert.Equal("sponsor", member.License(Month.AddDays(1)).Settings.KeyType);
    }

    [Fact]
    public void A_downgrade_told_late_holds_from_its_date()
    {
        var member = new Situation(Situation.Club).Said(Member.Charge(0, "Sponsor")).Said(Member.Charge(1, "Reader"), Month.AddMinutes(5))
            .Said(Member.Downgrade(Month, Member.Plan("Sponsor"), Member.Plan("Reader")), Month.AddDays(3));
        Assert.Equal(("sponsor", "reader"), (member.License(Month.AddTicks(-1)).Settings.KeyType, member.License(Month.AddDays(3)).Settings.KeyType));
    }

    [Fact]
    public void A_read_that_shows_the_membership_alive_takes_back_the_end_that_was_told_before() =>
        Assert.Equal(
            "Active Active ok",
            Joined().Said(Member.Ended(T.AddDays(9)), T.AddDays(9)).Read(new SubscriberRead(T.AddDays(12), null, null, null, EndReason.Unknown, null)).At(T.AddDays(12)));

    [Fact]
    public void A_read_that_shows_the_membership_ended_ends_it() =>
        Assert.Equal("Ended Ended subscription_ended", Joined().Read(new SubscriberRead(T.AddDays(12), null, null, T.AddDays(10), EndReason.Cancelled, null)).At(T.AddDays(12)));

    private static Situation Joined() => new Situation(Situation.Club).Said(Member.Charge(0, "Reader"));

    private static Situation Downgrading() => new Situation(Situation.Club).Said(Member.Charge(0, "Sponsor"))
        .Said(Member.Downgrade(Month, Member.Plan("Sponsor"), Member.Plan("Reader")), T.AddDays(5));

    private static Situation Completed(OnCompleted? onCompleted) => new Situation(Situation.WithClub(Acme.Studio with { OnCompleted = onCompleted }))
        .Said(Member.Charge(0, "Reader")).Said(Member.Ended(Month, "fixed_subscription_period_ended"), Month);
}

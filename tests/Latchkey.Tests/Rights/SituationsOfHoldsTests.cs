using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Rights;

namespace Latchkey.Tests.Rights;

/// <summary>Rows of docs/reference/situations.md about refunds, disputes and what the seller does by hand.</summary>
public class SituationsOfHoldsTests
{
    private static readonly DateTimeOffset T = Situation.Start;
    private static readonly DateTimeOffset Later = T.AddDays(10);

    [Fact]
    public void A_full_refund_revokes() => Assert.Equal("Blocked Revoked refunded", Sold().Said(Ping.Refund(), T.AddDays(2)).At(Later));

    [Fact]
    public void A_partial_refund_takes_nothing_until_the_last_one_completes_it()
    {
        var sale = Sold().Said(Ping.PartialRefund(), T.AddDays(2));
        Assert.Equal(("Active Active ok", true), (sale.At(Later), sale.FactsAt(Later).Charges[0].PartiallyRefunded));
        Assert.Equal("Blocked Revoked refunded", sale.Said(Ping.Refund(), T.AddDays(3)).At(Later));
    }

    [Fact]
    public void A_refund_before_its_sale_waits_and_the_license_is_born_blocked()
    {
        var refund = new Situation().Said(Ping.Refund());
        Assert.Equal(("Held none", EntryReasons.WaitsForSale), (refund.At(Later), refund.HeldFor(Later)));
        Assert.Equal("Blocked Revoked refunded", refund.Said(Ping.Sale(), T.AddDays(1)).At(Later));
    }

    [Fact]
    public void A_refund_that_a_later_read_denies_is_undone() =>
        Assert.Equal("Active Active ok", Sold().Said(Ping.Refund(), T.AddDays(1)).Read(Read(T.AddDays(2), refunded: false)).At(Later));

    [Fact]
    public void A_read_that_is_older_than_the_refund_undoes_nothing() =>
        Assert.Equal("Blocked Revoked refunded", Sold().Read(Read(T.AddHours(1), refunded: false)).Said(Ping.Refund(), T.AddDays(1)).At(Later));

    [Fact]
    public void A_refund_that_only_a_read_shows_revokes() => Assert.Equal("Blocked Revoked refunded", Sold().Read(Read(T.AddDays(2), refunded: true)).At(Later));

    [Fact]
    public void A_dispute_suspends_and_silence_leaves_it_so()
    {
        var sale = Sold().Said(Ping.Dispute(), T.AddDays(1));
        Assert.Equal(("Blocked Suspended disputed", "Blocked Suspended disputed"), (sale.At(T.AddDays(1)), sale.At(T.AddYears(5))));
    }

    [Fact]
    public void A_dispute_that_was_won_restores_the_same_license()
    {
        var sale = Sold().Said(Ping.Dispute(), T.AddDays(1)).Said(Ping.DisputeWon(), T.AddDays(40));
        Assert.Equal(("Active Active ok", 0), (sale.At(T.AddDays(40)), sale.License(T.AddDays(40)).Generation));
    }

    [Fact]
    public void A_dispute_that_was_won_restores_nothing_of_what_was_refunded() =>
        Assert.Equal("Blocked Revoked refunded", Sold().Said(Ping.Dispute(), T.AddDays(1)).Said(Ping.Refund()).Said(Ping.DisputeWon(), T.AddDays(2)).At(Later));

    [Fact]
    public void Winning_the_dispute_of_one_charge_lifts_that_of_no_other()
    {
        var member = new Situation().Said(Ping.Charge(0)).Said(Ping.Charge(1), Ping.ChargedAt(1))
            .Said(Ping.Charge(0, "dispute", ("disputed", true)), T.AddDays(40)).Said(Ping.Charge(1, "dispute", ("disputed", true)), T.AddDays(40))
            .Said(Ping.Charge(1, "dispute_won", ("disputed", true), ("dispute_won", true)), T.AddDays(50));
        Assert.Equal([new Hold(HoldNames.Dispute, "charge0")], member.RightsAt(T.AddDays(50)).Holds);
        Assert.Equal("Blocked Suspended disputed", member.At(T.AddDays(50)));
    }

    [Fact]
    public void A_disputed_membership_that_is_won_goes_on()
    {
        var member = Disputed();
        Assert.Equal("Blocked Suspended disputed", member.At(T.AddDays(6)));
        member.Said(Ping.Charge(0, "dispute_won", ("disputed", true), ("dispute_won", true)), T.AddDays(20)).Said(Member.Restarted(T.AddDays(20)), T.AddDays(20));
        Assert.Equal("Active Active ok", member.At(T.AddDays(20)));
    }

    [Fact]
    public void A_charge_after_a_won_dispute_shows_the_restart_that_was_lost()
    {
        var member = Disputed().Said(Ping.Charge(0, "dispute_won", ("disputed", true), ("dispute_won", true)), T.AddDays(20));
        Assert.Equal("Ended Ended subscription_ended", member.At(T.AddDays(20)));
        Assert.Equal("Active Active ok", member.Said(Ping.Charge(1), Ping.ChargedAt(1)).At(Ping.ChargedAt(1)));
    }

    [Fact]
    public void Refunding_one_charge_of_a_membership_costs_its_period_only()
    {
        var member = new Situation().Said(Ping.Charge(0)).Said(Ping.Charge(1), Ping.ChargedAt(1)).Said(Ping.Charge(1, "refund", ("refunded", true)), Ping.ChargedAt(1).AddDays(2));
        Assert.Equal("Ended Ended subscription_ended", member.At(Ping.ChargedAt(1).AddDays(2)));
        Assert.Equal(Ping.ChargedAt(1), member.RightsAt(Later).PaidUntil);
        Assert.Equal("Active Active ok", member.Said(Ping.Charge(2), Ping.ChargedAt(2)).At(Ping.ChargedAt(2)));
    }

    [Fact]
    public void A_refunded_renewal_leaves_what_was_paid_before_it() =>
        Assert.Equal(
            "Active Active ok",
            new Situation().Said(Ping.Charge(0)).Said(Ping.Charge(1), T.AddDays(20)).Said(Ping.Charge(1, "refund", ("refunded", true)), T.AddDays(21)).At(T.AddDays(22)));

    [Fact]
    public void A_membership_whose_every_charge_is_refunded_is_revoked() =>
        Assert.Equal("Blocked Revoked refunded", new Situation().Said(Ping.Charge(0)).Said(Ping.Charge(0, "refund", ("refunded", true)), T.AddDays(1)).At(Later));

    [Fact]
    public void A_refund_while_a_cancellation_waits_ends_the_membership_now()
    {
        var member = new Situation().Said(Ping.Charge(0)).Said(Ping.Charge(1), Ping.ChargedAt(1)).Said(Member.Cancellation(Ping.ChargedAt(2)), Ping.ChargedAt(1).AddDays(1))
            .Said(Ping.Charge(1, "refund", ("refunded", true)), Ping.ChargedAt(1).AddDays(5)).Said(Member.Ended(Ping.ChargedAt(1).AddDays(5)), Ping.ChargedAt(1).AddDays(5));
        Assert.Equal("Ended Ended subscription_ended", member.At(Ping.ChargedAt(1).AddDays(5)));
    }

    [Fact]
    public void The_seller_blocks_and_unblocks()
    {
        var sale = Sold().Did(SellerActs.Suspend, T.AddDays(1));
        Assert.Equal("Blocked Suspended blocked_by_seller", sale.At(T.AddDays(2)));
        Assert.Equal("Active Active ok", sale.Did(SellerActs.Reinstate, T.AddDays(3)).At(T.AddDays(3)));
    }

    [Fact]
    public void Abuse_that_the_seller_found_revokes_until_he_lifts_it()
    {
        var sale = Sold().Did(SellerActs.Abuse, T.AddDays(1));
        Assert.Equal("Blocked Revoked abuse", sale.At(T.AddDays(2)));
        Assert.Equal("Active Active ok", sale.Did(SellerActs.Reinstate, T.AddDays(3)).At(T.AddDays(3)));
    }

    private static Situation Sold() => new Situation().Said(Ping.Sale());

    private static Situation Disputed() => new Situation().Said(Ping.Charge(0))
        .Said(Ping.Charge(0, "dispute", ("disputed", true)), T.AddDays(5)).Said(Member.Cancellation(T.AddDays(5)), T.AddDays(5)).Said(Member.Ended(T.AddDays(5)), T.AddDays(5));

    private static SaleRead Read(DateTimeOffset at, bool refunded) => new(at, new Charge(Ping.SaleId, Granting: true) { ProductId = Ping.ProductId, SoldAt = T, Refunded = refunded });
}

using Latchkey.Inbox;
using Latchkey.Outbox;
using Latchkey.Tests.Rights;

namespace Latchkey.Tests.Purchases;

/// <summary>Every kind of message a fold can send, each from what causes it.</summary>
public class DifferencesTests
{
    [Fact]
    public void A_refund_revokes()
    {
        var book = Sold();
        book.Say(Ping.Refund());
        Assert.Equal((OutboxKinds.LicenseRevoked, "refunded"), Latest(book));
    }

    [Fact]
    public void A_dispute_suspends_and_winning_it_reinstates()
    {
        var book = Sold();
        book.Say(Ping.Dispute());
        Assert.Equal((OutboxKinds.LicenseSuspended, "disputed"), Latest(book));
        book.Say(Ping.DisputeWon());
        Assert.Equal((OutboxKinds.LicenseReinstated, null), Latest(book));
    }

    [Fact]
    public void The_seller_suspends_and_reinstates_as_often_as_he_likes()
    {
        var book = Sold();
        for (var i = 0; i < 3; i++)
        {
            book.Clock.Now += TimeSpan.FromMinutes(1);
            book.Act(SellerActs.Suspend);
            Assert.Equal((OutboxKinds.LicenseSuspended, "blocked_by_seller"), Latest(book));
            book.Clock.Now += TimeSpan.FromMinutes(1);
            book.Act(SellerActs.Reinstate);
            Assert.Equal((OutboxKinds.LicenseReinstated, null), Latest(book));
        }

        Assert.Equal(7, book.Told.Count);
    }

    [Fact]
    public void An_end_by_time_alone_is_told_as_expired()
    {
        var book = Sold(durationDays: 30);
        book.Clock.Now = Acme.Start.AddDays(30);
        book.Fold();
        Assert.Equal((OutboxKinds.LicenseExpired, "expired"), Latest(book));
        Assert.Null(book.Last!.Purchase.DueAt);
    }

    [Fact]
    public void More_seats_are_told_as_updated()
    {
        var book = Sold();
        book.Clock.Now += TimeSpan.FromMinutes(1);
        book.Say(Ping.Sale(("quantity", 2)));
        Assert.Equal((OutboxKinds.LicenseUpdated, null), Latest(book));
        Assert.Equal(6, book.License.ActivationLimit);
    }

    [Fact]
    public void What_changes_nothing_is_not_told()
    {
        var book = Sold();
        book.Clock.Now += TimeSpan.FromMinutes(1);
        book.Say(Ping.PartialRefund());
        book.Say(Ping.Sale(("referrer", "elsewhere")));
        Assert.Equal([OutboxKinds.LicenseIssued], book.Told);
    }

    [Fact]
    public void A_refund_of_what_was_never_announced_is_not_told_as_revoked()
    {
        var book = new Book();
        book.Say(Ping.Dispute());
        book.Say(Ping.Sale());
        book.Say(Ping.Refund());
        Assert.DoesNotContain(book.Told, kind => kind.StartsWith("license.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_difference_found_twice_has_one_key()
    {
        var book = Sold();
        var before = new Latchkey.Purchases.PurchaseBefore(book.Last!.Purchase.Id, book.Last.Purchase, book.Last.Licenses);
        var after = book.Say(Ping.Refund());
        var first = Differences.Of(before, after.Purchase, after.Licenses, book.Clock.Now);
        var second = Differences.Of(before, after.Purchase, after.Licenses, book.Clock.Now.AddMinutes(5));
        Assert.Equal(Assert.Single(first).Key, Assert.Single(second).Key);
    }

    [Fact]
    public void The_same_change_once_more_is_told_once_more_though_nothing_new_was_said()
    {
        var book = new Book(Situation.Club);
        book.Say(Member.Charge(0, "Patron"));
        book.Say(Member.Downgrade(Ping.ChargedAt(1), Member.Plan("Patron"), Member.Plan("Reader")));
        book.Clock.Now += TimeSpan.FromDays(1);
        book.Say(Member.Cancellation(Ping.ChargedAt(2)));
        Assert.Equal(OutboxKinds.LicenseUpdated, book.Messages[^2].Kind);
        Assert.Equal(OutboxKinds.SubscriptionCancelling, book.Messages[^1].Kind);

        book.Clock.Now = Ping.ChargedAt(1);
        book.Fold();
        Assert.Equal("reader", book.License.Tier);
        Assert.Equal([OutboxKinds.LicenseUpdated, OutboxKinds.SubscriptionTierChanged], book.Told.TakeLast(2));
    }

    [Fact]
    public void What_the_store_rounds_off_is_no_difference()
    {
        var book = new Book(Acme.With(keyTypes: [Acme.Pro with { DurationDays = 30 }]));
        var change = book.Say(Ping.Sale(("sale_timestamp", "2026-03-14T09:26:53.1234567Z")));
        var end = book.License.Terms.EndsAt!.Value;
        var stored = book.License with { Terms = book.License.Terms with { EndsAt = DateTimeOffset.FromUnixTimeMilliseconds(end.ToUnixTimeMilliseconds()) } };
        Assert.NotEqual(end, stored.Terms.EndsAt);
        Assert.Empty(Differences.Of(new(change.Purchase.Id, change.Purchase, [stored]), change.Purchase, change.Licenses, book.Clock.Now));
    }

    [Fact]
    public void Messages_name_their_tenant_license_and_purchase()
    {
        var book = Sold();
        var told = Assert.Single(book.Messages);
        Assert.Equal(("acme", book.License.Id, book.Last!.Purchase.Id, book.Clock.Now), (told.Tenant, told.License, told.Purchase, told.At));
    }

    private static Book Sold(int? durationDays = null)
    {
        var book = new Book(Acme.With(keyTypes: [Acme.Pro with { DurationDays = durationDays }]));
        book.Say(Ping.Sale());
        return book;
    }

    private static (string Kind, string? Detail) Latest(Book book) => (book.Messages[^1].Kind, book.Messages[^1].Detail);
}

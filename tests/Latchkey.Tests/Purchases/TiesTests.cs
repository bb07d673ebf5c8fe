using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Tests.Rights;

namespace Latchkey.Tests.Purchases;

/// <summary>What was said at one and the same moment is merged alike in either order.</summary>
public class TiesTests
{
    private static readonly DateTimeOffset T = Acme.Start;

    [Fact]
    public void Two_reads_of_a_sale()
    {
        var plain = new SaleRead(T, new Charge("sale1", Granting: true));
        var refunded = new SaleRead(T, plain.Charge with { Refunded = true });
        Same(m => m.Charges[0].Refunded, Own("a", new Translation.OfSale("sale1", plain)), Own("b", new Translation.OfSale("sale1", refunded)));
    }

    [Fact]
    public void Two_reads_of_a_subscriber()
    {
        var ended = new SubscriberRead(T, null, null, T.AddDays(2), EndReason.Cancelled, null);
        Same(
            m => string.Join(' ', m.Subscription.Ends), Own("a", new Translation.OfSubscriber("sub", ended)),
            Own("b", new Translation.OfSubscriber("sub", ended with { EndedAt = T.AddDays(1) })));
    }

    [Fact]
    public void Two_changes_to_one_plan_from_different_ones() => Same(
        m => string.Join(' ', m.Subscription.Changes),
        Facts.Of(Member.Downgrade(T.AddDays(9), Member.Plan("Patron"), Member.Plan("Reader")), T),
        Facts.Of(Member.Downgrade(T.AddDays(9), Member.Plan("Sponsor"), Member.Plan("Reader")), T));

    [Fact]
    public void Two_extensions() => Same(
        m => string.Join(' ', m.Acts),
        Own("a", new Translation.OfSeller(new SellerAct(SellerActs.Extend, "lic_1", 5) { Until = 10 })),
        Own("b", new Translation.OfSeller(new SellerAct(SellerActs.Extend, "lic_2", 5) { Until = 20 })));

    [Fact]
    public void Two_parents()
    {
        ParentFacts[] parents = [new("bundle", "pur_1", []), new("gift", "pur_2", [])];
        var sale = Facts.Of(Ping.Sale(), T);
        Assert.Equal(FactMerge.Merge([sale], parents).Parents, FactMerge.Merge([sale], [.. parents.Reverse()]).Parents);
    }

    private static void Same<T2>(Func<PurchaseFacts, T2> of, Fact one, Fact other) => Assert.Equal(of(FactMerge.Merge([one, other])), of(FactMerge.Merge([other, one])));

    private static Fact Own(string about, Translation translation) =>
        new(new Entry("acme", about, EntrySource.Api, T, T, T, 0, RepeatKey.OfOwn([1], about), Acme.Json, null, []), translation);
}

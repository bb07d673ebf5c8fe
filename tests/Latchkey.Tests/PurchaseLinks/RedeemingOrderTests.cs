using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Latchkey.Outbox;
using Latchkey.PurchaseLinks;

namespace Latchkey.Tests.PurchaseLinks;

/// <summary>Two purchases that come with one link: in whichever order their pings are heard, one of them redeems it.</summary>
public class RedeemingOrderTests
{
    private static readonly Gen<int[]> Orders =
        from some in Gen.SubListOf<int>(Enumerable.Range(0, 8).ToArray())
        where some.Count > 0
        from order in Gen.Shuffle(some.ToArray())
        select order;

    [Fact]
    public void One_redeems_it_the_other_is_held_and_both_stay_so() => Prop.ForAll(Orders.ToArbitrary(), order =>
    {
        var link = ALink.Open();
        List<PurchaseLink> shelf = [link];
        var books = new[] { new Book { Links = shelf }, new Book { Links = shelf } };
        foreach (var step in order)
        {
            var (book, kind) = (books[step / 4], step % 4);
            book.Clock.Now += TimeSpan.FromMinutes(1);
            book.Say(Said(link, $"sale-{step / 4}", kind));
        }

        var sold = books.Where((_, i) => order.Any(s => s / 4 == i && s % 4 == 0)).ToList();
        var redeemed = sold.Where(b => b.Last!.Purchase.HeldFor is null).ToList();
        return redeemed.Count == Math.Min(1, sold.Count)
            && sold.Except(redeemed).All(b => b.Last!.Purchase.HeldFor == "link_already_used" && b.Last.Licenses.Count == 0)
            && shelf[0].State == (sold.Count > 0 ? LinkState.Redeemed : LinkState.Open)
            && redeemed.TrueForAll(b => shelf[0].Purchase == b.Last!.Purchase.Id && b.Last.Purchase.Subject == "user:42")
            && books.Sum(b => b.Told.Count(kind => kind == OutboxKinds.PurchaseLinkRedeemed)) == redeemed.Count;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static JsonObject Said(PurchaseLink link, string sale, int kind) => kind switch
    {
        0 => link.Sale(("sale_id", sale)),
        1 => link.Sale(("sale_id", sale), ("resource_name", "refund"), ("refunded", true)),
        2 => link.Sale(("sale_id", sale), ("resource_name", "dispute"), ("disputed", true)),
        _ => link.Sale(("sale_id", sale), ("resource_name", "refund")),
    };
}

using Latchkey.Inbox;
using Latchkey.Products;

namespace Latchkey.Purchases;

/// <summary>
/// Which purchases rest on one another. Gumroad's pings never say it: it is found by the buyer, the moment and the product, and
/// made only where there is no second possibility. Pure.
/// </summary>
internal static class Links
{
    /// <summary>How many stores hand over at most.</summary>
    public const int MostUnderOneAddress = 100;

    // One checkout makes all of them; their times differ by what saving them takes.
    private static readonly TimeSpan SameCheckout = TimeSpan.FromMinutes(2);

    /// <summary>The address under which those that may belong together are found; null for the many that stand alone.</summary>
    public static string? EmailOf(IReadOnlyList<Charge> charges, RuleSet rules) => charges switch
    {
        [var first, ..] when first.IsGift => first.GifterEmail,
        [{ Granting: false, Email: var email }, ..] => email,
        [{ Email: var email } first, ..] when IsFree(first) || BundleOf(rules, first) is not null => email,
        _ => null,
    };

    /// <summary>The links between a purchase and those found under the same address, as far as they are certain.</summary>
    public static IReadOnlyList<LinkNote> Find(Purchase me, IReadOnlyList<Purchase> others, RuleSet rules)
    {
        if (others.Count >= MostUnderOneAddress)
        {
            return []; // there may be more: nothing is certain then
        }

        var all = others.Where(o => o.Id != me.Id).Append(me).ToList();
        return
        [
            .. all.SelectMany(parent => all.Select(child => (Parent: parent, Child: child, Kind: KindOf(parent, child, rules))))
                .Where(l => l.Kind is not null)
                .GroupBy(l => (l.Child.Id, l.Kind))
                .Where(g => g.Count() == 1)
                .Select(g => g.First())
                .GroupBy(l => l.Kind == LinkKinds.Gift ? l.Parent.Id : l.Child.Id) // a giver's payment is for one receiver
                .Where(g => g.Count() == 1)
                .Select(g => g.First())
                .Where(l => l.Parent.Id == me.Id || l.Child.Id == me.Id)
                .Select(l => new LinkNote(l.Kind!, l.Parent.Id, l.Child.Id)),
        ];
    }

    /// <summary>What a purchase may rest on without being certain, so that only the seller can tell.</summary>
    public static IReadOnlyList<LinkNote> Candidates(Purchase child, IReadOnlyList<Purchase> others, RuleSet rules) =>
    [
        .. others.Select(parent => (Parent: parent, Kind: KindOf(parent, child, rules)))
            .Where(l => l.Kind is not null)
            .Select(l => new LinkNote(l.Kind!, l.Parent.Id, child.Id))
            .Except(Find(child, others, rules)),
    ];

    private static string? KindOf(Purchase parent, Purchase child, RuleSet rules)
    {
        if (parent.Id == child.Id || parent.Charges is not [var over, ..] || child.Charges is not [{ Granting: true } under, ..]
            || !(over.SoldAt is { } a && under.SoldAt is { } b && (a - b).Duration() <= SameCheckout))
        {
            return null;
        }

        if (under.IsGift)
        {
            return !over.Granting && over.ProductId == under.ProductId && over.Email == under.GifterEmail
                && (over.GifteeEmail is null || over.GifteeEmail == under.Email)
                ? LinkKinds.Gift
                : null;
        }

        return IsFree(under) && over.Email == under.Email && BundleOf(rules, over)?.Contents.Any(c => RuleMatch.NamesProduct(c, under)) is true
            ? LinkKinds.Bundle
            : null;
    }

    private static bool IsFree(Charge charge) => charge is { Granting: true, IsGift: false, PriceUsdCents: 0, SubscriptionId: null };

    private static Rule? BundleOf(RuleSet rules, Charge charge) =>
        rules.Rules.FirstOrDefault(r => r.Contents.Count > 0 && RuleMatch.NamesProduct(r.GumroadProduct, charge));
}

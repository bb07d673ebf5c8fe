using Latchkey.Inbox;
using Latchkey.PurchaseLinks;
using Latchkey.Rights;

namespace Latchkey.Purchases;

/// <summary>An entry and what it says.</summary>
internal sealed record Fact(Entry Entry, Translation Translation);

/// <summary>Another purchase on which this one rests: the bundle it came in, or the giver's half of a gift.</summary>
/// <param name="Kind">One of <see cref="LinkKinds"/>.</param>
internal sealed record ParentFacts(string Kind, string Purchase, IReadOnlyList<Charge> Charges);

/// <summary>All that is known about one purchase. Built from its entries; their order is never consulted.</summary>
/// <param name="Name">Its name at Gumroad: the subscription's id, else the sale's. Null while only our own notes are known.</param>
/// <param name="Charges">In order of sale time; within one second renewals last, then by sale id.</param>
/// <param name="Subscription">What was said about its subscription.</param>
/// <param name="Bakings">The settings it was granted with, one for each plan it has had; none before the first grant.</param>
/// <param name="Acts">What the seller did, earliest first.</param>
/// <param name="Parents">What it rests on besides its own charges.</param>
/// <param name="Digest">Tells sets of facts apart.</param>
internal sealed record PurchaseFacts(
    string? Name,
    string? SubscriptionId,
    IReadOnlyList<Charge> Charges,
    SubscriptionFacts Subscription,
    IReadOnlyList<BakedSettings> Bakings,
    IReadOnlyList<SellerAct> Acts,
    IReadOnlyList<ParentFacts> Parents,
    DateTimeOffset FirstSeenAt,
    string Digest)
{
    /// <summary>What became of the link it came with, by the last word on that; null when it came with none, or nothing is decided.</summary>
    public Redemption? Redemption { get; init; }

    /// <summary>Whether Gumroad can be asked: a membership is then never ended on silence alone.</summary>
    public bool CanAsk { get; init; }

    /// <summary>The earliest charge that a sale spoke of. It decides what was bought; a renewal's price never does.</summary>
    public Charge? First => Charges.FirstOrDefault(c => c.Granting);

    /// <summary>The user it was granted to; null when it was granted to an address, or not at all.</summary>
    public string? User => Bakings.Select(b => b.User).FirstOrDefault(u => u is not null);

    /// <summary>The settings for a plan; null when none were baked for it. Those baked for no named plan are for what was bought.</summary>
    public BakedSettings? SettingsFor(PlanSpan span) =>
        Bakings.FirstOrDefault(b => b.Plan == span.Name) ?? (span.AsBought ? Bakings.FirstOrDefault(b => b.Plan is null) : null);
}

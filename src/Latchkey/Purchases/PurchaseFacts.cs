using Latchkey.Inbox;

namespace Latchkey.Purchases;

/// <summary>An entry and what it says.</summary>
internal sealed record Fact(Entry Entry, Translation Translation);

/// <summary>All that is known about one purchase. Built from its entries; their order is never consulted.</summary>
/// <param name="Name">Its name at Gumroad: the subscription's id, else the sale's. Null while only our own notes are known.</param>
/// <param name="Charges">In order of sale time, then sale id.</param>
/// <param name="Baked">The settings it was granted with; null before the first grant.</param>
/// <param name="Acts">What the seller did, earliest first.</param>
/// <param name="Digest">Tells sets of facts apart.</param>
internal sealed record PurchaseFacts(
    string? Name,
    string? SubscriptionId,
    IReadOnlyList<Charge> Charges,
    BakedSettings? Baked,
    IReadOnlyList<SellerAct> Acts,
    DateTimeOffset FirstSeenAt,
    string Digest)
{
    /// <summary>The earliest charge that a sale spoke of. It decides what was bought; a renewal's price never does.</summary>
    public Charge? First => Charges.FirstOrDefault(c => c.Granting);
}

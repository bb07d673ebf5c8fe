using Latchkey.Inbox;
using Latchkey.Rights;

namespace Latchkey.Purchases;

/// <summary>What the seller's acts come to for one license of a purchase. Pure.</summary>
internal static class ActsOf
{
    /// <param name="index">The license's place within the purchase; null for those on any of them.</param>
    public static IEnumerable<Hold> ActHolds(this PurchaseFacts facts, int? index = null)
    {
        var acts = facts.Acts.Where(a => index is null || a.Index is null || a.Index == index).ToList();
        foreach (var (hold, kind) in new[] { (HoldNames.Manual, SellerActs.Suspend), (HoldNames.Abuse, SellerActs.Abuse) })
        {
            if (acts.LastOrDefault(a => a.Kind == kind || a.Kind == SellerActs.Reinstate)?.Kind == kind)
            {
                yield return new Hold(hold, null);
            }
        }
    }

    /// <summary>How often its key was reissued.</summary>
    public static int Generation(this PurchaseFacts facts, int index) =>
        facts.Acts.Count(a => a.Kind == SellerActs.Reissue && (a.Index is null || a.Index == index));
}

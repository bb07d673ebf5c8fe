using Latchkey.PurchaseLinks;
using Latchkey.Purchases;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>How a link stands at a moment, as everybody outside is told.</summary>
/// <param name="State"><c>preparing</c>, <c>open</c>, <c>redeemed</c>, <c>held</c>, <c>expired</c> or <c>cancelled</c>.</param>
/// <param name="Reason">One of <see cref="LinkReasons"/>; null for one that is open, or redeemed and not refunded.</param>
internal sealed record LinkStanding(string State, string? Reason)
{
    public const string Preparing = "preparing";
    public const string Open = "open";
    public const string Redeemed = "redeemed";
    public const string Held = "held";
    public const string Expired = "expired";
    public const string Cancelled = "cancelled";

    public static async ValueTask<LinkStanding> OfAsync(PurchaseLink link, IPurchaseStore purchases, DateTimeOffset now, CancellationToken ct)
    {
        var refunded = link is { State: LinkState.Redeemed, Purchase: { } id }
            && await purchases.FindAsync(link.Tenant, id, ct) is { } purchase
            && purchase.Charges.FirstOrDefault(c => c.Granting) is { Refunded: true };
        return Of(link, refunded, now);
    }

    private static LinkStanding Of(PurchaseLink link, bool refunded, DateTimeOffset now) => link.State switch
    {
        _ when link.IsExpiredAt(now) => new(Expired, LinkReasons.Expired),
        LinkState.Preparing => new(Preparing, null),
        LinkState.Open => new(Open, null),
        LinkState.Redeemed => new(Redeemed, refunded ? LinkReasons.Refunded : null),
        LinkState.Held => new(Held, link.Reason),
        _ => new(Cancelled, LinkReasons.Cancelled),
    };
}

using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks;

/// <summary>Notes of what became of purchases that came with links, as entries of those purchases.</summary>
internal static class RedemptionEntries
{
    /// <summary>By a fold, which is done with it. One for each purchase.</summary>
    public static Fact Decided(TenantContext tenant, string purchase, Redemption redemption, DateTimeOffset now) =>
        Note(tenant, purchase, redemption, $"redemption|{purchase}", now, now, EntryStatus.Applied);

    /// <summary>By the seller; yet to be folded. It stands behind what the folds before it said.</summary>
    public static Fact Accepted(TenantContext tenant, Purchase purchase, Redemption redemption, DateTimeOffset now) => Note(
        tenant, purchase.Id, redemption, $"redemption|{purchase.Id}|{redemption.Link}|accepted",
        now, purchase.FoldedAt > now ? purchase.FoldedAt : now, EntryStatus.Received);

    private static Fact Note(
        TenantContext tenant, string purchase, Redemption redemption, string about, DateTimeOffset now, DateTimeOffset at, EntryStatus status)
    {
        var id = Ids.New("png_", now);
        var body = JsonSerializer.SerializeToUtf8Bytes(redemption, InboxJson.Default.Redemption);
        return new(
            new Entry(
                tenant.Id, id, EntrySource.Redemption, now, at, at, 0, RepeatKey.OfOwn(tenant.Secrets.Repeat, about),
                "application/json", null, BodySeal.Seal(tenant, id, body), Status: status, Purchase: purchase),
            new Translation.OfRedemption(redemption));
    }
}

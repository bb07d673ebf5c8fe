using System.Text.Json;
using Latchkey.PurchaseLinks;
using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite.PurchaseLinks;

/// <summary>Between links and their rows.</summary>
internal static class PurchaseLinkRows
{
    public static void Add(SqliteSession session, PurchaseLink l) => session.Execute(
        PurchaseLinkSql.Add,
        l.Tenant, l.Id, l.Version, l.Strength.Text(), l.State.Text(), l.Reason, Terms(l), l.Subject, l.ReturnUrl, l.CreatedAt, l.ExpiresAt,
        l.OpenedAt, l.RedeemedAt, l.Purchase, l.Made.ProductId, l.Made.OfferCodeId, l.Made.CheckoutUrl, l.Made.Removed,
        StoreJson.Write(l.Candidates), StoreJson.Write(l.Refunds), l.Chore?.Kind, l.Chore?.DueAt, l.Chore?.Attempts ?? 0, l.Chore?.LastError, l.SealedData);

    /// <returns>False when it was changed since it was read.</returns>
    public static bool Update(SqliteSession session, PurchaseLink l) => session.Execute(
        PurchaseLinkSql.Update,
        l.Tenant, l.Id, l.Version, l.Strength.Text(), l.State.Text(), l.Reason, Terms(l), l.Subject, l.ReturnUrl, l.ExpiresAt,
        l.OpenedAt, l.RedeemedAt, l.Purchase, l.Made.ProductId, l.Made.OfferCodeId, l.Made.CheckoutUrl, l.Made.Removed,
        StoreJson.Write(l.Candidates), StoreJson.Write(l.Refunds), l.Chore?.Kind, l.Chore?.DueAt, l.Chore?.Attempts ?? 0, l.Chore?.LastError) > 0;

    /// <summary>Those of the links that there are.</summary>
    public static IReadOnlyList<PurchaseLink> FindAll(SqliteSession session, string tenant, LinkReferences references) =>
    [
        .. references.Ids.Select(id => session.First(PurchaseLinkSql.Find, Read, tenant, id))
            .Concat(references.Products.Select(product => session.First(PurchaseLinkSql.FindByProduct, Read, tenant, product)))
            .OfType<PurchaseLink>().DistinctBy(l => l.Id, StringComparer.Ordinal),
    ];

    public static PurchaseLink Read(SqliteDataReader r) => new(
        r.Text(0), r.Text(1), r.Int(2), r.Enum<LinkStrength>(3), r.Enum<LinkState>(4), r.TextOrNull(5),
        JsonSerializer.Deserialize(r.Text(6), StoreJson.Default.LinkTerms)!, r.BlobOrNull(24), r.TextOrNull(7), r.TextOrNull(8), r.Time(9), r.Time(10))
    {
        OpenedAt = r.TimeOrNull(11),
        RedeemedAt = r.TimeOrNull(12),
        Purchase = r.TextOrNull(13),
        Made = new(r.TextOrNull(14), r.TextOrNull(15), r.TextOrNull(16), r.Flag(17)),
        Candidates = StoreJson.ReadStrings(r.Text(18)),
        Refunds = StoreJson.ReadStrings(r.Text(19)),
        Chore = r.TextOrNull(20) is { } chore ? new(chore, r.Time(21), r.Int(22), r.TextOrNull(23)) : null,
    };

    private static string Terms(PurchaseLink l) => JsonSerializer.Serialize(l.Terms, StoreJson.Default.LinkTerms);
}

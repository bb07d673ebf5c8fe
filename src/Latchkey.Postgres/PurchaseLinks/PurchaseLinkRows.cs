using System.Text.Json;
using Latchkey.PurchaseLinks;
using Npgsql;

namespace Latchkey.Postgres.PurchaseLinks;

/// <summary>Between links and their rows.</summary>
internal static class PurchaseLinkRows
{
    public static Task AddAsync(PostgresSession session, PurchaseLink l) => session.ExecuteAsync(
        PurchaseLinkSql.Add,
        l.Tenant, l.Id, l.Version, l.Strength.Text(), l.State.Text(), l.Reason, Terms(l), l.Subject, l.ReturnUrl, l.CreatedAt, l.ExpiresAt,
        l.OpenedAt, l.RedeemedAt, l.Purchase, l.Made.ProductId, l.Made.OfferCodeId, l.Made.CheckoutUrl, l.Made.Removed,
        StoreJson.Write(l.Candidates), StoreJson.Write(l.Refunds), l.Chore?.Kind, l.Chore?.DueAt, l.Chore?.Attempts ?? 0, l.Chore?.LastError, l.SealedData);

    /// <returns>False when it was changed since it was read.</returns>
    public static async Task<bool> UpdateAsync(PostgresSession session, PurchaseLink l) => await session.ExecuteAsync(PurchaseLinkSql.Update, ValuesOf(l)) > 0;

    /// <summary>Of a link that this transaction holds.</summary>
    public static void QueueUpdate(PostgresSession session, PurchaseLink l) => session.Queue(PurchaseLinkSql.Update, ValuesOf(l));

    /// <summary>Those of the links that there are, which nobody else changes now until this transaction is done.</summary>
    public static Task<List<PurchaseLink>> HoldAsync(PostgresSession session, string tenant, IEnumerable<string> ids, IEnumerable<string> products) =>
        session.QueryAsync(PurchaseLinkSql.Hold, Read, tenant, ids.ToArray(), products.ToArray());

    public static PurchaseLink Read(NpgsqlDataReader r) => new(
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

    private static object?[] ValuesOf(PurchaseLink l) =>
    [
        l.Tenant, l.Id, l.Version, l.Strength.Text(), l.State.Text(), l.Reason, Terms(l), l.Subject, l.ReturnUrl, l.ExpiresAt,
        l.OpenedAt, l.RedeemedAt, l.Purchase, l.Made.ProductId, l.Made.OfferCodeId, l.Made.CheckoutUrl, l.Made.Removed,
        StoreJson.Write(l.Candidates), StoreJson.Write(l.Refunds), l.Chore?.Kind, l.Chore?.DueAt, l.Chore?.Attempts ?? 0, l.Chore?.LastError,
    ];

    private static string Terms(PurchaseLink l) => JsonSerializer.Serialize(l.Terms, StoreJson.Default.LinkTerms);
}

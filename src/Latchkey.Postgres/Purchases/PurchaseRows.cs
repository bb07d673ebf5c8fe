using Latchkey.Purchases;
using Latchkey.Rights;
using Npgsql;

namespace Latchkey.Postgres.Purchases;

/// <summary>Between purchases and their rows.</summary>
internal static class PurchaseRows
{
    public static void Queue(PostgresSession session, Purchase p) => session.Queue(
        PurchaseSql.Put,
        p.Tenant, p.Id, p.Name, p.SubscriptionId, p.Subject, p.Email, p.Test, p.State.Text(), p.HeldFor,
        StoreJson.Write(p.Holds, StoreJson.Default.IReadOnlyListHold), p.PaidUntil,
        StoreJson.Write(p.Charges, StoreJson.Default.IReadOnlyListCharge), StoreJson.Write(p.Licenses),
        p.DueAt, p.FoldedAt, p.Digest, p.CreatedAt, p.LinkEmail);

    public static Task<Purchase?> FindAsync(PostgresSession session, string tenant, string id) =>
        session.FirstAsync(PurchaseSql.Find, Read, tenant, id);

    public static Purchase Read(NpgsqlDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.TextOrNull(3), r.TextOrNull(4), r.TextOrNull(5), r.Flag(6), r.Enum<PurchaseState>(7), r.TextOrNull(8),
        StoreJson.Read(r.Text(9), StoreJson.Default.IReadOnlyListHold), r.TimeOrNull(10),
        StoreJson.Read(r.Text(11), StoreJson.Default.IReadOnlyListCharge), StoreJson.ReadStrings(r.Text(12)),
        r.TimeOrNull(13), r.Time(14), r.Text(15), r.Time(16), r.TextOrNull(17));
}

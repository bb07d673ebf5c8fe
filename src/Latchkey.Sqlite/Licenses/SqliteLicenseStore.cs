using Latchkey.Licenses;
using Latchkey.Sqlite.Outbox;
using Latchkey.Sqlite.Purchases;

namespace Latchkey.Sqlite.Licenses;

internal sealed class SqliteLicenseStore(SqliteDatabase database) : ILicenseStore
{
    private const string EmailSubject = "email:";
    private const string PurchaseSubject = "purchase:";

    public Task<IReadOnlyList<KeyMatch>> FindByKeyAsync(string tenant, byte[] lookup, CancellationToken ct) =>
        database.Readers.SnapshotAsync<IReadOnlyList<KeyMatch>>(s => [.. ByKey(s, tenant, lookup)], ct);

    public Task<License?> FindAsync(string tenant, string license, CancellationToken ct) =>
        database.Readers.ReadAsync(s => StoredLicenses.Find(s, tenant, license), ct);

    public Task<IReadOnlyList<LicenseKeyRow>> KeysAsync(string tenant, string license, CancellationToken ct) =>
        database.Readers.ReadAsync(s => StoredLicenses.KeysOf(s, tenant, license), ct);

    public Task<IReadOnlyList<License>> ListAsync(string tenant, LicenseFilter filter, string? after, int limit, CancellationToken ct) =>
        database.Readers.SnapshotAsync<IReadOnlyList<License>>(
            s => Narrowed(s, tenant, filter) is { } few
                ? Page(few.Where(l => Fits(l, filter)), after, limit)
                : s.Query(LicenseSql.List, StoredLicenses.Read, tenant, after, limit),
            ct);

    public Task<IReadOnlyList<License>> ListGrantedAsync(string tenant, string product, string keyType, string? after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<License>>(
            s => s.Query(LicenseSql.ListGranted, StoredLicenses.Read, tenant, product, keyType, after ?? string.Empty, limit), ct);

    public Task<IReadOnlyDictionary<string, int>> LiveCountsAsync(string tenant, IReadOnlyCollection<string> licenses, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyDictionary<string, int>>(
            s => licenses.Distinct(StringComparer.Ordinal).ToDictionary(l => l, l => ActivationRows.CountLive(s, tenant, l), StringComparer.Ordinal), ct);

    public Task<IReadOnlyList<Activation>> ActivationsAsync(string tenant, string license, bool liveOnly, string? after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<Activation>>(
            s => s.Query(liveOnly ? ActivationSql.ListLive : ActivationSql.List, ActivationRows.Read, tenant, license, after, limit), ct);

    public Task<T> DecideAsync<T>(
        string tenant, string license, string? deviceHash, string? activationId, DateTimeOffset now, Func<Slots, SlotDecision<T>> decide, CancellationToken ct) =>
        database.Writer.RunAsync(
            session =>
            {
                // There is one writer, so nobody can change the slots between the reading and the writing.
                var decision = decide(ActivationRows.ReadSlots(session, tenant, license, deviceHash, activationId, now));
                if (decision.Changed is { } changed)
                {
                    ActivationRows.Put(session, changed);
                    if (decision.CountsAsRelease)
                    {
                        session.Execute(ActivationSql.AddRelease, tenant, license, changed.ReleasedAt ?? now, changed.Id);
                    }
                }

                if (decision.Message is { } message)
                {
                    OutboxRows.Append(session, message);
                }

                return decision.Result;
            },
            ct);

    private static IEnumerable<KeyMatch> ByKey(SqliteSession s, string tenant, byte[] lookup)
    {
        foreach (var id in s.Query(LicenseSql.IdsByKey, r => r.GetString(0), tenant, lookup))
        {
            if (StoredLicenses.Find(s, tenant, id) is { } license
                && StoredLicenses.KeysOf(s, tenant, id).FirstOrDefault(k => k.Lookup.AsSpan().SequenceEqual(lookup)) is { } key)
            {
                yield return new(license, key);
            }
        }
    }

    /// <summary>The few licenses that the narrowest part of a filter leaves; null when it leaves all.</summary>
    private static IEnumerable<License>? Narrowed(SqliteSession s, string tenant, LicenseFilter filter) => filter switch
    {
        { KeyLookup: { } lookup } => ByKey(s, tenant, lookup).Select(m => m.License),
        { Purchase: { } purchase } => ByPurchase(s, tenant, purchase),
        { Email: { } email } => s.Query(LicenseSql.ListByEmail, StoredLicenses.Read, tenant, email),
        { Subject: { } subject } => BySubject(s, tenant, subject),
        _ => null,
    };

    private static IEnumerable<License> ByPurchase(SqliteSession s, string tenant, string purchase) =>
        (PurchaseRows.Find(s, tenant, purchase)?.Licenses ?? []).Select(id => StoredLicenses.Find(s, tenant, id)).OfType<License>();

    /// <summary>A subject names an address or a purchase, and so needs no index of its own; any other is searched for.</summary>
    private static IEnumerable<License> BySubject(SqliteSession s, string tenant, string subject) =>
        subject.StartsWith(EmailSubject, StringComparison.Ordinal) ? s.Query(LicenseSql.ListByEmail, StoredLicenses.Read, tenant, subject[EmailSubject.Length..])
        : subject.StartsWith(PurchaseSubject, StringComparison.Ordinal) ? ByPurchase(s, tenant, subject[PurchaseSubject.Length..])
        : s.Query(LicenseSql.ListBySubject, StoredLicenses.Read, tenant, subject);

    private static bool Fits(License license, LicenseFilter filter) =>
        (filter.Email is null || license.Email == filter.Email)
        && (filter.Purchase is null || license.Purchase == filter.Purchase)
        && (filter.Subject is null || license.Subject == filter.Subject);

    private static License[] Page(IEnumerable<License> licenses, string? after, int limit)
    {
        License[] ordered = [.. licenses.OrderBy(l => l.CreatedAt).ThenBy(l => l.Id, StringComparer.Ordinal)];
        return [.. ordered.Skip(after is null ? 0 : Array.FindIndex(ordered, l => l.Id == after) + 1).Take(limit)];
    }
}

using Latchkey.Licenses;
using Latchkey.Postgres.Outbox;
using Latchkey.Postgres.Purchases;

namespace Latchkey.Postgres.Licenses;

internal sealed class PostgresLicenseStore(PostgresDatabase database) : ILicenseStore
{
    private const string EmailSubject = "email:";
    private const string PurchaseSubject = "purchase:";

    public Task<IReadOnlyList<KeyMatch>> FindByKeyAsync(string tenant, byte[] lookup, CancellationToken ct) =>
        database.ReadAsync(s => StoredLicenses.ByKeyAsync(s, tenant, lookup), ct);

    public Task<License?> FindAsync(string tenant, string license, CancellationToken ct) =>
        database.ReadAsync(s => StoredLicenses.FindAsync(s, tenant, license), ct);

    public Task<IReadOnlyList<LicenseKeyRow>> KeysAsync(string tenant, string license, CancellationToken ct) =>
        database.ReadAsync(s => StoredLicenses.KeysOfAsync(s, tenant, license), ct);

    public Task<IReadOnlyList<License>> ListAsync(string tenant, LicenseFilter filter, string? after, int limit, CancellationToken ct) =>
        database.SnapshotAsync<IReadOnlyList<License>>(
            async s => await NarrowedAsync(s, tenant, filter) is { } few
                ? Page(few.Where(l => Fits(l, filter)), after, limit)
                : await s.QueryAsync(LicenseSql.List, StoredLicenses.Read, tenant, after, limit),
            ct);

    public Task<IReadOnlyList<License>> ListGrantedAsync(string tenant, string product, string keyType, string? after, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<License>>(
            async s => await s.QueryAsync(LicenseSql.ListGranted, StoredLicenses.Read, tenant, product, keyType, after ?? string.Empty, limit), ct);

    public Task<IReadOnlyDictionary<string, int>> LiveCountsAsync(string tenant, IReadOnlyCollection<string> licenses, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyDictionary<string, int>>(
            async s =>
            {
                var counts = licenses.Distinct(StringComparer.Ordinal).ToDictionary(l => l, _ => 0, StringComparer.Ordinal);
                foreach (var (license, live) in await s.QueryAsync(ActivationSql.CountLive, r => (r.Text(0), (int)r.Long(1)), tenant, counts.Keys.ToArray()))
                {
                    counts[license] = live;
                }

                return counts;
            },
            ct);

    public Task<IReadOnlyList<Activation>> ActivationsAsync(string tenant, string license, bool liveOnly, string? after, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<Activation>>(
            async s => await s.QueryAsync(liveOnly ? ActivationSql.ListLive : ActivationSql.List, ActivationRows.Read, tenant, license, after, limit), ct);

    public Task<T> DecideAsync<T>(
        string tenant, string license, string? deviceHash, string? activationId, DateTimeOffset now, Func<Slots, SlotDecision<T>> decide, CancellationToken ct) =>
        database.WriteAsync(
            async session =>
            {
                var decision = decide(await ActivationRows.LockAndReadAsync(session, tenant, license, deviceHash, activationId, now));
                if (decision.Changed is { } changed)
                {
                    ActivationRows.Queue(session, changed);
                    if (decision.CountsAsRelease)
                    {
                        session.Queue(ActivationSql.AddRelease, tenant, license, changed.ReleasedAt ?? now, changed.Id);
                    }
                }

                if (decision.Message is { } message)
                {
                    await OutboxRows.AppendAsync(session, message);
                }

                return decision.Result;
            },
            ct);

    /// <summary>The few licenses that the narrowest part of a filter leaves; null when it leaves all.</summary>
    private static async Task<IEnumerable<License>?> NarrowedAsync(PostgresSession s, string tenant, LicenseFilter filter) => filter switch
    {
        { KeyLookup: { } lookup } => (await StoredLicenses.ByKeyAsync(s, tenant, lookup)).Select(m => m.License),
        { Purchase: { } purchase } => await ByPurchaseAsync(s, tenant, purchase),
        { Email: { } email } => await s.QueryAsync(LicenseSql.ListByEmail, StoredLicenses.Read, tenant, email),
        { Subject: { } subject } => await BySubjectAsync(s, tenant, subject),
        _ => null,
    };

    private static async Task<IReadOnlyList<License>> ByPurchaseAsync(PostgresSession s, string tenant, string purchase) =>
        await StoredLicenses.FindAllAsync(s, tenant, (await PurchaseRows.FindAsync(s, tenant, purchase))?.Licenses ?? []);

    /// <summary>A subject names an address or a purchase, which lead to its licenses; any other is searched for.</summary>
    private static async Task<IReadOnlyList<License>> BySubjectAsync(PostgresSession s, string tenant, string subject) =>
        subject.StartsWith(EmailSubject, StringComparison.Ordinal)
            ? await s.QueryAsync(LicenseSql.ListByEmail, StoredLicenses.Read, tenant, subject[EmailSubject.Length..])
        : subject.StartsWith(PurchaseSubject, StringComparison.Ordinal)
            ? await ByPurchaseAsync(s, tenant, subject[PurchaseSubject.Length..])
        : await s.QueryAsync(LicenseSql.ListBySubject, StoredLicenses.Read, tenant, subject);

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

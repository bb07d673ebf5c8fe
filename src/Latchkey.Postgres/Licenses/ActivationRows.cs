using Latchkey.Licenses;
using Npgsql;

namespace Latchkey.Postgres.Licenses;

/// <summary>Between activations and their rows.</summary>
internal static class ActivationRows
{
    /// <summary>
    /// Nobody else decides about this license's slots until the transaction ends. Each statement after the lock sees what the one who held
    /// it before has committed.
    /// </summary>
    public static async Task<Slots> LockAndReadAsync(PostgresSession s, string tenant, string license, string? deviceHash, string? activationId, DateTimeOffset now)
    {
        s.Ask(ActivationSql.Lock, _ => true, tenant, license);
        var found = s.Ask(LicenseSql.Find, StoredLicenses.Read, tenant, license);
        var asked = s.Ask(ActivationSql.Asked, Read, tenant, license, deviceHash, activationId);
        var taken = s.Ask(
            ActivationSql.Taken, r => (Live: (int)r.Long(0), Releases: r.GetFieldValue<long[]>(1)), tenant, license, now - SlotRules.ReleaseWindow);
        await s.FlushAsync();
        return new(
            found.Count > 0 ? found[0] : null,
            asked.FirstOrDefault(a => a.DeviceHash == deviceHash),
            asked.FirstOrDefault(a => a.Id == activationId),
            taken[0].Live,
            [.. taken[0].Releases.Select(DateTimeOffset.FromUnixTimeMilliseconds)]);
    }

    public static void Queue(PostgresSession s, Activation a) => s.Queue(
        ActivationSql.Put,
        a.Tenant, a.License, a.Id, a.DeviceHash, a.Name, a.Platform, a.AppVersion, a.CreatedAt, a.LastSeenAt, a.ReleasedAt, a.Seq);

    public static Activation Read(NpgsqlDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.TextOrNull(4), r.TextOrNull(5), r.TextOrNull(6), r.Time(7), r.Time(8), r.TimeOrNull(9), r.Long(10));
}

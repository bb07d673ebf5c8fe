using Latchkey.Licenses;
using Npgsql;

namespace Latchkey.Postgres.Licenses;

/// <summary>Between activations and their rows.</summary>
internal static class ActivationRows
{
    /// <summary>Nobody else decides about this license's slots until the transaction ends. It need not be there: a replay may have dropped it.</summary>
    public static async Task LockAsync(PostgresSession s, string tenant, string license)
    {
        if (!await HoldAsync(s, tenant, license))
        {
            await s.ExecuteAsync(ActivationSql.AddLock, tenant, license);
            await HoldAsync(s, tenant, license);
        }
    }

    public static async Task<Slots> ReadSlotsAsync(PostgresSession s, string tenant, string license, string? deviceHash, string? activationId, DateTimeOffset now)
    {
        var found = await StoredLicenses.FindAsync(s, tenant, license);
        var asked = await s.QueryAsync(ActivationSql.Asked, Read, tenant, license, deviceHash, activationId);
        var (live, releases) = await s.FirstAsync(
            ActivationSql.Taken, r => ((int)r.Long(0), r.GetFieldValue<long[]>(1)), tenant, license, now - SlotRules.ReleaseWindow);
        return new(
            found,
            asked.Find(a => a.DeviceHash == deviceHash),
            asked.Find(a => a.Id == activationId),
            live,
            [.. releases.Select(DateTimeOffset.FromUnixTimeMilliseconds)]);
    }

    public static Task PutAsync(PostgresSession s, Activation a) => s.ExecuteAsync(
        ActivationSql.Put,
        a.Tenant, a.License, a.Id, a.DeviceHash, a.Name, a.Platform, a.AppVersion, a.CreatedAt, a.LastSeenAt, a.ReleasedAt, a.Seq);

    public static Activation Read(NpgsqlDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.TextOrNull(4), r.TextOrNull(5), r.TextOrNull(6), r.Time(7), r.Time(8), r.TimeOrNull(9), r.Long(10));

    private static Task<bool> HoldAsync(PostgresSession s, string tenant, string license) => s.FirstAsync(ActivationSql.Lock, _ => true, tenant, license);
}

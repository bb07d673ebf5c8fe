using Latchkey.Licenses;
using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite.Licenses;

/// <summary>Between activations and their rows.</summary>
internal static class ActivationRows
{
    public static Slots ReadSlots(SqliteSession s, string tenant, string license, string? deviceHash, string? activationId, DateTimeOffset now) => new(
        StoredLicenses.Find(s, tenant, license),
        deviceHash is null ? null : s.First(ActivationSql.ByDevice, Read, tenant, license, deviceHash),
        activationId is null ? null : s.First(ActivationSql.ById, Read, tenant, license, activationId),
        CountLive(s, tenant, license),
        s.Query(ActivationSql.Releases, r => r.Time(0), tenant, license, now - SlotRules.ReleaseWindow));

    public static int CountLive(SqliteSession s, string tenant, string license) => s.First(ActivationSql.CountLive, r => r.GetInt32(0), tenant, license);

    public static void Put(SqliteSession s, Activation a) => s.Execute(
        ActivationSql.Put,
        a.Tenant, a.License, a.Id, a.DeviceHash, a.Name, a.Platform, a.AppVersion, a.CreatedAt, a.LastSeenAt, a.ReleasedAt, a.Seq);

    public static Activation Read(SqliteDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.TextOrNull(4), r.TextOrNull(5), r.TextOrNull(6), r.Time(7), r.Time(8), r.TimeOrNull(9), r.GetInt64(10));
}

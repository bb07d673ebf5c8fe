using Latchkey.Outbox;
using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite.Outbox;

/// <summary>Between messages and their rows.</summary>
internal static class OutboxRows
{
    public static void Append(SqliteSession session, OutboxMessage m) =>
        session.Execute(OutboxSql.Append, m.Tenant, m.Key, m.Kind, m.License, m.Purchase, m.Detail, m.At, m.Subject);

    public static OutboxMessage Read(SqliteDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.TextOrNull(3), r.TextOrNull(4), r.TextOrNull(5), r.Time(6), r.GetInt64(7), r.TextOrNull(8));
}

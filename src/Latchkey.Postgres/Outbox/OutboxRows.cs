using Latchkey.Outbox;
using Npgsql;

namespace Latchkey.Postgres.Outbox;

/// <summary>Between messages and their rows.</summary>
internal static class OutboxRows
{
    /// <summary>Together with what else is queued: whether the message was there already is not known, and so its tenant is published in any case.</summary>
    public static void Queue(PostgresSession session, OutboxMessage m)
    {
        session.Queue(OutboxSql.Append, m.Tenant, m.Key, m.Kind, m.License, m.Purchase, m.Detail, m.At, m.Subject);
        session.PublishAfterCommit(m.Tenant);
    }

    public static async Task AppendAsync(PostgresSession session, OutboxMessage m)
    {
        if (await session.ExecuteAsync(OutboxSql.Append, m.Tenant, m.Key, m.Kind, m.License, m.Purchase, m.Detail, m.At, m.Subject) > 0)
        {
            session.PublishAfterCommit(m.Tenant);
        }
    }

    public static OutboxMessage Read(NpgsqlDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.TextOrNull(3), r.TextOrNull(4), r.TextOrNull(5), r.Time(6), r.Long(7), r.TextOrNull(8));
}

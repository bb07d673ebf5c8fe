using Latchkey.Inbox;
using Npgsql;

namespace Latchkey.Postgres.Inbox;

/// <summary>Between entries and their rows.</summary>
internal static class InboxRows
{
    /// <summary>How many columns <see cref="Read"/> takes.</summary>
    public const int Columns = 16;

    public static void QueueOnce(PostgresSession session, Entry e) => session.Queue(
        InboxSql.AppendOnce,
        e.Tenant, e.Id, e.Source.Text(), e.ReceivedAt, e.FirstSeenAt, e.LastSeenAt, e.Repeats, e.RepeatKey, e.ContentType, e.ResourceHint,
        e.SealedBody, e.Truncated, e.Status.Text(), e.Reason, e.Resource, e.Purchase, e.Status == EntryStatus.Received ? e.ReceivedAt : null);

    public static Entry Read(NpgsqlDataReader r) => new(
        r.Text(0), r.Text(1), r.Enum<EntrySource>(2), r.Time(3), r.Time(4), r.Time(5), r.Int(6), r.Blob(7), r.TextOrNull(8), r.TextOrNull(9),
        r.Blob(10), r.Flag(11), r.Enum<EntryStatus>(12), r.TextOrNull(13), r.TextOrNull(14), r.TextOrNull(15));
}

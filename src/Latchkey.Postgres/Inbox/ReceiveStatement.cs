using Latchkey.Inbox;

namespace Latchkey.Postgres.Inbox;

/// <summary>Stores receives that share a commit: in one statement, or where some repeat others among them in a few.</summary>
internal static class ReceiveStatement
{
    public static async Task StoreAsync(PostgresDatabase database, List<PendingReceive> batch)
    {
        var rounds = Rounds(batch).ToList();
        if (rounds is [var only])
        {
            await database.StatementAsync(session => StoreRoundAsync(session, only));
            return;
        }

        await database.WriteAsync(
            async session =>
            {
                foreach (var round in rounds)
                {
                    await StoreRoundAsync(session, round);
                }

                return true;
            },
            CancellationToken.None);
    }

    /// <summary>
    /// One statement cannot touch a row twice: repeats of what is in the same batch come in later rounds. Always in the same order, so
    /// that two batches with the same repeats do not wait for one another.
    /// </summary>
    private static IEnumerable<List<PendingReceive>> Rounds(List<PendingReceive> batch) => batch
        .GroupBy(r => (r.Entry.Tenant, Convert.ToHexString(r.Entry.RepeatKey)))
        .OrderBy(g => g.Key.Tenant, StringComparer.Ordinal).ThenBy(g => g.Key.Item2, StringComparer.Ordinal)
        .SelectMany(same => same.Select((receive, round) => (receive, round)))
        .GroupBy(r => r.round, r => r.receive)
        .OrderBy(r => r.Key)
        .Select(r => r.ToList());

    private static async Task<bool> StoreRoundAsync(PostgresSession session, List<PendingReceive> round)
    {
        T[] Column<T>(Func<Entry, T> of) => [.. round.Select(r => of(r.Entry))];
        var stored = await session.QueryAsync(
            InboxSql.Receive,
            r => (Tenant: r.Text(0), RepeatKey: Convert.ToHexString(r.Blob(1)), Id: r.Text(2)),
            Column(e => e.Tenant), Column(e => e.Id), Column(e => e.Source.Text()),
            Column(e => e.ReceivedAt.ToUnixTimeMilliseconds()), Column(e => e.FirstSeenAt.ToUnixTimeMilliseconds()), Column(e => e.LastSeenAt.ToUnixTimeMilliseconds()),
            Column(e => e.RepeatKey), Column(e => e.ContentType), Column(e => e.ResourceHint), Column(e => e.SealedBody), Column(e => e.Truncated), Column(e => e.Purchase));
        var ids = stored.ToDictionary(s => (s.Tenant, s.RepeatKey), s => s.Id);
        foreach (var receive in round)
        {
            var entry = receive.Entry;
            var id = ids[(entry.Tenant, Convert.ToHexString(entry.RepeatKey))];
            receive.Stored(new Receipt(id, id != entry.Id));
        }

        return true;
    }
}

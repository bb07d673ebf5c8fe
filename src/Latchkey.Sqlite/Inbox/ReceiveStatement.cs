using System.Text;
using Latchkey.Inbox;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Latchkey.Sqlite.Inbox;

/// <summary>
/// Stores a receive. The one statement that is bound by position, past ADO.NET: it runs for every ping, and there
/// looking parameters up by name costs more than the insert itself. See docs/adr/0007.
/// </summary>
internal sealed class ReceiveStatement : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;

    public ReceiveStatement(SqliteConnection connection)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle!, InboxSql.Receive, out _statement));
    }

    /// <returns>The id of the stored entry; of the first one, when this is an exact repeat.</returns>
    /// <exception cref="SqliteException">It could not be stored; the statement has undone itself.</exception>
    public string Run(Entry e)
    {
        try
        {
            Bind(1, e.Tenant);
            Bind(2, e.Id);
            Bind(3, e.Source.Text());
            Bind(4, e.ReceivedAt);
            Bind(5, e.FirstSeenAt);
            Bind(6, e.LastSeenAt);
            Check(raw.sqlite3_bind_blob(_statement, 7, e.RepeatKey));
            Bind(8, e.ContentType);
            Bind(9, e.ResourceHint);
            Check(raw.sqlite3_bind_blob(_statement, 10, e.SealedBody));
            Check(raw.sqlite3_bind_int(_statement, 11, e.Truncated ? 1 : 0));
            Bind(12, e.Purchase);

            Check(raw.sqlite3_step(_statement), raw.SQLITE_ROW);
            var id = raw.sqlite3_column_blob(_statement, 0);
            var stored = Ascii.Equals(id, e.Id) ? e.Id : Encoding.UTF8.GetString(id);
            Check(raw.sqlite3_step(_statement), raw.SQLITE_DONE);
            return stored;
        }
        finally
        {
            _ = raw.sqlite3_reset(_statement); // repeats the error that was thrown already
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(int place, string? text) =>
        Check(text is null ? raw.sqlite3_bind_null(_statement, place) : raw.sqlite3_bind_text(_statement, place, text));

    private void Bind(int place, DateTimeOffset time) => Check(raw.sqlite3_bind_int64(_statement, place, time.ToUnixTimeMilliseconds()));

    private void Check(int result, int expected = raw.SQLITE_OK)
    {
        if (result != expected)
        {
            SqliteException.ThrowExceptionForRC(result, _connection.Handle!);
            throw new InvalidOperationException($"SQLite answered {result} where {expected} was expected.");
        }
    }
}

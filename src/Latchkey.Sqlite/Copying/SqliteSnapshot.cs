using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite.Copying;

/// <summary>Everything in the database as it is at one moment, whoever works on it meanwhile. Nothing is changed.</summary>
internal sealed class SqliteSnapshot : IDisposable
{
    private const string Migrations = "migrations";
    private const string TableNames = "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name";
    private const string TableColumns = "select name, type, pk from pragma_table_info($1) order by cid";

    private readonly SqliteSession _session;

    private SqliteSnapshot(SqliteSession session, IReadOnlyList<SqliteTable> tables)
    {
        _session = session;
        Tables = tables;
    }

    /// <summary>All there are, apart from the record of the schema.</summary>
    public IReadOnlyList<SqliteTable> Tables { get; }

    /// <param name="path">The database file.</param>
    /// <exception cref="InvalidOperationException">It is no database of this version.</exception>
    public static SqliteSnapshot Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 5 }.ConnectionString);
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            session.Execute("begin");
            var names = session.Query(TableNames, r => r.GetString(0));
            CheckVersion(session, names, path);
            return new(session, [.. names.Where(n => n != Migrations).Select(n => Describe(session, n))]);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>In the order of the key. Values are long, double or bytes; texts are bytes of UTF-8, which keep what a string could not.</summary>
    public IEnumerable<object?[]> Rows(SqliteTable table)
    {
        using var command = _session.Connection.CreateCommand();
        command.CommandText = $"select {List(table.Columns)} from \"{table.Name}\" order by {List(table.Key)}";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : table.Types[i] switch
                {
                    "INTEGER" => reader.GetInt64(i),
                    "REAL" => reader.GetDouble(i),
                    _ => reader.GetFieldValue<byte[]>(i),
                };
            }

            yield return row;
        }
    }

    public void Dispose() => _session.Dispose();

    private static void CheckVersion(SqliteSession session, List<string> names, string path)
    {
        var newest = typeof(SqliteSnapshot).Assembly.GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal))
            .Max(n => int.Parse(n[..4], CultureInfo.InvariantCulture));
        var found = names.Contains(Migrations) ? session.First("select max(number) from migrations", r => r.IsDBNull(0) ? 0 : r.GetInt32(0)) : 0;
        if (found != newest)
        {
            throw new InvalidOperationException(found == 0
                ? $"{path} is no database of Latchkey."
                : $"{path} was written by {(found < newest ? "an older" : "a newer")} version of Latchkey. Copy with the version that serves it; start a server of this one on it once to bring it up to date.");
        }
    }

    private static SqliteTable Describe(SqliteSession session, string name)
    {
        var columns = session.Query(TableColumns, r => (Name: r.GetString(0), Type: r.GetString(1).ToUpperInvariant(), Key: r.GetInt32(2)), name);
        return new(
            name,
            [.. columns.Select(c => c.Name)],
            [.. columns.Select(c => c.Type)],
            [.. columns.Where(c => c.Key > 0).OrderBy(c => c.Key).Select(c => c.Name)]);
    }

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(c => $"\"{c}\""));
}

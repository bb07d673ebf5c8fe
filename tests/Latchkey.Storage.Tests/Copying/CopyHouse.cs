using System.Globalization;
using System.Text;
using Latchkey.Postgres;
using Latchkey.Postgres.Copying;
using Latchkey.Sqlite;
using Latchkey.Sqlite.Copying;
using Latchkey.Storage.Tests.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Latchkey.Storage.Tests.Copying;

/// <summary>A SQLite file with something in it, and an empty PostgreSQL database.</summary>
internal sealed class CopyHouse : IAsyncDisposable, IProgress<CopyProgress>
{
    private readonly PostgresServer _server;
    private readonly string _database;

    public CopyHouse(PostgresServer server)
    {
        _server = server;
        _database = server.NewEmptyDatabase();
        SqliteDatabase.Open(new SqliteStoreOptions(Path), TimeProvider.System).Dispose();
    }

    public string Path { get; } = SqliteFiles.NewPath();

    public string Connection => _server.ConnectionTo(_database);

    public ValueTask DisposeAsync()
    {
        _server.Drop(_database);
        SqliteFiles.Delete(Path);
        return default;
    }

    public void Report(CopyProgress value) => Assert.True(value.Rows >= 0);

    public Task<PostgresCopy> BeginAsync() => PostgresCopy.OpenAsync(Connection, TimeProvider.System, default);

    public async Task<IReadOnlyList<CopiedTable>> PassAsync(PostgresCopy copy)
    {
        using var snapshot = SqliteSnapshot.Open(Path);
        return await copy.PassAsync(snapshot.Tables.Select(t => new CopyTable(t.Name, t.Columns, t.Key, () => snapshot.Rows(t))), this, default);
    }

    /// <returns>How many rows were written, of the tables where any were.</returns>
    public async Task<Dictionary<string, long>> WrittenAsync(PostgresCopy copy)
    {
        var tables = await PassAsync(copy);
        Assert.All(tables, t => Assert.Equal(t.Source, t.Destination));
        return tables.Where(t => t.Written > 0).ToDictionary(t => t.Name, t => t.Written);
    }

    public async Task FinishAsync()
    {
        await using var copy = await BeginAsync();
        await PassAsync(copy);
        await copy.FinishAsync(default);
    }

    public PostgresDatabase OpenNode() => PostgresDatabase.Open(new PostgresStoreOptions(Connection), TimeProvider.System);

    public async Task SqliteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>So many inbox entries of the tenant, from the one on.</summary>
    public Task EntriesAsync(string tenant, int from, int count) => SqliteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        with recursive n (i) as (select {from} union all select i + 1 from n where i < {from + count - 1})
        insert into inbox (tenant, id, source, received_at, first_seen_at, last_seen_at, repeats, repeat_key, truncated, status, body)
        select '{tenant}', printf('png_%06d', i), 'ping', i, i, i, 0, cast(printf('%06d', i) as blob), 0, 'applied', randomblob(20) from n
        """));

    public async Task<IReadOnlyList<string>> PostgresAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        return Rows(reader);
    }

    public static IReadOnlyList<string> Rows(System.Data.Common.DbDataReader reader)
    {
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => TextOf(reader.GetValue(i)))));
        }

        return rows;
    }

    /// <summary>The same for the same value, whichever store it comes from.</summary>
    public static string TextOf(object value) => value switch
    {
        DBNull => "null",
        bool flag => flag ? "1" : "0",
        byte[] bytes => Convert.ToHexString(bytes),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => Convert.ToHexString(Encoding.UTF8.GetBytes(text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

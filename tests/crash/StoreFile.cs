using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Latchkey.Crash;

/// <summary>The database itself, as the last kill left it.</summary>
internal static class StoreFile
{
    private const int WriteVersionAt = 18; // and the read version after it; both are 2 in WAL mode

    public static async Task InspectAsync(string directory, Ledger ledger)
    {
        var path = Path.Combine(directory, "latchkey.db");
        var header = new byte[WriteVersionAt + 2];
        await using (var file = File.OpenRead(path))
        {
            await file.ReadExactlyAsync(header);
        }

        if (header is not [.., 2, 2])
        {
            ledger.Wrong.Enqueue("the database's header does not say that it is in WAL mode");
        }

        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        if (await OneAsync(connection, "pragma integrity_check") is var integrity && integrity != "ok")
        {
            ledger.Wrong.Enqueue($"integrity_check: {integrity}");
        }

        foreach (var (what, sql) in Doubles.All)
        {
            if (await OneAsync(connection, sql) is var count && count != "0")
            {
                ledger.Doubled.Enqueue($"{count} {what}");
            }
        }

        var there = await AllAsync(connection, "select id from activations where released_at is null");
        foreach (var id in ledger.Activations.Values.Where(id => !there.Contains(id)))
        {
            ledger.Lost.Enqueue($"activation {id}");
        }

        var pings = await AllAsync(connection, "select id from inbox where source = 'ping'");
        foreach (var id in ledger.Answered.Keys.Where(id => !pings.Contains(id)))
        {
            ledger.Lost.Enqueue($"ping {id}");
        }
    }

    private static async Task<string> OneAsync(SqliteConnection connection, string sql) => (await AllAsync(connection, sql)).First();

    private static async Task<HashSet<string>> AllAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // All of it is constant text in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var values = new HashSet<string>();
        while (await reader.ReadAsync())
        {
            values.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return values;
    }
}

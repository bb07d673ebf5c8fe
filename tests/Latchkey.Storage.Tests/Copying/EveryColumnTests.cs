using System.Globalization;
using System.Text;
using Latchkey.Sqlite.Copying;
using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Tests.Copying;

/// <summary>Both catalogs are read, so that a table or column which comes later is not forgotten.</summary>
public sealed class EveryColumnTests(PostgresServer server)
{
    private const string Catalog = """
        select table_name, column_name, udt_name from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position
        """;

    /// <summary>What only PostgreSQL has: how nodes share the work, and the record of the schema. Nothing of it is worth keeping.</summary>
    private static readonly string[] OnlyInPostgres =
    [
        "copies.finished_at", "copies.id", "copies.started_at", "mails.claimed_by", "mails.claimed_until",
        "migrations.applied_at", "migrations.hash", "migrations.name", "migrations.number", "migrations.oldest", "outbox.seq",
        "outbox_cursors.claimed_by", "outbox_cursors.claimed_until", "outbox_heads.position", "outbox_heads.published_in", "outbox_heads.tenant",
        "ready.due_at", "ready.seq", "ready.tenant",
    ];

    [Fact]
    public async Task Every_column_of_every_table_arrives_as_it_was()
    {
        await using var house = new CopyHouse(server);
        house.OpenNode().Dispose(); // which makes the tables
        var columns = (await house.PostgresAsync(Catalog)).Select(row => row.Split('|').Select(Text).ToArray())
            .ToDictionary(c => $"{c[0]}.{c[1]}", c => c[2]);
        IReadOnlyList<SqliteTable> tables;
        using (var snapshot = SqliteSnapshot.Open(house.Path))
        {
            tables = snapshot.Tables;
        }

        Assert.Equal(
            OnlyInPostgres.Order(StringComparer.Ordinal),
            columns.Keys.Except(tables.SelectMany(t => t.Columns.Select(c => Place(t, c)))).Order(StringComparer.Ordinal));
        foreach (var table in tables.OrderBy(t => t.Name != "tenants"))
        {
            await FillAsync(house, table, columns);
        }

        await house.FinishAsync();

        foreach (var table in tables)
        {
            var there = await house.PostgresAsync($"select {string.Join(", ", table.Columns.Select(c => Quoted(Place(table, c).Split('.')[1])))} from {table.Name}");
            Assert.NotEmpty(there);
            Assert.Equal((await ReadAsync(house, table)).Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
        }
    }

    private static string Place(SqliteTable table, string column) => (table.Name, column) is ("subject_claims", "user") ? "subject_claims.owner" : $"{table.Name}.{column}";

    private static string Quoted(string name) => $"\"{name}\"";

    private static string Text(string hex) => Encoding.UTF8.GetString(Convert.FromHexString(hex));

    /// <summary>Rows with odd values in every column, and one with nothing wherever that is allowed.</summary>
    private static async Task FillAsync(CopyHouse house, SqliteTable table, Dictionary<string, string> columns)
    {
        await using var connection = new SqliteConnection($"Data Source={house.Path};Pooling=False");
        await connection.OpenAsync();
        for (var row = 1; row <= (table.Name == "installation" ? 1 : 4); row++)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"insert into {table.Name} ({string.Join(", ", table.Columns.Select(Quoted))}) values ({string.Join(", ", table.Columns.Select((_, i) => $"$v{i}"))})";
            for (var i = 0; i < table.Columns.Count; i++)
            {
                command.Parameters.AddWithValue($"$v{i}", Value(columns[Place(table, table.Columns[i])], table.Columns[i], table.Key.Contains(table.Columns[i]), row));
            }

            await command.ExecuteNonQueryAsync();
        }

        await using var nothing = connection.CreateCommand();
        nothing.CommandText = $"select group_concat('\"' || name || '\" = null', ', ') from pragma_table_info('{table.Name}') where \"notnull\" = 0 and pk = 0";
        if (await nothing.ExecuteScalarAsync() is string optional && table.Name != "installation")
        {
            await using var clear = connection.CreateCommand();
            clear.CommandText = $"update {table.Name} set {optional} where {Quoted(table.Key[^1])} in (select {Quoted(table.Key[^1])} from {table.Name} limit 1)";
            Assert.Equal(1, await clear.ExecuteNonQueryAsync());
        }
    }

    private static object Value(string type, string column, bool isKey, int row) => type switch
    {
        "bool" => row % 2,
        "int4" => isKey ? row : int.MaxValue - row,
        "int8" => isKey ? row : long.MinValue + row,
        "float8" => 0.1 * row * (row % 2 == 0 ? -1e-300 : 1),
        "bytea" => Enumerable.Range(0, 40).Select(i => (byte)(255 - (i * row))).ToArray(),
        _ when column == "tenant" => new[] { "acme", "Åcme", "", "zz-top" }[row - 1],
        _ when isKey => $"{(row % 2 == 0 ? "é" : "Z")}-{row}-{(char)('a' + row)}🔑",
        _ => string.Create(CultureInfo.InvariantCulture, $"{row} {{\"json\":\"\\u0000 ü 🔑\"}}\tline\r\n {new string('x', row * 500)} \\N\0 end"),
    };

    /// <summary>As PostgreSQL can keep them.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(CopyHouse house, SqliteTable table)
    {
        await using var connection = new SqliteConnection($"Data Source={house.Path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        var columns = table.Columns.Zip(table.Types, (c, t) => t == "TEXT" ? $"replace({Quoted(c)}, char(0), char(65533))" : Quoted(c));
        command.CommandText = $"select {string.Join(", ", columns)} from {table.Name}";
        await using var reader = await command.ExecuteReaderAsync();
        return CopyHouse.Rows(reader);
    }
}

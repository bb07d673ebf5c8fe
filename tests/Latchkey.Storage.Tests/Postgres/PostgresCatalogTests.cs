using System.Reflection;
using System.Text.RegularExpressions;
using Latchkey.Postgres;
using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>The tables can be spread over several machines by their tenant: nothing in the catalog or in a statement stands against it.</summary>
public sealed partial class PostgresCatalogTests(PostgresServer server) : IDisposable
{
    private readonly string _database = server.NewDatabase();

    public void Dispose() => server.Drop(_database);

    [Fact]
    public async Task Every_table_has_keys_and_every_one_of_them_starts_with_the_tenant()
    {
        var tables = await ReadAsync("select relname, '' from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace");
        var keys = await ReadAsync(
            """
            select c.relname, a.attname from pg_index x
            join pg_class c on c.oid = x.indrelid and c.relnamespace = 'public'::regnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
            where x.indisunique
            """);

        Assert.Equal(Names(tables), Names(keys));
        Assert.All(keys.Where(k => !IsUndistributed(k.Table)), k => Assert.Equal((k.Table, "tenant"), k));
        Assert.Empty(PostgresMigrations.Undistributed.Except(Names(tables)));
    }

    [Fact]
    public async Task Every_foreign_key_leads_to_the_same_tenant()
    {
        var references = await ReadAsync(
            """
            select x.conrelid::regclass::text || ' to ' || x.confrelid::regclass::text, a.attname || ' to ' || b.attname from pg_constraint x
            join pg_attribute a on a.attrelid = x.conrelid and a.attnum = x.conkey[1]
            join pg_attribute b on b.attrelid = x.confrelid and b.attnum = x.confkey[1]
            where x.contype = 'f'
            """);
        Assert.NotEmpty(references);
        Assert.All(references, r => Assert.Equal("tenant to tenant", r.Column));
    }

    [Fact]
    public async Task Every_statement_names_the_tenant_and_none_joins_across_tenants()
    {
        var tables = Names(await ReadAsync("select relname, '' from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"));
        var touched = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var (name, sql) in Statements())
        {
            var of = Tables().Matches(sql).Select(m => m.Groups[1].Value).Where(tables.Contains).ToList();
            touched.UnionWith(of);
            faults.AddRange(Faults(sql, of.Where(t => !IsUndistributed(t)).ToHashSet(), of.Count(t => !IsUndistributed(t))).Select(fault => $"{name} {fault}"));
        }

        Assert.Empty(faults);
        Assert.Equal(tables, touched.Order(StringComparer.Ordinal)); // else the search has missed a statement, or a table is of no use
    }

    [Theory]
    [InlineData("select body from inbox where id = $1", "does not name the tenant")]
    [InlineData("select i.body from inbox i join licenses l on l.email = i.id where i.tenant = $1", "joins licenses across tenants")]
    [InlineData("select tenant from inbox where id in (select id from licenses)", "reads 2 tables without saying that they are of one tenant")]
    [InlineData("select l.id from inbox i join licenses l on l.tenant = i.tenant and l.id = i.id where i.tenant = $1", null)]
    public void The_rule_finds_what_it_looks_for(string sql, string? fault)
    {
        var of = Tables().Matches(sql).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(fault, Faults(sql, [.. of], of.Count).FirstOrDefault());
    }

    /// <summary>One table may be read for all tenants, each row with its own; whatever is read or written beside it is of the same tenant.</summary>
    private static IEnumerable<string> Faults(string sql, HashSet<string> distributed, int mentions)
    {
        if (mentions > 0 && !Tenant().IsMatch(sql))
        {
            yield return "does not name the tenant";
        }

        foreach (var join in Joins().Matches(sql).Where(j => distributed.Contains(j.Groups[1].Value) && !SameTenant().IsMatch(j.Groups[2].Value)))
        {
            yield return $"joins {join.Groups[1].Value} across tenants";
        }

        if (SameTenant().Count(sql) < mentions - 1)
        {
            yield return $"reads {mentions} tables without saying that they are of one tenant";
        }
    }

    private static bool IsUndistributed(string table) => PostgresMigrations.Undistributed.Contains(table);

    private static IReadOnlyList<string> Names(IEnumerable<(string Table, string Column)> rows) => [.. rows.Select(r => r.Table).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Statements are constants, so all of them are found.</summary>
    private static IEnumerable<(string Name, string Sql)> Statements() =>
        from type in typeof(PostgresMigrations).Assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where field.IsLiteral && field.FieldType == typeof(string)
        let sql = (string)field.GetRawConstantValue()!
        where Statement().IsMatch(sql)
        select ($"{type.Name}.{field.Name}", sql);

    private async Task<List<(string Table, string Column)>> ReadAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionTo(_database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetString(0), reader.GetString(1)));
        }

        return rows;
    }

    [GeneratedRegex(@"^\s*(select|insert|update|delete|with)\b")]
    private static partial Regex Statement();

    [GeneratedRegex(@"\b(?:from|join|into|update)\s+([a-z_]+)\b")]
    private static partial Regex Tables();

    /// <summary>A join, and the condition it is made on.</summary>
    [GeneratedRegex(@"\bjoin\s+([a-z_]+)\b(.*?)(?=\b(?:left|join|where|group|order|limit|for)\b|\)|$)", RegexOptions.Singleline)]
    private static partial Regex Joins();

    [GeneratedRegex(@"\btenant\b")]
    private static partial Regex Tenant();

    /// <summary>A comparison, or rows that are written under the tenant they were read from.</summary>
    [GeneratedRegex(@"\btenant = |\)\s+select (?:[a-z]+\.)?tenant\b")]
    private static partial Regex SameTenant();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Latchkey.Postgres;

/// <summary>Numbered SQL files, embedded and append-only. Each runs in one transaction and leaves its hash. One node at a time.</summary>
internal static class PostgresMigrations
{
    /// <summary>What belongs to the whole installation, and not to one tenant.</summary>
    public static readonly IReadOnlyList<string> Undistributed = ["migrations", "installation", "ready"];

    private const string Lock = "select pg_advisory_lock(hashtextextended('latchkey migrations', 0))";
    private const string Unlock = "select pg_advisory_unlock(hashtextextended('latchkey migrations', 0))";

    private const string CreateTable = """
        create table if not exists migrations (
            number integer primary key,
            name text not null,
            hash text not null,
            applied_at bigint not null
        )
        """;

    private const string Applied = "select number, name, hash from migrations order by number";
    private const string Record = "insert into migrations (number, name, hash, applied_at) values ($1, $2, $3, $4)";

    /// <exception cref="InvalidOperationException">The database is newer than this program, or was made by another one.</exception>
    public static void Apply(NpgsqlDataSource source, TimeProvider time)
    {
        using var connection = source.OpenConnection();
        Execute(connection, Lock);
        try
        {
            Execute(connection, CreateTable);
            var known = Known();
            var applied = ReadApplied(connection);
            foreach (var (number, name, hash) in applied)
            {
                Check(known, number, name, hash);
            }

            foreach (var migration in known.Where(m => !applied.Exists(a => a.Number == m.Number)))
            {
                using var transaction = connection.BeginTransaction();
                Execute(connection, migration.Sql);
                Execute(connection, Record, migration.Number, migration.Name, migration.Hash, time.GetUtcNow().ToUnixTimeMilliseconds());
                transaction.Commit();
            }
        }
        finally
        {
            Execute(connection, Unlock);
        }
    }

    private static void Check(List<Migration> known, int number, string name, string hash)
    {
        if (known.Find(m => m.Number == number) is not { } migration)
        {
            throw new InvalidOperationException(
                $"The database has migration {number} ({name}), which this version of Latchkey does not know: it was written by a newer one. Start that one, or restore a backup from before the upgrade.");
        }

        if (migration.Hash != hash)
        {
            throw new InvalidOperationException(
                $"Migration {number} ({name}) was applied with another text than this version of Latchkey has. The database belongs to another build; start that one.");
        }
    }

    private static List<(int Number, string Name, string Hash)> ReadApplied(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Applied, connection);
        using var reader = command.ExecuteReader();
        var applied = new List<(int, string, string)>();
        while (reader.Read())
        {
            applied.Add((reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        }

        return applied;
    }

    private static void Execute(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        command.ExecuteNonQuery();
    }

    private static List<Migration> Known()
    {
        var assembly = typeof(PostgresMigrations).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            return new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name[..^4], hash, sql);
        })];
    }

    private sealed record Migration(int Number, string Name, string Hash, string Sql);
}

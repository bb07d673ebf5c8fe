using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Sqlite;

/// <summary>Numbered SQL files, embedded and append-only. Each runs in one transaction and leaves its hash.</summary>
internal static class SqliteMigrations
{
    private const string CreateTable = """
        create table if not exists migrations (
            number integer primary key,
            name text not null,
            hash text not null,
            applied_at integer not null
        ) strict
        """;

    private const string Applied = "select number, name, hash from migrations order by number";
    private const string Record = "insert into migrations (number, name, hash, applied_at) values ($1, $2, $3, $4)";

    /// <exception cref="InvalidOperationException">The database is newer than this program, or was made by another one.</exception>
    public static void Apply(SqliteSession session, TimeProvider time)
    {
        session.Execute(CreateTable);
        var known = Known();
        var applied = session.Query(Applied, r => (Number: r.GetInt32(0), Name: r.GetString(1), Hash: r.GetString(2)));
        foreach (var (number, name, hash) in applied)
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

        foreach (var migration in known.Where(m => applied.All(a => a.Number != m.Number)))
        {
            session.Execute("begin immediate");
            using (var command = session.Connection.CreateCommand())
            {
                command.CommandText = migration.Sql;
                command.ExecuteNonQuery();
            }

            session.Execute(Record, migration.Number, migration.Name, migration.Hash, time.GetUtcNow());
            session.Execute("commit");
        }
    }

    private static List<Migration> Known()
    {
        var assembly = typeof(SqliteMigrations).Assembly;
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

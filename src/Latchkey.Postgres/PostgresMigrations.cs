using System.Globalization;
using Npgsql;

namespace Latchkey.Postgres;

/// <summary>
/// Numbered SQL files, embedded and append-only. Each runs in one transaction and leaves its hash, one node at a time.
/// Nodes of older programs go on beside it, as far as it says.
/// </summary>
internal static class PostgresMigrations
{
    /// <summary>What belongs to the whole installation, and not to one tenant.</summary>
    public static readonly IReadOnlyList<string> Undistributed = ["migrations", "installation", "ready", "copies"];

    private const int Tries = 60;

    private const string Lock = "select pg_advisory_lock(hashtextextended('latchkey migrations', 0))";
    private const string Unlock = "select pg_advisory_unlock(hashtextextended('latchkey migrations', 0))";

    private const string CreateTable = """
        create table if not exists migrations (
            number integer primary key,
            name text not null,
            hash text not null,
            applied_at bigint not null
        );
        alter table migrations add column if not exists oldest integer;
        """;

    private const string Applied = "select number, name, hash, coalesce(oldest, number) from migrations order by number";
    private const string Record = "insert into migrations (number, name, hash, applied_at, oldest) values ($1, $2, $3, $4, $5)";

    /// <summary>A table that is waited for is closed to everyone who comes after: so the waiting is given up again and again, and they pass.</summary>
    private const string WaitASecond = "set local lock_timeout = '1s'";

    /// <summary>Brings the tables up to date.</summary>
    /// <exception cref="InvalidOperationException">The database is too new for this program, was made by another one, or is held by a long transaction.</exception>
    public static void Apply(NpgsqlDataSource source, TimeProvider time) => Apply(source, time, PostgresMigration.Embedded());

    /// <inheritdoc cref="Apply(NpgsqlDataSource, TimeProvider)"/>
    /// <param name="source">The database.</param>
    /// <param name="time">When it was applied.</param>
    /// <param name="known">What this program has.</param>
    public static void Apply(NpgsqlDataSource source, TimeProvider time, IReadOnlyList<PostgresMigration> known)
    {
        using var connection = source.OpenConnection();
        Execute(connection, Lock);
        try
        {
            Execute(connection, CreateTable);
            var applied = ReadApplied(connection);
            foreach (var found in applied)
            {
                Check(known, found);
            }

            foreach (var migration in known.Where(m => !applied.Exists(a => a.Number == m.Number)))
            {
                Run(connection, migration, time);
            }
        }
        finally
        {
            Execute(connection, Unlock);
        }
    }

    private static void Check(IReadOnlyList<PostgresMigration> known, AppliedMigration applied)
    {
        if (known.FirstOrDefault(m => m.Number == applied.Number) is { } migration)
        {
            if (migration.Hash != applied.Hash)
            {
                throw new InvalidOperationException(
                    $"Migration {applied.Number} ({applied.Name}) was applied with another text than this version of Latchkey has. The database belongs to another build; start that one.");
            }
        }
        else if (applied.Oldest > known[^1].Number)
        {
            throw new InvalidOperationException(
                $"The database has migration {applied.Number} ({applied.Name}), which this version of Latchkey does not know: it was written by a newer one. Start that one, or restore a backup from before the upgrade.");
        }
    }

    private static void Run(NpgsqlConnection connection, PostgresMigration migration, TimeProvider time)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var transaction = connection.BeginTransaction();
            try
            {
                Execute(connection, WaitASecond);
                Execute(connection, migration.Sql);
                Execute(connection, Record, migration.Number, migration.Name, migration.Hash, time.GetUtcNow().ToUnixTimeMilliseconds(), migration.Oldest);
                transaction.Commit();
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                // Taken back as a whole.
                if (attempt == Tries)
                {
                    throw new InvalidOperationException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Migration {migration.Number} ({migration.Name}) could not have the tables for itself within {Tries} seconds. A long transaction holds them, a replay or a dump for example: start again when it has ended."));
                }
            }
        }
    }

    private static List<AppliedMigration> ReadApplied(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Applied, connection);
        using var reader = command.ExecuteReader();
        var applied = new List<AppliedMigration>();
        while (reader.Read())
        {
            applied.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3)));
        }

        return applied;
    }

    private static void Execute(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        // Another node may be at a long migration, or this one: neither is a fault.
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        command.ExecuteNonQuery();
    }

    private sealed record AppliedMigration(int Number, string Name, string Hash, int Oldest);
}

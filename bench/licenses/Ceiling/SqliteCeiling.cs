using Microsoft.Data.Sqlite;

namespace Latchkey.Bench.StoreCeiling;

/// <summary>SQLite as Latchkey sets it: one writer, a log that is flushed at every commit, readers beside it.</summary>
internal static class SqliteCeiling
{
    private const string Pragmas = "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -131072;";

    public static async Task RunAsync(string file, int connections, int seconds)
    {
        await using var writer = Connect(file);
        using var make = Command(writer, Rows.SqliteTable);
        make.ExecuteNonQuery();
        using var insert = Rows.Bind(Command(writer, Rows.Insert));
        using var gate = new SemaphoreSlim(1);
        Insert(writer, insert, Rows.ToRead);

        await Pace.MeasureAsync("commit", connections, seconds, _ => async () =>
        {
            await gate.WaitAsync();
            try
            {
                Insert(writer, insert, 1);
            }
            finally
            {
                gate.Release();
            }
        });
        await Pace.MeasureAsync(
            "shared", 1, seconds,
            _ => () =>
            {
                Insert(writer, insert, connections);
                return Task.CompletedTask;
            },
            connections);
        await Pace.MeasureAsync("read", connections, seconds, _ => Reader(file));
    }

    private static Func<Task> Reader(string file)
    {
        var read = Rows.BindId(Command(Connect(file), Rows.Select));
        return () =>
        {
            read.Parameters[0].Value = Rows.Some();
            _ = read.ExecuteScalar() ?? throw new InvalidOperationException("The row is not there.");
            return Task.CompletedTask;
        };
    }

    private static void Insert(SqliteConnection writer, SqliteCommand insert, int rows)
    {
        using var transaction = writer.BeginTransaction(deferred: false);
        insert.Transaction = transaction;
        for (var i = 0; i < rows; i++)
        {
            insert.Parameters[0].Value = Rows.Next();
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var pragmas = Command(connection, Pragmas);
        pragmas.ExecuteNonQuery();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // constant texts
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }
}

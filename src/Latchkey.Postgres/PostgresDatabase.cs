using System.Data;
using System.Data.Common;
using Latchkey.Postgres.Copying;
using Latchkey.Postgres.Inbox;
using Latchkey.Postgres.Outbox;
using Npgsql;

namespace Latchkey.Postgres;

/// <summary>The database, its pool of connections, and its writer of receives. Any number of processes at a time.</summary>
internal sealed class PostgresDatabase : IDisposable
{
    // Both say that the work was taken back as a whole, and would go through if it were done again.
    private const string Deadlock = PostgresErrorCodes.DeadlockDetected;
    private const string Serialization = PostgresErrorCodes.SerializationFailure;
    private const int Tries = 5;

    // A node that is frozen, or cut off, in the middle of a transaction holds rows that all the others wait for. No transaction of ours
    // leaves the database waiting for so long.
    private const string IdleLimit = "idle_in_transaction_session_timeout";
    private const string IdleAtMost = "10s";

    private PostgresDatabase(NpgsqlDataSource source, PostgresStoreOptions options)
    {
        Source = source;
        Publisher = new OutboxPublisher(source);
        Receives = new PostgresWriter(this, options);
    }

    public NpgsqlDataSource Source { get; }

    public PostgresWriter Receives { get; }

    public OutboxPublisher Publisher { get; }

    /// <summary>Brings the tables up to date.</summary>
    /// <exception cref="InvalidOperationException">The database was written by a newer version, is half of a copy, or does not keep what it has confirmed.</exception>
    public static PostgresDatabase Open(PostgresStoreOptions options, TimeProvider time)
    {
        var source = new NpgsqlDataSourceBuilder(WithDefaults(options.ConnectionString)).Build();
        try
        {
            CheckDurable(source);
            PostgresMigrations.Apply(source, time);
            CopyRows.CheckFinished(source);
            return new(source, options);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Statements on one connection, each for itself.</summary>
    public async Task<T> ReadAsync<T>(Func<PostgresSession, Task<T>> read, CancellationToken ct)
    {
        await using var connection = await Source.OpenConnectionAsync(ct);
        return await read(new PostgresSession(connection));
    }

    /// <summary>All statements see the database as it is at one moment.</summary>
    public async Task<T> SnapshotAsync<T>(Func<PostgresSession, Task<T>> read, CancellationToken ct)
    {
        await using var connection = await Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        return await read(new PostgresSession(connection));
    }

    /// <summary>
    /// One transaction, durable once this returns; its messages can be read by then. It may run more than once, when it got in the way
    /// of another one. Once begun it is finished, even if the caller hangs up.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<PostgresSession, Task<T>> write, CancellationToken ct)
    {
        var (result, tenants) = await InTheWayOfNobodyAsync(() => TryWriteAsync(write, ct));
        await PublishAsync(tenants);
        return result;
    }

    /// <summary>One statement that writes, and is a transaction by itself: the same in one journey less. It tells the outbox nothing.</summary>
    public Task<T> StatementAsync<T>(Func<PostgresSession, Task<T>> write) => InTheWayOfNobodyAsync(() => ReadAsync(write, CancellationToken.None));

    public void Dispose()
    {
        Receives.Dispose();
        Source.Dispose();
    }

    /// <summary>What is asked again and again is prepared once for each connection, and nobody sits on a transaction, unless the connection string says otherwise.</summary>
    private static string WithDefaults(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.MaxAutoPrepare = builder.MaxAutoPrepare == 0 ? 200 : builder.MaxAutoPrepare;
        builder.AutoPrepareMinUsages = 2;
        builder.ApplicationName ??= "latchkey";
        builder.NoResetOnClose = true; // nothing is left on a connection that whoever takes it next could mind
        if (builder.Options?.Contains(IdleLimit, StringComparison.Ordinal) is not true)
        {
            builder.Options = $"{builder.Options} -c {IdleLimit}={IdleAtMost}".TrimStart();
        }

        return builder.ConnectionString;
    }

    /// <summary>Gumroad is told that a ping is stored once its commit returns; it is not sent again after that.</summary>
    internal static void CheckDurable(NpgsqlDataSource source)
    {
        using var command = source.CreateCommand("show synchronous_commit");
        if (command.ExecuteScalar() is "off")
        {
            throw new InvalidOperationException(
                "The database has synchronous_commit off: what it confirms may be lost when it stops. Turn it on, for this database or its user at least.");
        }
    }

    private static async Task<T> InTheWayOfNobodyAsync<T>(Func<Task<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (PostgresException e) when (attempt < Tries && e.SqlState is Deadlock or Serialization)
            {
                // Taken back as a whole; the other one goes first.
            }
        }
    }

    private async Task<(T Result, IReadOnlyCollection<string> Tenants)> TryWriteAsync<T>(Func<PostgresSession, Task<T>> write, CancellationToken ct)
    {
        await using var connection = await Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        var session = new PostgresSession(connection);
        var result = await write(session);
        await session.FlushAsync();
        await transaction.CommitAsync(CancellationToken.None);
        return (result, session.ToPublish);
    }

    private async Task PublishAsync(IEnumerable<string> tenants)
    {
        foreach (var tenant in tenants)
        {
            try
            {
                await Publisher.PublishAsync(tenant);
            }
            catch (DbException)
            {
                // What was written stands. The messages wait for the next one to publish, or for the sweep.
            }
        }
    }
}

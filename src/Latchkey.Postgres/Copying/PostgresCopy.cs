using Npgsql;

namespace Latchkey.Postgres.Copying;

/// <summary>
/// A copy of another store into this one, as many passes as it takes: each writes what differs, so each is shorter, and one that was
/// broken off is taken up by the next. One at a time.
/// </summary>
internal sealed class PostgresCopy : IAsyncDisposable
{
    // Taken by the session, and so given back with it.
    private const string Lock = "select pg_try_advisory_lock(hashtextextended('latchkey copy', 0))";

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;
    private readonly PostgresSession _session;
    private readonly TimeProvider _time;

    private PostgresCopy(NpgsqlDataSource source, NpgsqlConnection connection, TimeProvider time)
    {
        _source = source;
        _connection = connection;
        _session = new(connection);
        _time = time;
    }

    /// <summary>Makes the tables, or takes up a copy that is not finished.</summary>
    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="time">When it began and ended.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="InvalidOperationException">The database is in use, or does not keep what it has confirmed.</exception>
    public static async Task<PostgresCopy> OpenAsync(string connectionString, TimeProvider time, CancellationToken ct)
    {
        // A part of a table is compared and written as fast as the disk lets it; the time limit is for the short work of nodes.
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0, MaxAutoPrepare = 200, AutoPrepareMinUsages = 2 });
        try
        {
            PostgresDatabase.CheckDurable(source);
            PostgresMigrations.Apply(source, time);
            var copy = new PostgresCopy(source, await source.OpenConnectionAsync(ct), time);
            await copy.BeginAsync();
            return copy;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes what differs. Afterwards the tables here are what those there were at the moment of the pass.</summary>
    /// <param name="tables">All of the source's, as they are at one moment.</param>
    /// <param name="progress">Told of each part.</param>
    /// <param name="ct">Ends the pass; what was written stays for the next one.</param>
    /// <exception cref="InvalidOperationException">A table has no place here, or a value cannot be kept.</exception>
    public async Task<IReadOnlyList<CopiedTable>> PassAsync(IEnumerable<CopyTable> tables, IProgress<CopyProgress> progress, CancellationToken ct)
    {
        var targets = new List<CopyTarget>();
        foreach (var table in tables)
        {
            targets.Add(await CopyTarget.OfAsync(_session, table));
        }

        var copied = new List<CopiedTable>();
        foreach (var target in targets.OrderBy(t => t.ReferringTables.Count == 0))
        {
            copied.Add(await new CopyWriter(_connection, target, progress).WriteAsync(ct));
        }

        return [.. copied.OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>Works out what only this store has, and lets nodes start. To be called after a pass over a source that stands still.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        await _session.ExecuteAsync("analyze");
        await using var transaction = await _connection.BeginTransactionAsync(ct);
        await _session.ExecuteAsync(CopyRows.ReadyFromInbox);
        await _session.ExecuteAsync(CopyRows.ReadyFromPurchases);
        await _session.ExecuteAsync(CopyRows.Heads);
        await _session.ExecuteAsync(CopyRows.Finish, _time.GetUtcNow());
        await transaction.CommitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
    }

    private async Task BeginAsync()
    {
        if (!await _session.FirstAsync(Lock, r => r.GetBoolean(0)))
        {
            throw new InvalidOperationException("Another copy into this database is running.");
        }

        var (isBegun, isFinished, isUsed) = await _session.FirstAsync(CopyRows.State, r => (r.GetBoolean(0), r.GetBoolean(1), r.GetBoolean(2)));
        if (isFinished)
        {
            throw new InvalidOperationException("A copy into this database is finished already, and nodes may have worked on it since. To copy once more, make an empty database.");
        }

        if (isUsed && !isBegun)
        {
            throw new InvalidOperationException("This database belongs to an installation already; a copy would overwrite it. Make an empty database.");
        }

        await _session.ExecuteAsync(CopyRows.Begin, _time.GetUtcNow());
    }
}

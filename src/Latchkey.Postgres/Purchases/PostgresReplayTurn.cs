using System.Data.Common;
using Npgsql;

namespace Latchkey.Postgres.Purchases;

/// <summary>A lock of the database on a connection of its own: if the node dies, the lock goes with the connection.</summary>
internal sealed class PostgresReplayTurn : IAsyncDisposable
{
    private const string TryLock = "select pg_try_advisory_lock(hashtextextended('replay:' || $1, 0))";
    private const string Unlock = "select pg_advisory_unlock(hashtextextended('replay:' || $1, 0))";

    private readonly NpgsqlConnection _connection;
    private readonly string _tenant;

    private PostgresReplayTurn(NpgsqlConnection connection, string tenant) => (_connection, _tenant) = (connection, tenant);

    /// <returns>Null while another one has it.</returns>
    public static async Task<IAsyncDisposable?> TryBeginAsync(PostgresDatabase database, string tenant, CancellationToken ct)
    {
        var connection = await database.Source.OpenConnectionAsync(ct);
        try
        {
            if (await new PostgresSession(connection).FirstAsync(TryLock, r => r.GetBoolean(0), tenant))
            {
                return new PostgresReplayTurn(connection, tenant);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await new PostgresSession(_connection).ExecuteAsync(Unlock, _tenant);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The connection is broken, and with it the lock is gone.
        }

        await _connection.DisposeAsync();
    }
}

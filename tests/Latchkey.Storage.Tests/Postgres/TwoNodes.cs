using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>Two nodes over one database.</summary>
public abstract class TwoNodes(PostgresServer server) : StoreConformance
{
    private protected static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(60);

    private readonly string _database = server.NewDatabase();

    private protected override OpenStore Open(TimeProvider time)
    {
        var second = server.Open(_database, time, () => { });
        Second = second;
        return server.Open(_database, time, () =>
        {
            second.Close();
            server.Drop(_database);
        });
    }

    private protected OpenStore Second { get; private set; } = null!;

    private protected OpenStore[] Nodes => [Store, Second];

    private protected PostgresServer Server => server;

    /// <summary>As if the time had passed that claims last: by the database's clock, which no test moves.</summary>
    private protected Task EndClaimsAsync() => ExecuteAsync("update outbox_cursors set claimed_until = 0 where claimed_by is not null; update mails set claimed_until = 0 where claimed_by is not null");

    private protected async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionTo(_database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionTo(_database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

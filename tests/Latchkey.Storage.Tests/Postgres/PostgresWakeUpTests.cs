using Latchkey.Keys;
using Latchkey.Outbox;
using Latchkey.Postgres;
using Latchkey.Postgres.Outbox;
using Latchkey.Postgres.Tenants;
using Latchkey.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>What one node does, the other hears; and what is left lying is picked up.</summary>
public sealed class PostgresWakeUpTests(PostgresServer server) : StoreConformance
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(20);

    private readonly string _name = server.NewDatabase();

    private protected override OpenStore Open(TimeProvider time) => server.Open(_name, time, () => server.Drop(_name));

    [Fact]
    public async Task A_node_hears_of_receives_messages_and_settings_of_another_even_after_it_was_cut_off()
    {
        using var node = new Node(Connection, Installation);
        await node.Listener.StartAsync(default);
        await HeardAsync(node.Folds, () => Task.CompletedTask); // it looks for itself at first
        for (var round = 0; round < 2; round++)
        {
            await HeardAsync(node.Folds, () => ReceiveSaleAsync($"sale-{round}=="));
            await HeardAsync(node.Outbox, () => FoldAllAsync());

            var before = (await node.Tenants.FindAsync(Acme, default))!.Version;
            await Store.Tenants.SetStateAsync(Acme, TenantState.Active, default);
            while ((await node.Tenants.FindAsync(Acme, default))!.Version == before)
            {
                await node.Folds.WaitAsync(LongEnough, default);
            }

            await Directory.ReloadAsync(Acme, default);

            await CutOffAsync();
            await HeardAsync(node.Folds, () => Task.CompletedTask);
        }

        await node.Listener.StopAsync(default);
    }

    [Fact]
    public async Task Messages_whose_node_stopped_after_its_commit_are_published_by_a_sweep_in_their_order()
    {
        using var database = PostgresDatabase.Open(new PostgresStoreOptions(Connection), Time);
        foreach (var key in new[] { "one", "two", "three" })
        {
            await database.ReadAsync(s => s.ExecuteAsync(OutboxSql.Append, Acme, key, OutboxKinds.LicenseIssued, null, null, null, Time.GetUtcNow(), null), default);
        }

        Assert.Empty(await Store.Outbox.ReadAsync(Acme, 0, 10, default));
        await Task.WhenAll(database.Publisher.SweepAsync(default), database.Publisher.SweepAsync(default));
        Assert.Equal([("one", 1), ("two", 2), ("three", 3)], (await Store.Outbox.ReadAsync(Acme, 0, 10, default)).Select(m => (m.Key, (int)m.Position)));
    }

    private string Connection => server.ConnectionTo(_name);

    /// <summary>The signal is heard, sooner or later, after something was done. It may also be heard for another reason.</summary>
    private static async Task HeardAsync(Signal signal, Func<Task> doing)
    {
        var heard = Task.Run(() => signal.WaitAsync(LongEnough, default));
        await doing();
        await heard.WaitAsync(LongEnough / 2);
    }

    private async Task CutOffAsync()
    {
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()", connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Node : IDisposable
    {
        private readonly PostgresDatabase _database;

        public Node(string connection, Installation installation)
        {
            _database = PostgresDatabase.Open(new PostgresStoreOptions(connection), TimeProvider.System);
            Tenants = new(new PostgresTenantStore(_database, TimeProvider.System), installation);
            Listener = new(_database, Tenants, Folds, Outbox, TimeProvider.System, NullLogger<PostgresListener>.Instance);
        }

        public FoldSignal Folds { get; } = new(TimeProvider.System);

        public OutboxSignal Outbox { get; } = new(TimeProvider.System);

        public TenantDirectory Tenants { get; }

        public PostgresListener Listener { get; }

        public void Dispose()
        {
            Listener.Dispose();
            _database.Dispose();
        }
    }
}

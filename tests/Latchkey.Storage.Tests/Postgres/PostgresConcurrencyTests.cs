using System.Collections.Concurrent;
using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Postgres;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>What two nodes do at the same time is done once.</summary>
public sealed class PostgresConcurrencyTests(PostgresServer server) : TwoNodes(server)
{
    [Fact]
    public async Task Of_two_hundred_activations_at_two_nodes_exactly_as_many_are_let_in_as_the_limit_allows()
    {
        await ReceiveSaleAsync("sale-1==");
        await FoldAllAsync();
        var license = (await Store.Licenses.ListAsync(Acme, new(), null, 1, default)).Single();
        var now = Time.GetUtcNow();
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => Nodes[i % 2].Licenses.DecideAsync(
            Acme, license.Id, $"device-{i}", null, now, s => SlotRules.Activate(s, Device.Of($"device-{i}", null, null, null), license.Generation, now), default))));

        Assert.Equal(3, verdicts.Count(v => v.Result == SlotResult.Created));
        Assert.Equal(197, verdicts.Count(v => v.Result == SlotResult.Full));
        Assert.Equal(3, (await Second.Licenses.LiveCountsAsync(Acme, [license.Id], default))[license.Id]);
        Assert.Equal(3, (await Second.Outbox.ReadAsync(Acme, 0, 1_000, default)).Count(m => m.Kind == OutboxKinds.ActivationCreated));
    }

    [Fact]
    public async Task Two_nodes_fold_each_of_two_thousand_purchases_once_and_the_outbox_stays_dense_and_in_order()
    {
        const int sales = 1_000;
        foreach (var some in Enumerable.Range(0, sales).Chunk(250))
        {
            await Task.WhenAll(some.SelectMany(i => new[] { Acme, Other }.Select(tenant => ReceiveSaleAsync($"sale-{i}==", tenant, $"buyer-{i}@example.org"))));
        }

        var folds = new ConcurrentDictionary<(string Tenant, string Purchase), int>();
        var folding = Nodes.Select(node => Task.Run(() => FoldEverythingAsync(node, folds))).ToList();
        var read = await Task.WhenAll(new[] { Acme, Other }.Select(tenant => Task.Run(() => FollowAsync(tenant, Task.WhenAll(folding)))));

        Assert.Equal(2 * sales, folds.Count);
        Assert.All(folds, f => Assert.Equal(1, f.Value));
        foreach (var (tenant, followed) in new[] { Acme, Other }.Zip(read))
        {
            var messages = await Second.Outbox.ReadAsync(tenant, 0, int.MaxValue, default);
            Assert.Equal(Enumerable.Range(1, messages.Count).Select(i => (long)i), messages.Select(m => m.Position));
            Assert.Equal(messages.Select(m => m.Key), followed);
            Assert.Equal(sales, messages.Count(m => m.Kind == OutboxKinds.LicenseIssued));
            Assert.Equal(sales, (await Store.Licenses.ListAsync(tenant, new(), null, int.MaxValue, default)).Count);
        }
    }

    [Fact]
    public async Task While_one_node_replays_a_tenant_the_other_is_refused()
    {
        await using (var turn = await Store.Purchases.TryBeginReplayAsync(Acme, default))
        {
            Assert.NotNull(turn);
            Assert.Null(await Second.Purchases.TryBeginReplayAsync(Acme, default));
        }

        await using var next = await Second.Purchases.TryBeginReplayAsync(Acme, default);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Of_many_changes_of_the_rules_that_expect_the_same_version_one_is_made()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Nodes[i % 2].Tenants.PutRulesAsync(Acme, [], 1, default))));
        Assert.Equal([2], made.OfType<int>());
        Assert.Equal(2, (await Store.Tenants.FindAsync(Acme, default))!.Version);
    }

    [Fact]
    public async Task Nodes_that_start_together_migrate_once()
    {
        var empty = Server.NewEmptyDatabase();
        try
        {
            var options = new PostgresStoreOptions(Server.ConnectionTo(empty));
            var nodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresDatabase.Open(options, Time))));
            var applied = await nodes[0].ReadAsync(s => s.QueryAsync("select number from migrations order by number", r => r.GetInt32(0)), default);
            Assert.Equal(Enumerable.Range(1, applied.Count), applied);
            Assert.NotEmpty(applied);
            Array.ForEach(nodes, n => n.Dispose());
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            Server.Drop(empty);
        }
    }

    private async Task FoldEverythingAsync(OpenStore node, ConcurrentDictionary<(string Tenant, string Purchase), int> folds)
    {
        var folder = new CountingFolder(new Folder(new TenantDirectory(node.Tenants, Installation), Installation, Time), folds);
        while (await AnyWaitsAsync(node))
        {
            await node.Purchases.FoldDueAsync(folder, 100, default);
        }
    }

    private static async Task<bool> AnyWaitsAsync(OpenStore node) =>
        (await node.Inbox.ListAsync(Acme, EntryStatus.Received, null, 1, default)).Count > 0
        || (await node.Inbox.ListAsync(Other, EntryStatus.Received, null, 1, default)).Count > 0;

    /// <summary>Reads a tenant's outbox on while it is written, as streams do, and returns what it was handed.</summary>
    private async Task<List<string>> FollowAsync(string tenant, Task until)
    {
        var keys = new List<string>();
        var last = 0L;
        while (true)
        {
            var ended = until.IsCompleted;
            var some = await Second.Outbox.ReadAsync(tenant, last, 50, default);
            keys.AddRange(some.Select(m => m.Key));
            if (some is [.., var latest])
            {
                last = latest.Position;
            }
            else if (ended)
            {
                await until;
                return keys;
            }
        }
    }
}

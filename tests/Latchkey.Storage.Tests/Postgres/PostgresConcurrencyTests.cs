using System.Collections.Concurrent;
using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Mail;
using Latchkey.Outbox;
using Latchkey.Postgres;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>Two nodes over one database.</summary>
public sealed class PostgresConcurrencyTests(PostgresServer server) : StoreConformance
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(60);

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

    private OpenStore Second { get; set; } = null!;

    private OpenStore[] Nodes => [Store, Second];

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
    public async Task Two_mail_workers_send_each_mail_once()
    {
        const int sales = 100;
        await Task.WhenAll(Enumerable.Range(0, sales).Select(i => ReceiveSaleAsync($"sale-{i}==", email: $"buyer-{i}@example.org")));
        await FoldAllAsync();
        var post = new Post(sales);
        var workers = Nodes.Select(n => new KeyMailer(
            n.Mails, n.Licenses, new TenantDirectory(n.Tenants, Installation), post, new OutboxSignal(Time), Time, NullLogger<KeyMailer>.Instance)).ToList();
        await Task.WhenAll(workers.Select(w => w.StartAsync(default)));
        await post.AllSent.WaitAsync(LongEnough);
        await Task.WhenAll(workers.Select(w => w.StopAsync(default)));
        workers.ForEach(w => w.Dispose());

        Assert.Equal(Enumerable.Range(0, sales).Select(i => $"buyer-{i}@example.org").Order(), post.Sent.Order());
        Assert.Equal(sales, (await Store.Mails.ListAsync(Acme, MailState.Sent, null, 1_000, default)).Count);
        Assert.Empty(await Store.Mails.ListAsync(Acme, MailState.Waiting, null, 1_000, default));
    }

    [Fact]
    public async Task A_mail_whose_node_is_gone_is_sent_by_another_and_what_the_first_says_later_does_not_count()
    {
        var mail = new OwedMail(Acme, "mail_1", "lic_1", MailTemplates.LicenseKey, MailState.Waiting, 0, Time.GetUtcNow(), null, Time.GetUtcNow(), null);
        await Store.Mails.OweAsync(mail, default);
        Assert.Single(await Store.Mails.DueAsync(Time.GetUtcNow(), 10, default));
        Assert.Empty(await Second.Mails.DueAsync(Time.GetUtcNow(), 10, default));

        Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Single(await Second.Mails.DueAsync(Time.GetUtcNow(), 10, default));
        await Store.Mails.UpdateAsync(mail with { State = MailState.Failed }, default);
        var sent = mail with { State = MailState.Sent, Attempts = 1, SentAt = Time.GetUtcNow() };
        await Second.Mails.UpdateAsync(sent, default);
        await Store.Mails.UpdateAsync(mail with { Attempts = 1 }, default);
        Assert.Equal([sent], await Store.Mails.ListAsync(Acme, null, null, 10, default));
    }

    [Fact]
    public async Task A_node_that_stops_gives_back_the_mails_it_has_not_sent()
    {
        await Store.Mails.OweAsync(
            new OwedMail(Acme, "mail_1", "lic_1", MailTemplates.LicenseKey, MailState.Waiting, 0, Time.GetUtcNow(), null, Time.GetUtcNow(), null), default);
        Assert.Single(await Store.Mails.DueAsync(Time.GetUtcNow(), 10, default));
        await ((IAsyncDisposable)Store.Mails).DisposeAsync();
        Assert.Single(await Second.Mails.DueAsync(Time.GetUtcNow(), 10, default));
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
        var empty = server.NewEmptyDatabase();
        try
        {
            var options = new PostgresStoreOptions(server.ConnectionTo(empty));
            var nodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresDatabase.Open(options, Time))));
            var applied = await nodes[0].ReadAsync(s => s.QueryAsync("select number from migrations order by number", r => r.GetInt32(0)), default);
            Assert.Equal(Enumerable.Range(1, applied.Count), applied);
            Assert.NotEmpty(applied);
            Array.ForEach(nodes, n => n.Dispose());
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            server.Drop(empty);
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

    private sealed class Post(int expected) : IMailTransport
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Sent { get; } = [];

        public Task AllSent => _all.Task;

        public bool IsSet => true;

        public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
        {
            await Task.Yield();
            Sent.Enqueue(mail.To);
            if (Sent.Count >= expected)
            {
                _all.TrySetResult();
            }
        }
    }
}

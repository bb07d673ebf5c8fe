using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Postgres;
using Latchkey.Postgres.Inbox;
using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresWriterTests(PostgresServer server) : IDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(20);

    private readonly string _name = server.NewDatabase();

    public void Dispose() => server.Drop(_name);

    [Fact]
    public async Task While_the_commit_hangs_no_receipt_comes_and_then_the_store_is_busy()
    {
        using var database = Open(o => o with { ReceiveCommits = 1, ReceiveTimeout = TimeSpan.FromMilliseconds(300) });
        var held = await HoldInboxAsync();
        var inCommit = database.Receives.ReceiveAsync(AnEntry("one"));
        await UntilWaitingAsync(1);
        var queued = database.Receives.ReceiveAsync(AnEntry("two"));
        await Assert.ThrowsAsync<StoreBusyException>(() => inCommit.WaitAsync(LongEnough));
        await Assert.ThrowsAsync<StoreBusyException>(() => queued.WaitAsync(LongEnough));

        await held.DisposeAsync();

        // What was in the hanging commit became durable after all, so its repeat counts as one; what had only waited was withdrawn.
        Assert.True((await database.Receives.ReceiveAsync(AnEntry("one"))).Duplicate);
        Assert.False((await database.Receives.ReceiveAsync(AnEntry("two"))).Duplicate);
    }

    [Fact]
    public async Task Whoever_waits_shares_a_commit()
    {
        using var database = Open();
        var held = await HoldInboxAsync();
        var receives = Enumerable.Range(0, 2).Select(i => database.Receives.ReceiveAsync(AnEntry($"first {i}"))).ToList();
        receives.AddRange(Enumerable.Range(0, 300).Select(i => database.Receives.ReceiveAsync(AnEntry($"{i}"))));
        await held.DisposeAsync();
        Assert.All(await Task.WhenAll(receives), r => Assert.False(r.Duplicate));

        // Each commit leaves one row for its tenant.
        Assert.InRange(await CountAsync(database, "select count(*) from ready"), 1, 4);
    }

    [Fact]
    public async Task With_a_batch_of_one_each_receive_has_a_commit_of_its_own()
    {
        using var database = Open(o => o with { ReceiveBatch = 1 });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => database.Receives.ReceiveAsync(AnEntry($"{i}"))));
        Assert.Equal(20, await CountAsync(database, "select count(*) from ready"));
    }

    [Fact]
    public async Task Repeats_that_share_a_commit_with_what_they_repeat_count_as_repeats()
    {
        using var database = Open(o => o with { ReceiveCommits = 1 });
        var held = await HoldInboxAsync();
        var first = database.Receives.ReceiveAsync(AnEntry("first"));
        await UntilWaitingAsync(1);
        var receives = Enumerable.Range(0, 30).Select(i => database.Receives.ReceiveAsync(AnEntry($"{i % 3}", i % 2 == 0 ? "acme" : "other"))).ToList();
        await held.DisposeAsync();
        await first;
        var receipts = await Task.WhenAll(receives);

        Assert.Equal(6, receipts.Count(r => !r.Duplicate));
        Assert.Equal(6, receipts.Select(r => r.Id).Distinct().Count());
        Assert.Equal(24, await CountAsync(database, "select sum(repeats) from inbox"));
    }

    [Fact]
    public async Task An_entry_that_cannot_be_stored_does_not_keep_out_the_others_of_its_commit()
    {
        using var database = Open(o => o with { ReceiveCommits = 1 });
        var there = AnEntry("there");
        await database.Receives.ReceiveAsync(there);
        var held = await HoldInboxAsync();
        var first = database.Receives.ReceiveAsync(AnEntry("first"));
        await UntilWaitingAsync(1);
        var good = Enumerable.Range(0, 10).Select(i => database.Receives.ReceiveAsync(AnEntry($"{i}"))).ToList();
        var bad = database.Receives.ReceiveAsync(AnEntry("same name, other content") with { Id = there.Id });
        await held.DisposeAsync();

        await Assert.ThrowsAsync<StoreBusyException>(() => bad);
        await first;
        Assert.All(await Task.WhenAll(good), r => Assert.False(r.Duplicate));
        Assert.Equal(12, await CountAsync(database, "select count(*) from inbox"));
    }

    [Fact]
    public async Task Characters_that_the_database_cannot_keep_are_replaced()
    {
        using var database = Open();
        var entry = AnEntry("odd") with { ContentType = "text/\0plain", ResourceHint = "half \uD800 of a pair 🔑" };
        await database.Receives.ReceiveAsync(entry);
        var stored = (await database.ReadAsync(s => s.FirstAsync(InboxSql.Find, InboxRows.Read, "acme", entry.Id), default))!;
        Assert.Equal(("text/\uFFFDplain", "half \uFFFD of a pair 🔑"), (stored.ContentType, stored.ResourceHint));
    }

    [Fact]
    public async Task Too_many_waiting_receives_are_refused_at_once()
    {
        using var database = Open(o => o with { ReceiveCommits = 1, MaxWaitingReceives = 5, MaxWaitingBytes = 1000 });
        await Assert.ThrowsAsync<StoreBusyException>(() => database.Receives.ReceiveAsync(AnEntry("big") with { SealedBody = new byte[1001] }));
        var held = await HoldInboxAsync();
        var first = database.Receives.ReceiveAsync(AnEntry("first"));
        await UntilWaitingAsync(1);
        var waiting = Enumerable.Range(0, 5).Select(i => database.Receives.ReceiveAsync(AnEntry($"{i}"))).ToList();
        await Assert.ThrowsAsync<StoreBusyException>(() => database.Receives.ReceiveAsync(AnEntry("one too many")));
        await held.DisposeAsync();
        await first;
        Assert.Equal(5, (await Task.WhenAll(waiting)).Length);
    }

    [Fact]
    public async Task When_the_database_ends_all_connections_whoever_waits_is_told_and_the_next_receives_work()
    {
        using var database = Open();
        var held = await HoldInboxAsync();
        var waiting = database.Receives.ReceiveAsync(AnEntry("one"));
        await UntilWaitingAsync(1);
        await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'latchkey' and datname = current_database()");
        await Assert.ThrowsAsync<StoreBusyException>(() => waiting.WaitAsync(LongEnough));
        await held.DisposeAsync();
        Assert.False((await database.Receives.ReceiveAsync(AnEntry("one"))).Duplicate);
    }

    [Fact]
    public async Task What_waits_is_stored_before_the_store_closes()
    {
        Task<Receipt>[] receives;
        using (var database = Open())
        {
            receives = [.. Enumerable.Range(0, 200).Select(i => database.Receives.ReceiveAsync(AnEntry($"{i}")))];
        }

        Assert.Equal(200, (await Task.WhenAll(receives)).Length);
    }

    [Fact]
    public async Task A_database_that_may_lose_what_it_has_confirmed_is_refused()
    {
        await ExecuteAsync($"alter database {_name} set synchronous_commit = off");
        Assert.Contains("synchronous_commit", Assert.Throws<InvalidOperationException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_with_another_text_and_a_newer_one_are_refused()
    {
        await ExecuteAsync("update migrations set hash = 'other' where number = 1");
        Assert.Contains("0001_first", Assert.Throws<InvalidOperationException>(() => Open()).Message, StringComparison.Ordinal);
        await ExecuteAsync("insert into migrations (number, name, hash, applied_at) values (9999, '9999_future', 'x', 0); delete from migrations where number = 1");
        Assert.Contains("newer", Assert.Throws<InvalidOperationException>(() => Open()).Message, StringComparison.Ordinal);
    }

    private static Entry AnEntry(string about, string tenant = "acme")
    {
        var now = TimeProvider.System.GetUtcNow();
        return new(tenant, Ids.New("png_", now), EntrySource.Ping, now, now, now, 0, Ids.HashOf(about), null, null, [1]);
    }

    private static Task<long> CountAsync(PostgresDatabase database, string sql) => database.ReadAsync(s => s.FirstAsync(sql, r => r.Long(0)), default);

    private PostgresDatabase Open(Func<PostgresStoreOptions, PostgresStoreOptions>? change = null)
    {
        var options = new PostgresStoreOptions(server.ConnectionTo(_name));
        return PostgresDatabase.Open(change is null ? options : change(options), TimeProvider.System);
    }

    /// <summary>Nobody can write to the inbox until the answer is disposed.</summary>
    private async Task<IAsyncDisposable> HoldInboxAsync()
    {
        var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand("begin; lock table inbox in share mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Returns when so many wait for the inbox.</summary>
    private async Task UntilWaitingAsync(int count)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(
            "select count(*) from pg_locks where not granted and relation = 'inbox'::regclass and database = (select oid from pg_database where datname = current_database())",
            connection);
        using var patience = new CancellationTokenSource(LongEnough);
        while ((long)(await command.ExecuteScalarAsync(patience.Token))! < count)
        {
            await Task.Yield();
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionTo(_name)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}

using System.Diagnostics;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Sqlite;
using Latchkey.Sqlite.Inbox;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteWriterTests : IDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(10);

    private readonly string _path = SqliteFiles.NewPath();
    private readonly ManualResetEventSlim _mayCommit = new(true);
    private readonly SemaphoreSlim _reachedCommit = new(0);

    public void Dispose()
    {
        _mayCommit.Dispose();
        _reachedCommit.Dispose();
        SqliteFiles.Delete(_path);
    }

    [Fact]
    public async Task While_the_commit_hangs_no_receipt_comes_and_after_three_seconds_the_store_is_busy()
    {
        using var database = Open();
        _mayCommit.Reset();
        var started = Stopwatch.GetTimestamp();
        var inCommit = database.Writer.ReceiveAsync(AnEntry("one"));
        await _reachedCommit.WaitAsync();
        var queued = database.Writer.ReceiveAsync(AnEntry("two"));
        Assert.False(inCommit.IsCompleted || queued.IsCompleted);

        await Assert.ThrowsAsync<StoreBusyException>(() => inCommit.WaitAsync(LongEnough));
        await Assert.ThrowsAsync<StoreBusyException>(() => queued.WaitAsync(LongEnough));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(4));

        _mayCommit.Set();
        var third = await database.Writer.ReceiveAsync(AnEntry("three"));
        Assert.False(third.Duplicate);

        // What was in the hanging commit became durable after all, so its repeat counts as one; what had only waited was withdrawn.
        Assert.True((await database.Writer.ReceiveAsync(AnEntry("one"))).Duplicate);
        Assert.False((await database.Writer.ReceiveAsync(AnEntry("two"))).Duplicate);
    }

    [Fact]
    public async Task A_commit_that_fails_gives_nobody_a_receipt_and_the_next_round_works()
    {
        var fail = true;
        using var database = SqliteDatabase.Open(
            new SqliteStoreOptions(_path) { BeforeCommit = () => _ = Volatile.Read(ref fail) ? throw new IOException("disk") : 0 }, TimeProvider.System);
        await Assert.ThrowsAsync<StoreBusyException>(() => database.Writer.ReceiveAsync(AnEntry("one")));
        await Assert.ThrowsAsync<IOException>(() => database.Writer.RunAsync(_ => 1, default));

        Volatile.Write(ref fail, false);
        Assert.False((await database.Writer.ReceiveAsync(AnEntry("one"))).Duplicate);
    }

    [Fact]
    public async Task Whoever_waits_shares_a_commit()
    {
        using var database = Open();
        await HoldWriterAsync(database);
        var receives = Enumerable.Range(0, 100).Select(i => database.Writer.ReceiveAsync(AnEntry($"{i}"))).ToList();
        var works = Enumerable.Range(0, 20).Select(i => database.Writer.RunAsync(_ => i, default)).ToList();
        var before = database.Writer.Commits;
        _mayCommit.Set();
        await Task.WhenAll(receives);
        await Task.WhenAll(works);

        Assert.InRange(database.Writer.Commits - before, 1, 3);
    }

    [Fact]
    public async Task With_a_batch_of_one_each_receive_has_a_commit_of_its_own()
    {
        using var database = Open(receiveBatch: 1);
        await HoldWriterAsync(database);
        var before = database.Writer.Commits;
        var receives = Enumerable.Range(0, 20).Select(i => database.Writer.ReceiveAsync(AnEntry($"{i}"))).ToList();
        _mayCommit.Set();
        await Task.WhenAll(receives);

        Assert.InRange(database.Writer.Commits - before, 20, 22);
    }

    [Fact]
    public async Task Receives_go_before_work_that_waited_longer()
    {
        using var database = Open();
        await HoldWriterAsync(database);
        var work = database.Writer.RunAsync(
            s => s.First(InboxSql.Find, r => r.GetString(1), "acme", "png_first") ?? "not yet", default);
        var receive = database.Writer.ReceiveAsync(AnEntry("one") with { Id = "png_first" });
        _mayCommit.Set();

        Assert.Equal("png_first", await work);
        Assert.Equal("png_first", (await receive).Id);
    }

    [Fact]
    public async Task Too_many_waiting_receives_are_refused_at_once()
    {
        using var database = SqliteDatabase.Open(
            new SqliteStoreOptions(_path) { BeforeCommit = ReachCommit, MaxWaitingReceives = 5, MaxWaitingBytes = 1000 }, TimeProvider.System);
        await HoldWriterAsync(database);
        await Assert.ThrowsAsync<StoreBusyException>(() => database.Writer.ReceiveAsync(AnEntry("big") with { SealedBody = new byte[1001] }));
        var waiting = Enumerable.Range(0, 5).Select(i => database.Writer.ReceiveAsync(AnEntry($"{i}"))).ToList();
        await Assert.ThrowsAsync<StoreBusyException>(() => database.Writer.ReceiveAsync(AnEntry("one too many")));
        _mayCommit.Set();
        Assert.Equal(5, (await Task.WhenAll(waiting)).Length);
    }

    [Fact]
    public async Task Work_that_throws_is_taken_back_alone()
    {
        using var database = Open();
        await HoldWriterAsync(database);
        var kept = AnEntry("good");
        var good = database.Writer.RunAsync(s => InboxRows.AppendOnce(s, kept), default);
        var bad = database.Writer.RunAsync<string>(
            s =>
            {
                InboxRows.AppendOnce(s, AnEntry("bad"));
                throw new InvalidOperationException("no");
            },
            default);
        _mayCommit.Set();
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await good;

        Assert.NotNull(await database.Readers.ReadAsync(s => s.First(InboxSql.Find, r => r.GetString(1), "acme", kept.Id), default));
        Assert.False((await database.Writer.ReceiveAsync(AnEntry("bad"))).Duplicate);
    }

    [Fact]
    public async Task The_log_is_kept_short_beside_the_writer_and_nothing_is_lost()
    {
        const int longLog = 64;
        const int receives = 4_000;
        using (var database = SqliteDatabase.Open(new SqliteStoreOptions(_path) { LongLogPages = longLog }, TimeProvider.System))
        {
            for (var i = 0; i < receives; i += 100)
            {
                await Task.WhenAll(Enumerable.Range(i, 100).Select(n => database.Writer.ReceiveAsync(AnEntry($"{n}", new byte[1_000]))));
            }

            var log = new FileInfo(_path + "-wal").Length / 4096;
            var pages = await database.Readers.ReadAsync(s => s.First("pragma page_count", r => r.GetInt64(0)), default);
            Assert.InRange(log, 1, pages / 2);
        }

        using var again = Open();
        Assert.Equal(receives, await again.Readers.ReadAsync(s => s.First("select count(*) from inbox", r => r.GetInt64(0)), default));
        Assert.Equal("ok", await again.Readers.ReadAsync(s => s.First("pragma integrity_check", r => r.GetString(0)), default));
    }

    [Fact]
    public async Task While_receives_pour_in_other_work_goes_on_and_while_work_waits_so_do_receives()
    {
        using var database = Open();
        using var stop = new CancellationTokenSource();
        var received = 0;
        var senders = Enumerable.Range(0, 16).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await database.Writer.ReceiveAsync(AnEntry($"{sender}-{i}"));
                Interlocked.Increment(ref received);
            }
        })).ToList();

        for (var i = 0; i < 20; i++)
        {
            var before = Volatile.Read(ref received);
            Assert.Equal(i, await database.Writer.RunAsync(_ => i, default).WaitAsync(LongEnough));
            while (Volatile.Read(ref received) == before)
            {
                await Task.Yield();
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(senders);
    }

    [Fact]
    public async Task The_live_connection_is_durable()
    {
        using var database = Open();
        var pragmas = await database.Writer.ReadPragmasAsync();
        Assert.Equal(("wal", "full"), (pragmas["journal_mode"], pragmas["synchronous"]));
    }

    private static Entry AnEntry(string about, byte[]? body = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new("acme", Ids.New("png_", now), EntrySource.Ping, now, now, now, 0, Ids.HashOf(about), null, null, body ?? [1]);
    }

    private SqliteDatabase Open(int receiveBatch = 512) =>
        SqliteDatabase.Open(new SqliteStoreOptions(_path, receiveBatch) { BeforeCommit = ReachCommit }, TimeProvider.System);

    private void ReachCommit()
    {
        _reachedCommit.Release();
        _mayCommit.Wait(2 * LongEnough); // a test that fails must not hang
    }

    /// <summary>Stops the writer in a commit, so that what comes next waits together.</summary>
    private async Task HoldWriterAsync(SqliteDatabase database)
    {
        _mayCommit.Reset();
        _ = database.Writer.RunAsync(_ => 0, default);
        await _reachedCommit.WaitAsync();
    }
}

using System.Diagnostics;
using Latchkey.Sqlite.Inbox;
using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite;

/// <summary>
/// The one way to write. One thread owns the only write connection; whoever waits shares a commit with all others that wait.
/// Receives go first in every round, so that an answer to Gumroad never waits behind other work for longer than a slice of it.
/// </summary>
internal sealed partial class SqliteWriter : IDisposable
{
    private static readonly TimeSpan IdleBeforeCheckpoint = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GatherAtMost = TimeSpan.FromMilliseconds(1);

    private readonly SqliteSession _session;
    private readonly ReceiveStatement _receive;
    private readonly SqliteStoreOptions _options;
    private readonly object _gate = new(); // a monitor: the writer waits on it
    private readonly Queue<WriteWork> _work = new();
    private readonly Thread _thread;
    private readonly ITimer _watchdog;
    private bool _stopping;
    private long _commits;

    /// <param name="checkpoints">A second connection, which only moves the log.</param>
    public SqliteWriter(SqliteSession session, SqliteSession checkpoints, SqliteStoreOptions options)
    {
        _session = session;
        _checkpointer = new SqliteCheckpointer(checkpoints, options.LongLogPages);
        _receive = new ReceiveStatement(session.Connection);
        _options = options;
        _thread = new Thread(Loop) { IsBackground = true, Name = "latchkey sqlite writer" };
        _thread.Start();

        // A disk hangs in real time, whatever clock the rest of the program goes by.
        var every = _options.ReceiveTimeout / 30;
        _watchdog = TimeProvider.System.CreateTimer(_ => AnswerOverdue(), null, every, every);
    }

    /// <summary>How many commits there have been since the start.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Runs on the writer's thread, and returns once it is durable. One that throws is taken back alone.</summary>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken ct)
    {
        var item = new WriteWork<T>(work, ct);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _work.Enqueue(item);
            Monitor.Pulse(_gate);
        }

        return item.Task;
    }

    public async Task RunAsync(Action<SqliteSession> work, CancellationToken ct) => await RunAsync(
        session =>
        {
            work(session);
            return true;
        },
        ct);

    /// <summary>The settings that durability rests on, as they are on the live connection.</summary>
    public Task<IReadOnlyDictionary<string, string>> ReadPragmasAsync() => RunAsync<IReadOnlyDictionary<string, string>>(
        session => new Dictionary<string, string>
        {
            ["journal_mode"] = session.First("pragma journal_mode", r => r.GetString(0))!,
            ["synchronous"] = session.First("pragma synchronous", r => r.GetInt64(0)) == 2 ? "full" : "not full",
        },
        CancellationToken.None);

    /// <summary>Finishes what waits, then stops.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _watchdog.Dispose();
        _checkpointer.Dispose();
        _receive.Dispose();
        _session.Dispose();
    }

    private void Loop()
    {
        var work = new List<WriteWork>();
        while (WaitForWork())
        {
            work.Clear();
            try
            {
                Round(work);
                Interlocked.Increment(ref _commits);
                CompleteReceives();
                work.ForEach(w => w.Complete());
            }
            catch (Exception e)
            {
                // Nothing of this round is durable, and everybody in it is told so; the next round begins afresh.
                RollBack();
                FailReceives(e);
                work.ForEach(w => w.Fail(e));
            }

            KeepLogShort();
        }

        Checkpoint();
    }

    private void Round(List<WriteWork> work)
    {
        _session.Execute("begin immediate");
        TakeReceives();
        WriteReceives();
        var started = Stopwatch.GetTimestamp();
        while (NextWork(work.Count, started) is { } item)
        {
            work.Add(item);
            RunApart(item, alone: _inCommit.Count == 0 && work.Count == 1);
        }

        RestAfter(work.Count, started);
        _options.BeforeCommit?.Invoke();
        _session.Execute("commit");
    }

    /// <summary>So that one that throws is taken back alone. What has the transaction to itself so far needs no savepoint, which costs a copy of each page.</summary>
    private void RunApart(WriteWork item, bool alone)
    {
        if (!alone)
        {
            _session.Execute("savepoint work");
        }

        if (!item.Run(_session))
        {
            _session.Execute(alone ? "rollback" : "rollback to work");
            if (alone)
            {
                _session.Execute("begin immediate");
            }
        }

        if (!alone)
        {
            _session.Execute("release work");
        }
    }

    /// <summary>As long as the slice lasts and no receive waits; while receives pour in, a tenth of a slice at a time, with rests between.</summary>
    private WriteWork? NextWork(int taken, long started)
    {
        lock (_gate)
        {
            while (taken == 0 ? !WorkRests : _receives.Count == 0 && Stopwatch.GetElapsedTime(started) < SliceNow)
            {
                if (!_work.TryDequeue(out var item))
                {
                    return null;
                }

                if (item.IsWanted)
                {
                    return item;
                }
            }

            return null;
        }
    }

    /// <returns>False when there is nothing left to do and the writer is to stop.</returns>
    private bool WaitForWork()
    {
        var checkpointed = false;
        while (true)
        {
            lock (_gate)
            {
                while (_receives.Count == 0 && _work.Count == 0)
                {
                    if (_stopping)
                    {
                        return false;
                    }

                    if (!Monitor.Wait(_gate, checkpointed ? Timeout.InfiniteTimeSpan : IdleBeforeCheckpoint))
                    {
                        break;
                    }
                }

                if (_receives.Count > 0 || _work.Count > 0)
                {
                    Gather();
                    return true;
                }
            }

            Checkpoint();
            checkpointed = true;
        }
    }

    private void RollBack()
    {
        try
        {
            if (SQLitePCL.raw.sqlite3_get_autocommit(_session.Connection.Handle) == 0)
            {
                _session.Execute("rollback");
            }
        }
        catch (SqliteException)
        {
            // The next "begin" reports what is wrong with the database, to those who then wait.
        }
    }
}

using System.Diagnostics;
using Latchkey.Inbox;
using Npgsql;

namespace Latchkey.Postgres.Inbox;

/// <summary>
/// Stores receives. Whoever waits shares a commit with all others that wait, which costs the less the more they are: so another commit
/// is begun beside the one under way only when many wait already.
/// </summary>
internal sealed class PostgresWriter : IDisposable
{
    private const int MaxBatchBytes = 8 * 1024 * 1024;

    private readonly PostgresDatabase _database;
    private readonly PostgresStoreOptions _options;
    private readonly FoldCalls _calls;
    private readonly Lock _gate = new();
    private readonly Queue<PendingReceive> _waiting = new();
    private readonly HashSet<PendingReceive> _inCommit = [];
    private readonly List<Task> _commits = [];
    private readonly ITimer _watchdog;
    private long _waitingBytes;
    private int _running;
    private bool _stopping;

    public PostgresWriter(PostgresDatabase database, PostgresStoreOptions options)
    {
        _database = database;
        _options = options;
        _calls = new FoldCalls(database);

        // A database hangs in real time, whatever clock the rest of the program goes by.
        var every = options.ReceiveTimeout / 30;
        _watchdog = TimeProvider.System.CreateTimer(_ => AnswerOverdue(), null, every, every);
    }

    /// <summary>Stores an entry durably.</summary>
    /// <exception cref="StoreBusyException">Too much waits already, or it could not be stored in time.</exception>
    public Task<Receipt> ReceiveAsync(Entry entry)
    {
        var receive = new PendingReceive(entry, Stopwatch.GetTimestamp());
        lock (_gate)
        {
            if (_stopping || _waiting.Count >= _options.MaxWaitingReceives || _waitingBytes + entry.SealedBody.Length > _options.MaxWaitingBytes)
            {
                throw new StoreBusyException("Too much waits to be stored; it is to be sent again.");
            }

            _waiting.Enqueue(receive);
            _waitingBytes += entry.SealedBody.Length;
            if (_running == 0 || (_running < _options.ReceiveCommits && _waiting.Count >= _options.ReceiveBatch / 2))
            {
                _running++;
                _commits.RemoveAll(c => c.IsCompleted);
                _commits.Add(Task.Run(CommitAllAsync));
            }
        }

        return receive.Task;
    }

    /// <summary>Finishes what waits, then stops.</summary>
    public void Dispose()
    {
        Task[] commits;
        lock (_gate)
        {
            _stopping = true;
            commits = [.. _commits];
        }

        Task.WaitAll(commits);
        _watchdog.Dispose();
    }

    private async Task CommitAllAsync()
    {
        while (TakeBatch() is { } batch)
        {
            try
            {
                await StoreAsync(batch);
            }
            catch (Exception e)
            {
                batch.ForEach(r => r.NotStored(e)); // nothing of it is durable, and everybody in it is told so
            }

            lock (_gate)
            {
                _inCommit.ExceptWith(batch);
            }

            batch.ForEach(r => r.Complete());
            _calls.Call(batch.Select(r => r.Entry.Tenant));
        }
    }

    /// <returns>Null when nothing waits; then this was the last batch of its loop.</returns>
    private List<PendingReceive>? TakeBatch()
    {
        lock (_gate)
        {
            var batch = new List<PendingReceive>();
            var bytes = 0;
            while (batch.Count < _options.ReceiveBatch && bytes < MaxBatchBytes && _waiting.TryDequeue(out var receive))
            {
                _waitingBytes -= receive.Entry.SealedBody.Length;
                if (!receive.IsAnswered)
                {
                    batch.Add(receive);
                    bytes += receive.Entry.SealedBody.Length;
                }
            }

            if (batch.Count == 0)
            {
                _running--;
                return null;
            }

            _inCommit.UnionWith(batch);
            return batch;
        }
    }

    private async Task StoreAsync(List<PendingReceive> batch)
    {
        try
        {
            await ReceiveStatement.StoreAsync(_database, batch);
        }
        catch (PostgresException e) when (batch.Count > 1 && PostgresFaults.IsInTheData(e))
        {
            foreach (var receive in batch)
            {
                await StoreAloneAsync(receive);
            }
        }
    }

    private async Task StoreAloneAsync(PendingReceive receive)
    {
        try
        {
            await ReceiveStatement.StoreAsync(_database, [receive]);
        }
        catch (PostgresException e) when (PostgresFaults.IsInTheData(e))
        {
            receive.NotStored(e);
        }
    }

    /// <summary>
    /// Whoever waited too long is answered as busy, also when the commit hangs. What is in that commit may still become durable;
    /// Gumroad's repeat of it then counts as one.
    /// </summary>
    private void AnswerOverdue()
    {
        var overdue = new List<PendingReceive>();
        lock (_gate)
        {
            overdue.AddRange(_inCommit.Where(IsOverdue));
            while (_waiting.TryPeek(out var first) && IsOverdue(first))
            {
                _waitingBytes -= first.Entry.SealedBody.Length;
                overdue.Add(_waiting.Dequeue());
            }
        }

        overdue.ForEach(r => r.Busy(null));
    }

    private bool IsOverdue(PendingReceive receive) => Stopwatch.GetElapsedTime(receive.Since) >= _options.ReceiveTimeout;
}

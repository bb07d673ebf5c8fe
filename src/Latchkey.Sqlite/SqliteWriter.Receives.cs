using System.Diagnostics;
using Latchkey.Inbox;
using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite;

internal sealed partial class SqliteWriter
{
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;

    private const int GatherEnough = 32;
    private const int RestsToWork = 7;

    private readonly Queue<PendingReceive> _receives = new();
    private readonly List<PendingReceive> _inCommit = []; // changed under the gate; read there by the watchdog
    private long _waitingBytes;
    private bool _gathering;
    private int _lastBatch;
    private long _restUntil;

    /// <summary>More than one receive came for the last commit: they pour in.</summary>
    private bool IsUnderLoad => _lastBatch > 1;

    /// <summary>Other work has had its share for now.</summary>
    private bool WorkRests => IsUnderLoad && Stopwatch.GetTimestamp() < _restUntil;

    private TimeSpan SliceNow => IsUnderLoad ? _options.WorkSlice / 10 : _options.WorkSlice;

    /// <summary>Stores an entry durably.</summary>
    /// <exception cref="StoreBusyException">Too much waits already, or it could not be stored in time.</exception>
    public Task<Receipt> ReceiveAsync(Entry entry)
    {
        var receive = new PendingReceive(entry, Stopwatch.GetTimestamp());
        lock (_gate)
        {
            if (_stopping || _receives.Count >= _options.MaxWaitingReceives || _waitingBytes + entry.SealedBody.Length > _options.MaxWaitingBytes)
            {
                throw new StoreBusyException("Too much waits to be stored; it is to be sent again.");
            }

            _receives.Enqueue(receive);
            _waitingBytes += entry.SealedBody.Length;
            if (!_gathering || _receives.Count == GatherEnough)
            {
                Monitor.Pulse(_gate);
            }
        }

        return receive.Task;
    }

    /// <summary>
    /// Under load a commit waits a moment for company: what a flush costs is then paid once for many. Called under the gate.
    /// A lone receive never waits, and a batch size of one is a commit for each.
    /// </summary>
    private void Gather()
    {
        var enough = Math.Min(GatherEnough, _options.ReceiveBatch);
        var onlyReceives = _work.Count == 0 || WorkRests;
        if (IsUnderLoad && onlyReceives && _receives.Count < enough && !_stopping)
        {
            _gathering = true;
            Monitor.Wait(_gate, GatherAtMost);
            _gathering = false;
        }
    }

    /// <summary>While receives pour in, other work gets about an eighth of the writer's time.</summary>
    private void RestAfter(int work, long started)
    {
        if (work > 0)
        {
            _restUntil = Stopwatch.GetTimestamp() + (RestsToWork * (Stopwatch.GetTimestamp() - started));
        }
    }

    private void TakeReceives()
    {
        lock (_gate)
        {
            while (_inCommit.Count < _options.ReceiveBatch && _receives.TryDequeue(out var receive))
            {
                _waitingBytes -= receive.Entry.SealedBody.Length;
                if (!receive.IsAnswered)
                {
                    _inCommit.Add(receive);
                }
            }

            _lastBatch = _inCommit.Count;
        }
    }

    private void WriteReceives()
    {
        foreach (var receive in _inCommit)
        {
            try
            {
                var id = _receive.Run(receive.Entry);
                receive.Stored(new Receipt(id, id != receive.Entry.Id));
            }
            catch (SqliteException e) when (e.SqliteErrorCode is TooBig or Constraint or Mismatch)
            {
                // The fault is in this one entry, and its statement has undone itself: the others are not to suffer.
                receive.NotStored(e);
            }
        }
    }

    private void CompleteReceives()
    {
        foreach (var receive in EndCommit())
        {
            receive.Complete();
        }
    }

    private void FailReceives(Exception error)
    {
        foreach (var receive in EndCommit())
        {
            receive.Busy(error);
        }
    }

    private PendingReceive[] EndCommit()
    {
        lock (_gate)
        {
            PendingReceive[] ended = [.. _inCommit];
            _inCommit.Clear();
            return ended;
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
            while (_receives.TryPeek(out var first) && IsOverdue(first))
            {
                _waitingBytes -= first.Entry.SealedBody.Length;
                overdue.Add(_receives.Dequeue());
            }
        }

        overdue.ForEach(r => r.Busy(null));
    }

    private bool IsOverdue(PendingReceive receive) => Stopwatch.GetElapsedTime(receive.Since) >= _options.ReceiveTimeout;
}

using System.IO.Pipelines;
using Latchkey.Subjects;

namespace Latchkey.Streams;

/// <summary>
/// One open stream. Nobody who has news waits for it: who comes while nothing is under way begins to write, and what comes while the
/// reader is slow is put in a row behind it. An idle stream has no row, no timer and no waiting loop.
/// </summary>
/// <param name="tenant">Whose stream it is.</param>
/// <param name="subject">Whose rights it tells of; null for all messages of the tenant.</param>
/// <param name="mostWaiting">How many bytes may wait before the reader is given up.</param>
/// <param name="abort">Cuts the line.</param>
internal sealed class StreamConnection(string tenant, string? subject, StreamRight right, PipeWriter output, int mostWaiting, Action abort)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Queue<ReadOnlyMemory<byte>>? _waiting;
    private int _waitingBytes;
    private bool _writing;
    private bool _closed;
    private string? _root;
    private long _version;

    public string Tenant => tenant;

    public string? Subject => subject;

    public StreamRight Right => right;

    /// <summary>Up to which the tenant's messages, or the subject's snapshots, were taken.</summary>
    public long Position { get; private set; }

    /// <summary>The place in the wheel of heartbeats.</summary>
    public int Slot { get; set; }

    /// <summary>Completes when the stream is closed and nothing of it is being written any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Lets the reader know that the stream is open.</summary>
    public async Task StartAsync(CancellationToken ct) => await output.FlushAsync(ct);

    /// <summary>The reader has had everything up to there.</summary>
    public void BeginAt(long position) => Position = position;

    /// <summary>Writes and waits for the reader: only before the stream is known to anybody else.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> text, long position, CancellationToken ct)
    {
        Position = position;
        if ((await output.WriteAsync(text, ct)).IsCompleted)
        {
            throw new OperationCanceledException("The reader has gone.");
        }
    }

    /// <summary>Tells what comes after what it has been told. Call in the order of pages.</summary>
    public void Offer(StreamPage page)
    {
        if (page.Last <= Position)
        {
            return;
        }

        var text = page.After(Position);
        Position = page.Last;
        Turn turn;
        lock (_gate)
        {
            turn = Take(text);
        }

        Act(turn, text);
    }

    /// <summary>Tells of a newer state. Of two that race the later one stands, whichever comes first.</summary>
    /// <param name="text">Not told, only noted as known, when null.</param>
    public void Offer(SubjectSnapshot snapshot, ReadOnlyMemory<byte>? text)
    {
        Turn turn;
        lock (_gate)
        {
            if (snapshot.Position < Position || (snapshot.Root == _root && snapshot.Version <= _version))
            {
                return;
            }

            (Position, _root, _version) = (snapshot.Position, snapshot.Root, snapshot.Version);
            turn = text is { } news ? Take(news) : Turn.None;
        }

        Act(turn, text ?? default);
    }

    /// <summary>Says that the line is alive, unless something is under way anyhow.</summary>
    public void Beat(ReadOnlyMemory<byte> heartbeat)
    {
        Turn turn;
        lock (_gate)
        {
            turn = _writing ? Turn.None : Take(heartbeat);
        }

        Act(turn, heartbeat);
    }

    /// <summary>Ends it once the text under way is written; what waits behind it is left to the next stream, which resumes.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _waiting = null;
            if (!_writing)
            {
                _ended.TrySetResult();
            }
        }
    }

    /// <summary>Ends it now.</summary>
    public void Abort()
    {
        Close();
        abort();
    }

    /// <summary>Holding the gate, so that the order in the row is the order of the news.</summary>
    private Turn Take(ReadOnlyMemory<byte> text)
    {
        if (_closed)
        {
            return Turn.None;
        }

        if (!_writing)
        {
            _writing = true;
            return Turn.Write;
        }

        if (_waitingBytes + text.Length > mostWaiting)
        {
            return Turn.GiveUp;
        }

        _waiting ??= new();
        _waiting.Enqueue(text);
        _waitingBytes += text.Length;
        return Turn.None;
    }

    private void Act(Turn turn, ReadOnlyMemory<byte> text)
    {
        if (turn == Turn.Write)
        {
            _ = WriteAllAsync(text);
        }
        else if (turn == Turn.GiveUp)
        {
            Abort(); // too far behind; what it missed is in the outbox
        }
    }

    /// <summary>Writes until nothing waits. A write only puts bytes into the line's buffer: it returns at once, and is awaited only while that is full.</summary>
    private async Task WriteAllAsync(ReadOnlyMemory<byte> first)
    {
        for (ReadOnlyMemory<byte>? next = first; next is { } text; next = Next())
        {
            try
            {
                if ((await output.WriteAsync(text)).IsCompleted)
                {
                    Close();
                }
            }
            catch (Exception)
            {
                Close(); // the reader has gone, in whichever way; there is nobody to tell
            }
        }
    }

    private ReadOnlyMemory<byte>? Next()
    {
        lock (_gate)
        {
            if (_waiting is { } waiting && waiting.TryDequeue(out var text))
            {
                _waitingBytes -= text.Length;
                return text;
            }

            _waiting = null;
            _waitingBytes = 0;
            _writing = false;
            if (_closed)
            {
                _ended.TrySetResult();
            }

            return null;
        }
    }

    private enum Turn
    {
        /// <summary>It is in the row, or nobody hears it any more.</summary>
        None,
        Write,
        GiveUp,
    }
}

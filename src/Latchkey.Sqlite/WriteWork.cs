namespace Latchkey.Sqlite;

/// <summary>Something to write, and whoever waits for it to be durable.</summary>
internal abstract class WriteWork
{
    /// <summary>Never throws: a failure is kept for the one who asked.</summary>
    /// <returns>False when its changes are to be taken back.</returns>
    public abstract bool Run(SqliteSession session);

    public abstract bool IsWanted { get; }

    public abstract void Complete();

    public abstract void Fail(Exception error);
}

internal sealed class WriteWork<T>(Func<SqliteSession, T> work, CancellationToken ct) : WriteWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _error;

    public Task<T> Task => _done.Task;

    /// <summary>False when the caller hung up before it was begun.</summary>
    public override bool IsWanted => !ct.IsCancellationRequested || !_done.TrySetCanceled(ct);

    public override bool Run(SqliteSession session)
    {
        try
        {
            _result = work(session);
            return true;
        }
        catch (Exception e)
        {
            _error = e;
            return false;
        }
    }

    public override void Complete()
    {
        if (_error is null)
        {
            _done.TrySetResult(_result!);
        }
        else
        {
            _done.TrySetException(_error);
        }
    }

    public override void Fail(Exception error) => _done.TrySetException(_error ?? error);
}

namespace Latchkey.Inbox;

/// <summary>An entry that waits to be durable.</summary>
/// <param name="since">A timestamp of the system's monotonic clock.</param>
internal sealed class PendingReceive(Entry entry, long since)
{
    private readonly TaskCompletionSource<Receipt> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Receipt _receipt;
    private Exception? _error;

    public Entry Entry => entry;

    public Task<Receipt> Task => _done.Task;

    public long Since => since;

    /// <summary>It was answered as busy, or withdrawn: nobody waits for it any more.</summary>
    public bool IsAnswered => _done.Task.IsCompleted;

    public void Stored(Receipt receipt) => _receipt = receipt;

    public void NotStored(Exception error) => _error = error;

    public void Complete()
    {
        if (_error is null)
        {
            _done.TrySetResult(_receipt);
        }
        else
        {
            Busy(_error);
        }
    }

    public void Busy(Exception? error) => _done.TrySetException(new StoreBusyException("The entry could not be stored; it is to be sent again.", error));
}

namespace Latchkey.Simulator.Pings;

/// <summary>Background work one can wait for. Work that failed stays and fails the wait, so that a mistake is not lost.</summary>
internal sealed class PendingWork
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _tasks = [];

    public void Start(Func<Task> work)
    {
        var task = Task.Run(work);
        lock (_gate)
        {
            _tasks.Add(task);
        }

        _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.NotOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Returns once nothing is left, including what the work itself has started.</summary>
    public async Task WhenNoneAsync(CancellationToken ct)
    {
        while (Open() is { Length: > 0 } tasks)
        {
            await Task.WhenAll(tasks).WaitAsync(ct);
            lock (_gate)
            {
                _tasks.ExceptWith(tasks);
            }
        }
    }

    private Task[] Open()
    {
        lock (_gate)
        {
            return [.. _tasks];
        }
    }

    private void Forget(Task task)
    {
        lock (_gate)
        {
            _tasks.Remove(task);
        }
    }
}

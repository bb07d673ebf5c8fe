using System.Runtime.ExceptionServices;

namespace Latchkey.Simulator.Clock;

/// <summary>
/// Everything that will happen, on one clock. Moved by hand, jobs run one after the other, each at its own time, so that a
/// run repeats itself; while the clock runs they start when they are due, side by side.
/// </summary>
/// <remarks>A job that failed fails the next wait. A job must not wait for the timeline itself.</remarks>
internal sealed partial class Timeline : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Agenda _agenda = new();
    private readonly List<Exception> _failures = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pump;
    private TaskCompletionSource? _changed;
    private int _openPings;
    private int _running;

    public Timeline(DateTimeOffset start, double speed)
    {
        Clock = new VirtualClock(this, start, speed);
        _pump = Task.Run(PumpAsync);
    }

    public VirtualClock Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Schedules a job. One due in the past runs as soon as time goes on.</summary>
    public void At(DateTimeOffset due, Func<CancellationToken, Task> job, bool isPing = false)
    {
        lock (_gate)
        {
            _agenda.Add(new Job(due, job, isPing));
            _openPings += isPing ? 1 : 0;
        }

        if (Clock.Runs)
        {
            Wake();
        }
    }

    /// <summary>Runs what is due until then, in order, and what that schedules. One caller at a time; a time gone by moves nothing.</summary>
    public async Task AdvanceToAsync(DateTimeOffset to, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            Clock.Hold();
            while (Take(to) is { } job)
            {
                Clock.MoveTo(job.Due);
                await RunAsync(job);
                ThrowIfFailed();
                ct.ThrowIfCancellationRequested();
            }

            Clock.MoveTo(to);
        }
        finally
        {
            Clock.Release();
            _turn.Release();
            LookAgain();
        }

        ThrowIfFailed();
    }

    /// <summary>Returns once no ping is due or under way. A clock that stands still is moved from ping to ping.</summary>
    public async Task WhenNoPingsAsync(CancellationToken ct)
    {
        while (OpenPings() is { } open)
        {
            if (open.Next is { } next && Clock.Speed == 0)
            {
                await AdvanceToAsync(next, ct);
            }
            else
            {
                await open.Changed.WaitAsync(ct);
            }
        }

        ThrowIfFailed();
    }

    /// <summary>Drops what is still due and returns once nothing runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        LookAgain();
        await _pump;
        await _turn.WaitAsync();
        _turn.Release();
        while (Running() is { } changed)
        {
            await changed;
        }
    }

    private Job? Take(DateTimeOffset until)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            var job = _agenda.TakeDue(until);
            _running += job is null ? 0 : 1;
            return job;
        }
    }

    private async Task RunAsync(Job job)
    {
        Exception? failure = null;
        try
        {
            await Task.Run(() => job.Work(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Dropped with everything else that was still due.
        }
        catch (Exception e)
        {
            failure = e;
        }

        lock (_gate)
        {
            _running--;
            _openPings -= job.IsPing ? 1 : 0;
            if (failure is not null)
            {
                _failures.Add(failure);
            }

            TellChanged();
        }
    }

    /// <summary>Null when there are none.</summary>
    private (DateTimeOffset? Next, Task Changed)? OpenPings()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            return _openPings == 0 ? null : (_agenda.NextPing, Changed());
        }
    }

    private Task? Running()
    {
        lock (_gate)
        {
            return _running == 0 ? null : Changed();
        }
    }

    private Task Changed() => (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private void TellChanged()
    {
        _changed?.TrySetResult();
        _changed = null;
    }

    // Each failure is told once, to whoever waits first.
    private void ThrowIfFailed()
    {
        Exception[] failures;
        lock (_gate)
        {
            failures = [.. _failures];
            _failures.Clear();
        }

        if (failures is [var only])
        {
            ExceptionDispatchInfo.Throw(only);
        }

        if (failures.Length > 0)
        {
            throw new AggregateException(failures);
        }
    }
}

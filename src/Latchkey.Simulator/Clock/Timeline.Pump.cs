namespace Latchkey.Simulator.Clock;

/// <content>What starts the jobs while the clock runs by itself.</content>
internal sealed partial class Timeline
{
    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>Says that the clock runs otherwise than before, to the pump and to those who wait.</summary>
    internal void LookAgain()
    {
        lock (_gate)
        {
            TellChanged();
        }

        Wake();
    }

    private async Task PumpAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (TakeDue() is { } job)
            {
                _ = RunAsync(job); // counted as running, and keeps its failure for whoever waits
            }
            else
            {
                await _wake.WaitAsync(Clock.RealTimeUntil(NextDue()), CancellationToken.None);
            }
        }
    }

    private Job? TakeDue()
    {
        lock (_gate)
        {
            var job = Clock.Runs ? _agenda.TakeDue(Clock.GetUtcNow()) : null;
            _running += job is null ? 0 : 1;
            return job;
        }
    }

    private DateTimeOffset? NextDue()
    {
        lock (_gate)
        {
            return _agenda.Next;
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }
}

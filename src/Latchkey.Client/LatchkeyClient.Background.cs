namespace Latchkey.Client;

public sealed partial class LatchkeyClient
{
    private static readonly TimeSpan Debounce = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromSeconds(1);
    private int _started;

    /// <summary>How long the server wants no questions from the background, and from which monotonic moment.</summary>
    private (long Since, TimeSpan For) _quiet;

    /// <summary>How long the loop waits at least, after a failure.</summary>
    private (long Since, TimeSpan For) _pause;

    /// <summary>
    /// Begins the work in the background: releases that are still pending, a refresh now, and one whenever the lease
    /// wants it. Call it once the first window shows. A second call does nothing.
    /// </summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            _ = UntilDisposedAsync(RunAsync);
        }
    }

    /// <summary>Refreshes in the background, unless that happened within the last 60 seconds. For when the user brings the app forward.</summary>
    public void RefreshSoon()
    {
        lock (_refreshLock)
        {
            if (_lastRefresh is { } last && _time.GetElapsedTime(last) < Debounce)
            {
                return;
            }
        }

        _ = UntilDisposedAsync(_ => RefreshUnlessQuietAsync(tries: 3));
    }

    /// <summary>
    /// After the user was sent to a checkout: asks every 2 seconds for 30 seconds and returns as soon as the state is
    /// another one, or with what it is at the end.
    /// </summary>
    public async Task<LicenseState> WatchCheckoutAsync(CancellationToken ct = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, _life.Token);
        var before = State;
        for (var i = 0; i < 15 && State.Equals(before); i++)
        {
            await _time.DelayAsync(TimeSpan.FromSeconds(2), both.Token).ConfigureAwait(false);
            await RefreshUnlessQuietAsync(tries: 1).OrCancelledAsync(both.Token).ConfigureAwait(false);
        }

        return State;
    }

    private async Task RunAsync(CancellationToken ct)
    {
        await ReleasePendingAsync(ct).ConfigureAwait(false);
        await RefreshAsync(tries: 3).ConfigureAwait(false);
        while (true)
        {
            await _time.DelayAsync(NextLook(), ct).ConfigureAwait(false);
            KeepMark();
            Announce();
            if (UntilDue() <= TimeSpan.Zero)
            {
                await RefreshUnlessQuietAsync(tries: 3).ConfigureAwait(false);
            }
        }
    }

    private Task<RefreshOutcome> RefreshUnlessQuietAsync(int tries) => QuietFor() is var quiet && quiet > TimeSpan.Zero
        ? Task.FromResult<RefreshOutcome>(new RefreshOutcome.Unreachable(quiet))
        : RefreshAsync(tries);

    /// <summary>A Retry-After holds for everything in the background; a failure without one only puts off the next turn.</summary>
    private void PlanNext(RefreshOutcome outcome)
    {
        var retryAfter = (outcome as RefreshOutcome.Unreachable)?.RetryAfter ?? TimeSpan.Zero;
        var failed = outcome is RefreshOutcome.Unreachable or RefreshOutcome.NotConfirmed;
        lock (_refreshLock)
        {
            _quiet = (_time.GetTimestamp(), retryAfter);
            _pause = (_time.GetTimestamp(), failed && retryAfter < AfterFailure ? Randomness.Jittered(AfterFailure) : retryAfter);
        }
    }

    private TimeSpan QuietFor()
    {
        lock (_refreshLock)
        {
            return _quiet.For - _time.GetElapsedTime(_quiet.Since);
        }
    }

    /// <summary>How long until the lease wants a refresh and the last failure is far enough away; with nothing to refresh, for ever.</summary>
    private TimeSpan UntilDue()
    {
        var held = _memory.Held;
        if (held.Stored.ActivationId is null)
        {
            return TimeSpan.MaxValue;
        }

        TimeSpan wait;
        lock (_refreshLock)
        {
            wait = _pause.For - _time.GetElapsedTime(_pause.Since);
        }

        var due = TimeSpan.FromSeconds(Math.Min((held.Lease?.Rfr ?? 0) - _memory.Now, (long)LongestSleep.TotalSeconds));
        return due > wait ? due : wait;
    }

    private TimeSpan NextLook()
    {
        var due = UntilDue();
        return due > LongestSleep ? LongestSleep : due < ShortestSleep ? ShortestSleep : due;
    }

    private async Task UntilDisposedAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_life.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _life.IsCancellationRequested)
        {
            // The app is closing: what did not happen is done at the next start.
        }
    }
}

namespace Latchkey.Client;

/// <summary>What the two targets spell differently.</summary>
internal static class Waiting
{
    public static Task DelayAsync(this TimeProvider time, TimeSpan delay, CancellationToken ct) =>
#if NET
        Task.Delay(delay, time, ct);
#else
        time.Delay(delay, ct);
#endif

    public static Task<T> OrCancelledAsync<T>(this Task<T> task, CancellationToken ct) =>
#if NET
        task.WaitAsync(ct);
#else
        task.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
#endif
}

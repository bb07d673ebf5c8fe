namespace Latchkey.Purchases;

/// <summary>When what failed to fold is tried again: after a minute, then twice as long each time, up to an hour.</summary>
internal static class FoldRetry
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <param name="attempts">How often it has failed before.</param>
    public static DateTimeOffset At(DateTimeOffset now, int attempts)
    {
        var wait = First * Math.Pow(2, Math.Min(attempts, 10));
        return now + (wait < Longest ? wait : Longest);
    }
}

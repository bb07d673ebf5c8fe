namespace Latchkey.Simulator.Pings;

/// <summary>Gumroad's delays, on the simulator's clock.</summary>
internal sealed class Pace(TimeProvider time, double speed)
{
    public static readonly TimeSpan AfterSale = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan AfterOthers = TimeSpan.FromSeconds(5);

    /// <summary>Before the second, third and fourth attempt; there is no fifth.</summary>
    public static readonly IReadOnlyList<TimeSpan> BetweenAttempts = [TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(180), TimeSpan.FromSeconds(600)];

    private const double TimeoutSeconds = 5;
    private const double ShortestTimeoutSeconds = 1;

    public DateTimeOffset Now => time.GetUtcNow();

    public static TimeSpan TimeoutAt(double speed) => TimeSpan.FromSeconds(Math.Clamp(TimeoutSeconds / speed, ShortestTimeoutSeconds, TimeoutSeconds));

    public Task DelayAsync(TimeSpan atGumroad, CancellationToken ct) => Task.Delay(atGumroad / speed, time, ct);
}

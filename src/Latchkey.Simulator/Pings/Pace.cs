namespace Latchkey.Simulator.Pings;

/// <summary>Gumroad's delays. Source: <c>app/sidekiq/post_to_individual_ping_endpoint_worker.rb</c>.</summary>
internal static class Pace
{
    public static readonly TimeSpan AfterSale = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan AfterOthers = TimeSpan.FromSeconds(5);

    /// <summary>Before the second, third and fourth attempt; there is no fifth.</summary>
    public static readonly IReadOnlyList<TimeSpan> BetweenAttempts = [TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(180), TimeSpan.FromSeconds(600)];

    private const double TimeoutSeconds = 5;
    private const double ShortestTimeoutSeconds = 1;

    /// <summary>On the real clock, since it is a real receiver that answers.</summary>
    public static TimeSpan TimeoutAt(double pingSpeed) => TimeSpan.FromSeconds(Math.Clamp(TimeoutSeconds / pingSpeed, ShortestTimeoutSeconds, TimeoutSeconds));
}

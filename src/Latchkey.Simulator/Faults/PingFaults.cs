namespace Latchkey.Simulator.Faults;

/// <summary>What goes wrong with one ping. Used by one job at a time.</summary>
internal sealed class PingFaults(FaultDrawer drawer, Random random)
{
    private static readonly TimeSpan LongestReorder = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(14);
    private static readonly TimeSpan LongestLate = TimeSpan.FromDays(3);

    /// <summary>Whether its payload is built at once.</summary>
    public bool IsStale { get; } = random.NextDouble() < drawer.Dials.Stale;

    /// <summary>What goes wrong on the way to the next of its endpoints.</summary>
    public DeliveryFaults NextDelivery()
    {
        var dials = drawer.Dials;
        var drops = Strikes(dials.Drop);
        var wait = Wait(dials.Reorder, LongestReorder) + Wait(dials.Delay, LongestDelay) + Wait(dials.Late, LongestLate);
        var isSentTwice = Strikes(dials.Duplicate);
        var second = random.NextDouble() * LongestReorder;
        return new DeliveryFaults(drops, wait, isSentTwice ? wait + second : null);
    }

    private bool Strikes(double probability) => random.NextDouble() < probability;

    private TimeSpan Wait(double probability, TimeSpan longest)
    {
        var strikes = Strikes(probability);
        var wait = random.NextDouble() * longest; // drawn in any case, or else the next draw would be another
        return strikes ? wait : TimeSpan.Zero;
    }
}

namespace Latchkey.Simulator.Faults;

/// <summary>What goes wrong on the way, each a probability from 0 (never) to 1 (always), drawn from a seed so that a failing run can be repeated.</summary>
public sealed record FaultDials
{
    /// <summary>What to do about a dial that is no probability; its name comes before.</summary>
    internal const string OutOfRange = "give a chance from 0, never, to 1, always.";

    /// <summary>Nothing goes wrong but what Gumroad itself does.</summary>
    public static FaultDials None { get; } = new();

    /// <summary>All dials at a setting that a careful receiver survives; what is dropped must be fetched from the API.</summary>
    public static FaultDials Rough { get; } = new() { Duplicate = .2, Reorder = .3, Delay = .2, Late = .05, Stale = .2, Drop = .02 };

    /// <summary>Sent twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>Held back for up to a minute, so that later ones overtake it.</summary>
    public double Reorder { get; init; }

    /// <summary>Held back for up to fourteen minutes, as long as Gumroad's own retries go on.</summary>
    public double Delay { get; init; }

    /// <summary>Delivered up to three days late.</summary>
    public double Late { get; init; }

    /// <summary>Built when the thing happened instead of when it is sent, so that a late one says what was true before.</summary>
    public double Stale { get; init; }

    /// <summary>Never sent; shown among the attempts as <c>dropped</c>.</summary>
    public double Drop { get; init; }

    /// <summary>Draws the faults. Null takes the simulator's seed, or chance without one.</summary>
    public int? Seed { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A dial is no probability; its name is the parameter's.</exception>
    internal FaultDials Checked()
    {
        (string Name, double Value)[] dials =
            [(nameof(Duplicate), Duplicate), (nameof(Reorder), Reorder), (nameof(Delay), Delay), (nameof(Late), Late), (nameof(Stale), Stale), (nameof(Drop), Drop)];
        foreach (var (name, value) in dials)
        {
            if (value is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(name, value, $"{name}: {OutOfRange}");
            }
        }

        return this;
    }
}

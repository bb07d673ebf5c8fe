using System.Globalization;
using Latchkey.Simulator.Faults;

namespace Latchkey.Server.Commands;

/// <summary>The faults as <c>--faults</c> writes them: <c>rough</c>, <c>none</c>, or <c>duplicate=0.2,drop=0.1</c>.</summary>
internal static class FaultDialsText
{
    public const string Example = "duplicate=0.2,reorder=0.3,delay=0.1,late=0.05,stale=0.2,drop=0.02";

    public static FaultDials Parse(string? text) => text switch
    {
        null or "none" => FaultDials.None,
        "rough" => FaultDials.Rough,
        _ => text.Split(',', StringSplitOptions.TrimEntries).Aggregate(FaultDials.None, Turn),
    };

    private static FaultDials Turn(FaultDials dials, string assignment)
    {
        var (name, value) = assignment.Split('=', 2) is [var left, var right] ? (left, right) : (assignment, "");
        return name switch
        {
            "duplicate" => dials with { Duplicate = Probability(name, value) },
            "reorder" => dials with { Reorder = Probability(name, value) },
            "delay" => dials with { Delay = Probability(name, value) },
            "late" => dials with { Late = Probability(name, value) },
            "stale" => dials with { Stale = Probability(name, value) },
            "drop" => dials with { Drop = Probability(name, value) },
            _ => throw new CommandException($"--faults: there is no dial '{name}'. Write rough, or {Example}.", 2),
        };
    }

    private static double Probability(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var probability) && probability <= 1
            ? probability
            : throw new CommandException($"--faults: {name}={value} is no probability; use 0 to 1, for instance {name}=0.2.", 2);
}

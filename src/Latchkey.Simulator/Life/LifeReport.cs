using System.Globalization;

namespace Latchkey.Simulator.Life;

/// <summary>What happened in a <see cref="ShopLife"/>.</summary>
public sealed record LifeReport
{
    /// <summary>When it began, on the simulator's clock, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it was over, before the last pings went out, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>
    /// How often each thing happened, by its name (<see cref="LifeEvents"/>), all of them even where that is 0. One purchase can
    /// count several times: a discounted gift is a sale, a gift and a discount.
    /// </summary>
    public required IReadOnlyDictionary<string, int> Happened { get; init; }

    /// <summary>Pings taken with a 2xx, by resource, all eight even where that is 0.</summary>
    public required IReadOnlyDictionary<string, int> Delivered { get; init; }

    /// <summary>Posts that were answered otherwise or not at all. A retry is a post of its own.</summary>
    public required int Failed { get; init; }

    /// <summary>Pings that <see cref="Faults.FaultDials.Drop"/> kept from being sent.</summary>
    public required int Dropped { get; init; }

    /// <summary>The table that <c>latchkey simulator --life</c> prints.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            Line($"{From:yyyy-MM-dd} to {To:yyyy-MM-dd}"),
            .. LifeEvents.All.Select(name => Count(Happened[name], name.Replace('_', ' '))),
            "",
            "pings",
            .. PingResources.All.Select(resource => Count(Delivered[resource], resource)),
            Count(Failed, "posts not taken"),
            Count(Dropped, "dropped"),
        ]);

    private static string Count(int count, string what) => Line($"{count,8}  {what}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

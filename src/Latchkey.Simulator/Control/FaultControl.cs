using System.Text.Json.Nodes;
using Latchkey.Simulator.Faults;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Control;

/// <summary>What goes wrong on the way.</summary>
internal static class FaultControl
{
    public static void Map(IEndpointRouteBuilder routes, GumroadSimulator simulator)
    {
        routes.MapControl("GET", "/simulator/faults", (_, _) => Task.FromResult<JsonNode>(State(simulator.Faults)));
        routes.MapControl("PUT", "/simulator/faults", (body, _) =>
        {
            simulator.Faults = Changed(simulator.Faults, body);
            return Task.FromResult<JsonNode>(State(simulator.Faults));
        });
    }

    private static FaultDials Changed(FaultDials dials, ControlBody body)
    {
        body.AllowOnly("duplicate", "reorder", "delay", "late", "stale", "drop", "seed");
        return dials with
        {
            Duplicate = Chance(body, "duplicate") ?? dials.Duplicate,
            Reorder = Chance(body, "reorder") ?? dials.Reorder,
            Delay = Chance(body, "delay") ?? dials.Delay,
            Late = Chance(body, "late") ?? dials.Late,
            Stale = Chance(body, "stale") ?? dials.Stale,
            Drop = Chance(body, "drop") ?? dials.Drop,
            Seed = body.Has("seed") ? Seed(body) : dials.Seed,
        };
    }

    private static double? Chance(ControlBody body, string name) => body.Number(name) switch
    {
        null => null,
        { } chance and >= 0 and <= 1 => chance,
        _ => throw new ArgumentException($"{name}: {FaultDials.OutOfRange}"),
    };

    private static int? Seed(ControlBody body) => body.Number("seed") switch
    {
        null => null,
        { } seed and >= int.MinValue and <= int.MaxValue when seed == Math.Truncate(seed) => (int)seed,
        _ => throw new ArgumentException("seed: give a whole number of 32 bits, or null for none."),
    };

    private static JsonObject State(FaultDials dials) => new JsonObject
    {
        ["duplicate"] = dials.Duplicate,
        ["reorder"] = dials.Reorder,
        ["delay"] = dials.Delay,
        ["late"] = dials.Late,
        ["stale"] = dials.Stale,
        ["drop"] = dials.Drop,
        ["seed"] = dials.Seed,
    };
}

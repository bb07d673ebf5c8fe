using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Control;

/// <summary>The clock, which memberships, trials, releases and pings run by.</summary>
internal static class ClockControl
{
    private const double MostDays = 36_525;

    public static void Map(IEndpointRouteBuilder routes, GumroadSimulator simulator)
    {
        routes.MapControl("GET", "/simulator/clock", (_, _) => Task.FromResult<JsonNode>(State(simulator)));
        routes.MapControl("PUT", "/simulator/clock", (body, _) =>
        {
            simulator.Clock.Speed = SpeedOf(body);
            return Task.FromResult<JsonNode>(State(simulator));
        });
        routes.MapControl("POST", "/simulator/clock/advance", async (body, ct) =>
        {
            await simulator.AdvanceAsync(StretchOf(body), ct);
            return State(simulator);
        });
    }

    private static double SpeedOf(ControlBody body)
    {
        body.AllowOnly("speed");
        return body.Number("speed") is { } speed and >= 0 and <= 1_000_000_000
            ? speed
            : throw new ArgumentException("speed: give 0, which stops the clock, or more; 1 is real time.");
    }

    private static TimeSpan StretchOf(ControlBody body)
    {
        body.AllowOnly("seconds", "days");
        var days = (body.Number("seconds"), body.Number("days")) switch
        {
            ({ } seconds, null) => seconds / TimeSpan.SecondsPerDay,
            (null, { } given) => given,
            _ => throw new ArgumentException("seconds, days: give one of them, such as {\"days\": 30}."),
        };
        return days is >= 0 and <= MostDays
            ? TimeSpan.FromDays(days)
            : throw new ArgumentException("seconds, days: the clock goes forward only, and a hundred years at most.");
    }

    private static JsonObject State(GumroadSimulator simulator) => new JsonObject
    {
        ["now"] = simulator.Clock.GetUtcNow().UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["speed"] = simulator.Clock.Speed,
    };
}

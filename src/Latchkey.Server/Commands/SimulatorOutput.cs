using System.Globalization;
using System.Text.Json.Nodes;
using Latchkey.Simulator;
using Latchkey.Simulator.Life;

namespace Latchkey.Server.Commands;

/// <summary>What <c>latchkey simulator</c> prints, as text or as one JSON object a line.</summary>
internal sealed class SimulatorOutput(bool asJson)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(500);

    /// <param name="gumroad">The simulator.</param>
    /// <param name="madeToken">The API token that was made for this run; null when the user brought one.</param>
    public void Introduce(GumroadSimulator gumroad, string? madeToken)
    {
        List<(string Name, string Value)> lines =
        [
            ("shop", gumroad.Address.ToString()),
            ("seller", new Uri(gumroad.Address, "seller").ToString()),
            ("api", new Uri(gumroad.Address, "v2/").ToString()),
        ];
        if (madeToken is not null)
        {
            lines.Add(("token", madeToken));
        }

        if (asJson)
        {
            Console.WriteLine(new JsonObject(lines.Select(line => KeyValuePair.Create(line.Name, (JsonNode?)line.Value))).ToJsonString());
            return;
        }

        foreach (var (name, value) in lines)
        {
            Console.WriteLine($"{(name == "api" ? "API" : name),-8}{value}");
        }
    }

    public void Print(LifeReport report)
    {
        if (asJson)
        {
            var json = new JsonObject
            {
                ["from"] = report.From.ToString("O", CultureInfo.InvariantCulture),
                ["to"] = report.To.ToString("O", CultureInfo.InvariantCulture),
                ["happened"] = Counts(report.Happened),
                ["delivered"] = Counts(report.Delivered),
                ["failed"] = report.Failed,
                ["dropped"] = report.Dropped,
            };
            Console.WriteLine(json.ToJsonString());
            return;
        }

        Console.WriteLine();
        Console.WriteLine(report);
    }

    /// <summary>Says so where nobody answered at all.</summary>
    public static void AskForReceiver(GumroadSimulator gumroad)
    {
        var sent = gumroad.Attempts.Where(attempt => attempt.Failure != PingAttempt.Dropped).ToList();
        if (sent.Count > 0 && sent.All(attempt => attempt.Status is null))
        {
            var addresses = string.Join(" and ", sent.Select(attempt => attempt.Url).Distinct());
            Console.Error.WriteLine($"Not one ping was taken. Is your receiver at {addresses} running?");
        }
    }

    /// <summary>Shows the day on a terminal until it is disposed; silent in a pipe.</summary>
    public static IAsyncDisposable ShowProgress(GumroadSimulator gumroad, ShopLife life)
    {
        var from = gumroad.Clock.GetUtcNow();
        var isShown = !Console.IsErrorRedirected;
        return new Timer(
            _ => Console.Error.Write($"day {Math.Min(life.Days, (int)(gumroad.Clock.GetUtcNow() - from).TotalDays)} of {life.Days}\r"),
            null,
            isShown ? Often : Timeout.InfiniteTimeSpan,
            isShown ? Often : Timeout.InfiniteTimeSpan);
    }

    private static JsonObject Counts(IReadOnlyDictionary<string, int> counts) =>
        new(counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value)));
}

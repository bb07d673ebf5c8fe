using System.CommandLine;
using Latchkey.Simulator;

namespace Latchkey.Server.Commands;

/// <summary><c>latchkey simulator</c>: a Gumroad on this machine.</summary>
internal static class SimulatorCommand
{
    private static readonly Option<string?> PingUrl = new("--ping-url") { Description = "Where all eight kinds of pings go" };
    private static readonly Option<int> Port = new("--port") { Description = "0 takes a free one", DefaultValueFactory = _ => 5081 };
    private static readonly Option<double> Speed = new("--speed") { Description = "1 is real time (a sale ping comes after 10 s); 10 is ten times faster", DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("simulator", "Runs a Gumroad on this machine: a shop, refunds, disputes, and its pings") { PingUrl, Port, Speed };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var options = new SimulatorOptions { Port = parsed.GetValue(Port), Speed = parsed.GetValue(Speed) };
        if (parsed.GetValue(PingUrl) is { } url)
        {
            options.SubscribeAll(Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : throw new CommandException($"--ping-url '{url}' is not an address.", 2));
        }

        await using var gumroad = await GumroadSimulator.StartAsync(options, ct);
        Console.WriteLine($"shop    {gumroad.Address}");
        Console.WriteLine($"seller  {new Uri(gumroad.Address, "seller")}");
        await Task.Delay(Timeout.InfiniteTimeSpan, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}

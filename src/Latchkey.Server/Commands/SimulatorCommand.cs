using System.CommandLine;
using Latchkey.Simulator;
using Latchkey.Simulator.Life;

namespace Latchkey.Server.Commands;

/// <summary><c>latchkey simulator</c>: a Gumroad on this machine.</summary>
internal static partial class SimulatorCommand
{
    private const string Newest = "newest";
    private const string April2025 = "april2025";

    private static readonly Option<string?> PingUrl = new("--ping-url") { HelpName = "URL", Description = "Where all eight kinds of pings go" };
    private static readonly Option<string?> AccountPingUrl = new("--account-ping-url") { HelpName = "URL", Description = "The account's own ping address, which gets sales only" };
    private static readonly Option<int> Port = new("--port") { HelpName = "N", Description = "0 takes a free one", DefaultValueFactory = _ => 5081, CustomParser = NumberText.Whole };
    private static readonly Option<double> Speed = new("--speed") { HelpName = "X", Description = "How fast the clock runs: 1 is real, 1440 a day a minute, 0 stands still until it is advanced", DefaultValueFactory = _ => 1, CustomParser = NumberText.Any };
    private static readonly Option<double> PingSpeed = new("--ping-speed") { HelpName = "X", Description = "How many times sooner pings go out than Gumroad's 10 s and 5 s, and are tried again than its 60, 180 and 600 s", DefaultValueFactory = _ => 1, CustomParser = NumberText.Any };
    private static readonly Option<int?> Seed = new("--seed") { HelpName = "N", Description = "Makes ids, keys and faults the same on every run", CustomParser = NumberText.WholeOrNone };
    private static readonly Option<string?> SeedData = new("--seed-data") { HelpName = "FILE", Description = "A JSON file with products, offer codes, subscriptions, token, start time" };
    private static readonly Option<string?> Faults = new("--faults") { HelpName = "DIALS", Description = "rough, or probabilities: " + FaultDialsText.Example };
    private static readonly Option<string> Version = new("--gumroad") { HelpName = "VERSION", Description = $"Which Gumroad is played: {Newest} or {April2025}", DefaultValueFactory = _ => Newest };
    private static readonly Option<bool> LoseUrlParams = new("--lose-url-params") { Description = "Drops url_params from every ping" };
    private static readonly Option<bool> AllowPrivate = new("--allow-private") { Description = "Lets API and seller's page set ping addresses on this machine, which Gumroad refuses" };
    private static readonly Option<string?> AccessToken = new("--access-token") { HelpName = "TOKEN", Description = "An API token to accept; one is made and printed when left out" };
    private static readonly Option<int?> Life = new("--life") { HelpName = "BUYERS", Description = "Plays a year in which so many people buy, prints what happened, and exits", CustomParser = NumberText.WholeOrNone };
    private static readonly Option<bool> Stay = new("--stay") { Description = "Goes on running after --life, with its shop and API" };
    private static readonly Option<bool> Json = new("--json") { Description = "Prints addresses and report as JSON" };

    public static Command Create()
    {
        var command = new Command("simulator", "Runs a Gumroad on this machine: a shop, refunds, disputes, its API and its pings")
        {
            PingUrl, AccountPingUrl, Port, Speed, PingSpeed, Seed, SeedData, Faults, Version, LoseUrlParams, AllowPrivate, AccessToken, Life, Stay, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var options = Options(parsed);
        var output = new SimulatorOutput(parsed.GetValue(Json));
        await using var gumroad = await StartAsync(options, ct);
        output.Introduce(gumroad, options.AccessToken is null ? gumroad.CreateAccessToken() : null);
        await using var lost = new LostPings(gumroad);
        var played = parsed.GetValue(Life) is not { } buyers || await PlayAsync(gumroad, buyers, options.Seed, output, ct);
        if (parsed.GetValue(Life) is null || parsed.GetValue(Stay))
        {
            gumroad.Clock.Speed = parsed.GetValue(Speed);
            await Task.Delay(Timeout.InfiniteTimeSpan, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return played ? 0 : 1;
    }

    private static async Task<bool> PlayAsync(GumroadSimulator gumroad, int buyers, int? seed, SimulatorOutput output, CancellationToken ct)
    {
        var life = new ShopLife { Buyers = buyers, Seed = seed ?? 1 };
        await using var progress = SimulatorOutput.ShowProgress(gumroad, life);
        try
        {
            var report = await gumroad.LiveAsync(life, ct);
            output.Print(report);
            var isTaken = report.Delivered.Values.Any(count => count > 0);
            if (!isTaken)
            {
                SimulatorOutput.AskForReceiver(gumroad);
            }

            return isTaken;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<GumroadSimulator> StartAsync(SimulatorOptions options, CancellationToken ct)
    {
        try
        {
            return await GumroadSimulator.StartAsync(options, ct);
        }
        catch (ArgumentException e)
        {
            throw new CommandException(e.Message, 2);
        }
        catch (IOException)
        {
            throw new CommandException($"Port {options.Port} is taken. Choose another with --port, or 0 for a free one.");
        }
    }
}

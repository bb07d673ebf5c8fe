using System.CommandLine;
using Latchkey.Simulator;
using Latchkey.Simulator.Life;
using Latchkey.Simulator.Seed;

namespace Latchkey.Server.Commands;

/// <summary><c>latchkey simulator</c>: a Gumroad on this machine.</summary>
internal static class SimulatorCommand
{
    private const string Newest = "newest";
    private const string April2025 = "april2025";

    private static readonly Option<string?> PingUrl = new("--ping-url") { HelpName = "URL", Description = "Where all eight kinds of pings go" };
    private static readonly Option<string?> AccountPingUrl = new("--account-ping-url") { HelpName = "URL", Description = "The account's own ping address, which gets sales only" };
    private static readonly Option<int> Port = new("--port") { HelpName = "N", Description = "0 takes a free one", DefaultValueFactory = _ => 5081 };
    private static readonly Option<double> Speed = new("--speed") { HelpName = "X", Description = "How fast the clock runs: 1 is real, 1440 a day a minute, 0 stands still until it is advanced", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> PingSpeed = new("--ping-speed") { HelpName = "X", Description = "How many times sooner pings go out than Gumroad's 10 s and 5 s", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> Seed = new("--seed") { HelpName = "N", Description = "Makes ids, keys and faults the same on every run" };
    private static readonly Option<string?> SeedData = new("--seed-data") { HelpName = "FILE", Description = "A JSON file with products, offer codes, subscriptions, token, start time" };
    private static readonly Option<string?> Faults = new("--faults") { HelpName = "DIALS", Description = "rough, or probabilities: " + FaultDialsText.Example };
    private static readonly Option<string> Version = new("--gumroad") { HelpName = "VERSION", Description = $"Which Gumroad is played: {Newest} or {April2025}", DefaultValueFactory = _ => Newest };
    private static readonly Option<bool> LoseUrlParams = new("--lose-url-params") { Description = "Drops url_params from every ping" };
    private static readonly Option<bool> AllowPrivate = new("--allow-private") { Description = "Lets API and seller's page set ping addresses on this machine, which Gumroad refuses" };
    private static readonly Option<string?> AccessToken = new("--access-token") { HelpName = "TOKEN", Description = "An API token to accept; one is made and printed when left out" };
    private static readonly Option<int?> Life = new("--life") { HelpName = "BUYERS", Description = "Plays a year in which so many people buy, prints what happened, and exits" };
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
            return report.Delivered.Values.Any(count => count > 0);
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

    private static SimulatorOptions Options(ParseResult parsed)
    {
        var seed = parsed.GetValue(SeedData) is { } file ? Read(file) : new SimulatorOptions();
        var options = new SimulatorOptions
        {
            Port = Checked(parsed, Port, port => port is >= 0 and <= 65535, "is no port; use 0 to 65535"),
            Speed = parsed.GetValue(Life) is null ? Checked(parsed, Speed, speed => speed >= 0 && double.IsFinite(speed), "must be 0 or more") : 0,
            PingSpeed = Checked(parsed, PingSpeed, speed => speed > 0 && double.IsFinite(speed), "must be above 0"),
            Seed = parsed.GetValue(Seed) ?? seed.Seed ?? (parsed.GetValue(Life) is null ? null : 1),
            Faults = FaultDialsText.Parse(parsed.GetValue(Faults)),
            Version = parsed.GetValue(Version) switch
            {
                Newest => GumroadVersion.Newest,
                April2025 => GumroadVersion.April2025,
                var other => throw new CommandException($"--gumroad '{other}' is neither {Newest} nor {April2025}.", 2),
            },
            LosesUrlParams = parsed.GetValue(LoseUrlParams),
            AllowPrivateAddresses = parsed.GetValue(AllowPrivate),
            AccessToken = parsed.GetValue(AccessToken) ?? seed.AccessToken,
            StartAt = seed.StartAt ?? (parsed.GetValue(Life) is null ? null : ALifeAgo()),
            Products = seed.Products,
            OfferCodes = seed.OfferCodes,
            SellerId = seed.SellerId,
            SellerEmail = seed.SellerEmail,
            ShopUrl = seed.ShopUrl,
            PingUrl = Address(parsed, AccountPingUrl) ?? seed.PingUrl,
        };
        Subscribe(options, seed, Address(parsed, PingUrl));
        Check(parsed, options);
        return options;
    }

    // So that a life ends today, and the same one looks the same all day.
    private static DateTimeOffset ALifeAgo() =>
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-new ShopLife().Days), TimeSpan.Zero);

    private static void Subscribe(SimulatorOptions options, SimulatorOptions seed, Uri? all)
    {
        foreach (var (resource, urls) in seed.Subscriptions)
        {
            foreach (var url in urls)
            {
                options.Subscribe(resource, url);
            }
        }

        if (all is not null)
        {
            options.SubscribeAll(all);
        }
    }

    private static void Check(ParseResult parsed, SimulatorOptions options)
    {
        if (parsed.GetValue(Life) is { } buyers && buyers < 1)
        {
            throw new CommandException($"--life {buyers} is too few; use 1 or more.", 2);
        }

        if (parsed.GetValue(Life) is not null && options is { PingUrl: null, Subscriptions.Count: 0 })
        {
            throw new CommandException("--life plays to a receiver: name its address with --ping-url.", 2);
        }

        if (parsed.GetValue(Stay) && parsed.GetValue(Life) is null)
        {
            throw new CommandException("--stay goes with --life; without it the simulator runs until it is stopped.", 2);
        }
    }

    private static SimulatorOptions Read(string file)
    {
        try
        {
            return SimulatorSeed.Read(file);
        }
        catch (InvalidDataException e)
        {
            throw new CommandException("--seed-data: " + e.Message, 2);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"--seed-data: {file} cannot be opened. Name a file that is there and may be read.", 2);
        }
    }

    private static T Checked<T>(ParseResult parsed, Option<T> option, Func<T, bool> isFine, string otherwise)
    {
        var value = parsed.GetValue(option)!;
        return isFine(value) ? value : throw new CommandException(FormattableString.Invariant($"{option.Name} {value} {otherwise}."), 2);
    }

    private static Uri? Address(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } url ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new CommandException($"{option.Name} is not an address; write the whole of it, with http:// or https://.", 2);
}

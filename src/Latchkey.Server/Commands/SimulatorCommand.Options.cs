using System.CommandLine;
using Latchkey.Simulator;
using Latchkey.Simulator.Life;
using Latchkey.Simulator.Seed;

namespace Latchkey.Server.Commands;

/// <content>What the command line and the seed file make of <see cref="SimulatorOptions"/>, and what they cannot mean.</content>
internal static partial class SimulatorCommand
{
    private static SimulatorOptions Options(ParseResult parsed)
    {
        var seed = parsed.GetValue(SeedData) is { } file ? Read(file) : new SimulatorOptions();
        var options = new SimulatorOptions
        {
            Port = Checked(parsed, Port, port => port is >= 0 and <= 65535, "is no port; use 0 to 65535"),
            Speed = Checked(parsed, Speed, speed => speed >= 0 && double.IsFinite(speed), "must be 0 or more") is var speed && parsed.GetValue(Life) is null ? speed : 0,
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

        if (parsed.GetValue(Life) is not null && !options.Products.Any(ShopLife.Sells))
        {
            throw new CommandException("--life: nothing can be bought without a limit; give --seed-data a published product without max_purchase_count.", 2);
        }

        if (parsed.GetValue(Life) is not null && !parsed.GetValue(Stay) && parsed.GetResult(Speed) is { Implicit: false })
        {
            throw new CommandException("--speed goes with --stay here: a life moves the clock by itself, as fast as it can.", 2);
        }

        if (parsed.GetValue(AccessToken) is { } token && string.IsNullOrWhiteSpace(token))
        {
            throw new CommandException("--access-token is empty; leave it out and one is made and printed.", 2);
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

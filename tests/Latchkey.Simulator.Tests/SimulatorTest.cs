namespace Latchkey.Simulator.Tests;

/// <summary>A receiver, and simulators that send to it.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    private readonly List<GumroadSimulator> _simulators = [];

    internal static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(15)).Token;

    /// <summary>Where the clock of <see cref="Still"/> stands at first.</summary>
    internal static DateTimeOffset Start { get; } = new(2026, 3, 14, 9, 26, 53, 589, TimeSpan.Zero);

    internal static BuyOrder Inkwell { get; } = new() { Permalink = "inkwell", Email = "mara.ito@example.org" };

    internal static BuyOrder Club { get; } = new() { Permalink = "inkclub", Email = "mara.ito@example.org", Variants = new Dictionary<string, string> { ["Tier"] = "Patron" } };

    internal Receiver Receiver { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Receiver = await Receiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var simulator in _simulators)
        {
            await simulator.DisposeAsync();
        }

        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A simulator whose eight resources go to the receiver.</summary>
    internal Task<GumroadSimulator> SubscribedAsync(SimulatorOptions? options = null) => StartAsync((options ?? Options()).SubscribeAll(Receiver.Url));

    internal async Task<GumroadSimulator> StartAsync(SimulatorOptions options)
    {
        var simulator = await GumroadSimulator.StartAsync(options, Limit);
        _simulators.Add(simulator);
        return simulator;
    }

    /// <summary>On the real clock, with pings a thousand times sooner than Gumroad's.</summary>
    internal static SimulatorOptions Options(GumroadVersion version = GumroadVersion.Newest) =>
        new() { PingSpeed = 1000, Seed = 7, Version = version };

    /// <summary>On a clock that stands still until it is advanced, and true to Gumroad's delays.</summary>
    internal static SimulatorOptions Still(GumroadVersion version = GumroadVersion.Newest) =>
        new() { Speed = 0, StartAt = Start, Seed = 7, Version = version };
}

namespace Latchkey.Simulator.Tests;

/// <summary>A receiver, and a simulator subscribed to it that runs a thousand times too fast.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    private readonly List<GumroadSimulator> _simulators = [];

    internal static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(15)).Token;

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

    internal Task<GumroadSimulator> SubscribedAsync(TimeProvider? time = null, bool losesOnTimeout = false) =>
        StartAsync(Options(time, losesOnTimeout).SubscribeAll(Receiver.Url));

    internal async Task<GumroadSimulator> StartAsync(SimulatorOptions options)
    {
        var simulator = await GumroadSimulator.StartAsync(options, Limit);
        _simulators.Add(simulator);
        return simulator;
    }

    /// <summary>Fast on the real clock; true to Gumroad's delays on one that is moved by hand.</summary>
    internal static SimulatorOptions Options(TimeProvider? time = null, bool losesOnTimeout = false) =>
        new() { Speed = time is null ? 10_000 : 1, TimeProvider = time ?? TimeProvider.System, Seed = 7, LosesOnTimeout = losesOnTimeout };
}

using Latchkey.Simulator.Faults;
using Latchkey.Simulator.Life;

namespace Latchkey.Simulator.Tests.Life;

/// <summary>Plays lives to a real receiver, all from the same morning at the same shop address, so that bodies can be compared.</summary>
public abstract class LifeTest : IAsyncLifetime
{
    private readonly List<GumroadSimulator> _simulators = [];

    internal static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromMinutes(5)).Token;

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

    internal async Task<GumroadSimulator> OpenAsync(FaultDials? faults = null, double speed = 0)
    {
        var options = new SimulatorOptions
        {
            Speed = speed,
            StartAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ShopUrl = new Uri("https://inkwellapps.gumroad.com/"),
            Seed = 7,
            Faults = faults ?? FaultDials.None,
        };
        var gumroad = await GumroadSimulator.StartAsync(options.SubscribeAll(Receiver.Url), Limit);
        _simulators.Add(gumroad);
        return gumroad;
    }

    internal async Task<(GumroadSimulator Gumroad, LifeReport Report)> LiveAsync(ShopLife life, FaultDials? faults = null)
    {
        var gumroad = await OpenAsync(faults);
        return (gumroad, await gumroad.LiveAsync(life, Limit));
    }
}

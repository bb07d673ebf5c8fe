namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>A shop on a clock that stands still, whose pings all come here.</summary>
public abstract class ShopTest : SimulatorTest
{
    private int _seen;

    internal static BuyOrder Book { get; } = new() { Permalink = "book", Email = "mara@example.org" };

    internal static SimulatedProduct BookProduct { get; } = new() { Permalink = "book", Name = "Book", PriceUsdCents = 1000 };

    /// <summary>Monthly 1000 or yearly 10000; the better tier twice that.</summary>
    internal static SimulatedProduct ClubProduct { get; } = new()
    {
        Permalink = "club",
        Name = "Club",
        PriceUsdCents = 1000,
        Recurrence = "monthly",
        OtherRecurrences = ["yearly"],
        Variants = [new("Tier", [Tier("Basic", 1000), Tier("Better", 2000)])],
    };

    internal static BuyOrder Membership { get; } = Book with { Permalink = "club" };

    internal Task<GumroadSimulator> ShopAsync(params SimulatedProduct[] products) => ShopAsync(GumroadVersion.Newest, products);

    internal Task<GumroadSimulator> ShopAsync(GumroadVersion version, params SimulatedProduct[] products) => SubscribedAsync(new SimulatorOptions
    {
        Speed = 0,
        StartAt = Start,
        Seed = 7,
        Version = version,
        Products = products.Length == 0 ? [BookProduct, ClubProduct] : products,
    });

    /// <summary>The pings since the last time, oldest first.</summary>
    internal async Task<IReadOnlyList<Received>> PingsAsync(GumroadSimulator simulator)
    {
        await simulator.WhenQuietAsync(Limit);
        var pings = Receiver.Requests.Skip(_seen).ToList();
        _seen += pings.Count;
        return pings;
    }

    internal async Task<Received> OnlyPingAsync(GumroadSimulator simulator) => Assert.Single(await PingsAsync(simulator));

    internal async Task<IEnumerable<string?>> ResourcesAsync(GumroadSimulator simulator) => (await PingsAsync(simulator)).Select(ping => ping["resource_name"]);

    /// <summary>A purchase whose ping is out.</summary>
    internal async Task<SimulatedSale> BoughtAsync(GumroadSimulator simulator, BuyOrder order)
    {
        var sale = await simulator.BuyAsync(order, Limit);
        await PingsAsync(simulator);
        return sale;
    }

    internal static Dictionary<string, string> Map(params (string Name, string Value)[] pairs) => pairs.ToDictionary(pair => pair.Name, pair => pair.Value);

    private static VariantChoice Tier(string name, int monthly) => new(name, monthly) { RecurrencePrices = new Dictionary<string, int> { ["yearly"] = monthly * 10 } };
}

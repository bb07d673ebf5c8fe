using System.Globalization;
using Latchkey.Crash;
using Latchkey.Simulator;
using Latchkey.Simulator.Faults;

namespace Latchkey.Links;

/// <summary>
/// A simulated Gumroad that sells, and answers at its API. Its own pings are all lost; what they would have said is handed to whoever
/// wants to send it, as often and to whom he likes.
/// </summary>
internal sealed class Gumroad : IAsyncDisposable
{
    private const int PingsSooner = 10_000;
    private static readonly Uri Nowhere = new("http://127.0.0.1:1/");

    private readonly GumroadSimulator _simulator;

    private Gumroad(GumroadSimulator simulator) => _simulator = simulator;

    public static async Task<Gumroad> OpenAsync() => new(await GumroadSimulator.StartAsync(new SimulatorOptions
    {
        Products = [new SimulatedProduct { Permalink = Shop.Product, Name = "Inkwell", PriceUsdCents = 900 }],
        PingUrl = Nowhere,
        PingSpeed = PingsSooner,
        Faults = new FaultDials { Drop = 1 },
    }));

    /// <summary>For nodes that are started from now on.</summary>
    public void SetAddresses()
    {
        Environment.SetEnvironmentVariable("Latchkey__Gumroad__ApiUrl", new Uri(_simulator.Address, "v2/").AbsoluteUri);
        Environment.SetEnvironmentVariable("Latchkey__Gumroad__ShopUrl", _simulator.Address.AbsoluteUri);
    }

    public string CreateAccessToken() => _simulator.CreateAccessToken();

    /// <summary>Buys where a link leads to.</summary>
    /// <param name="checkout">Path and query: the product, perhaps a code behind it, and parameters.</param>
    /// <returns>The ping that says so.</returns>
    public async Task<byte[]> BuyAsync(Uri checkout, string email)
    {
        var path = checkout.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries); // l, the product, the code
        var sale = await _simulator.BuyAsync(new BuyOrder
        {
            Permalink = path[1], OfferCode = path is [_, _, var code] ? code : null, Email = email, ReferrerQuery = checkout.Query,
        });
        await _simulator.WhenQuietAsync();
        var number = string.Create(CultureInfo.InvariantCulture, $"order_number={sale.OrderNumber}&");
        return _simulator.Attempts.Last(a => a.BodyText.Contains(number, StringComparison.Ordinal)).Body.ToArray();
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();
}

using Latchkey.Gumroad.Api;
using Latchkey.Simulator;
using Latchkey.Simulator.Faults;
using Latchkey.Simulator.Life;

namespace Latchkey.Server.Tests.Year;

/// <summary>A year in the life of a shop. Whatever went wrong on the way, everybody has what the simulator's own books say.</summary>
public sealed class YearTests
{
    private const int Moments = 50;
    private const int Days = 365;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1_000, 1, true)]
    [InlineData(1_000, 2, false)]
    public async Task Everybody_has_what_the_books_say_at_fifty_moments(int buyers, int seed, bool rough)
    {
        await using var house = new YearHouse();
        await house.OpenAsync(Start, SimulatedProduct.Catalog);
        await using var gumroad = await GumroadSimulator.StartAsync(
            new SimulatorOptions { Speed = 0, StartAt = Start, Seed = seed, Faults = rough ? FaultDials.Rough : FaultDials.None, AccessToken = "all" }.SubscribeAll(house.Door));
        house.Follow(gumroad.Clock);
        using var client = new GumroadClient(new GumroadClientOptions { AccessToken = "all", ApiUrl = new Uri(gumroad.Address, "v2/") });

        var checkedSubjects = 0;
        var random = new Random(seed);
        for (var i = 0; i < Moments; i++)
        {
            gumroad.At(Start.AddSeconds(random.Next(Days * 86_400)), async ct => checkedSubjects += await CheckAsync(house, gumroad, rough ? client : null, ct));
        }

        await gumroad.LiveAsync(new ShopLife { Buyers = buyers, Days = Days, Seed = seed });
        Assert.True(checkedSubjects > buyers * Moments / 3, $"Only {checkedSubjects} subjects were compared.");
    }

    /// <summary>No ping tells of a gift's refund, and a checkout field named like the address takes its place in the ping.</summary>
    private static bool IsToldByPings(SimulatedSale sale) => !(sale.IsGift && sale.Refunded) && sale.Permalink != "portrait";

    private static async Task<int> CheckAsync(YearHouse house, GumroadSimulator gumroad, GumroadClient? client, CancellationToken ct)
    {
        // What was not delivered is asked for; without a client, pings alone have to do.
        await (client is null ? house.FoldAsync() : house.ReadGumroadAsync(client, ct));
        var known = await house.KnownSalesAsync();
        var now = gumroad.Clock.GetUtcNow();
        var wrong = new List<string>();
        var buyers = gumroad.Sales.GroupBy(s => s.Email).ToList();
        foreach (var buyer in buyers)
        {
            // Gifts, tests and authorizations are in no list of the API: while their ping is on its way, or dropped, nobody can know of them.
            var sales = buyer.Where(s => known.Contains(s.SaleId) && (client is not null || IsToldByPings(s))).ToList();
            var expected = YearBooks.RightsOf(sales, gumroad.FindSale, gumroad.FindMembership, gumroad.Products, now);
            var actual = await house.RightsOfAsync(buyer.Key);
            foreach (var product in client is null ? expected.Keys : expected.Keys.Union(actual.Keys))
            {
                var type = expected.GetValueOrDefault(product);
                if (actual.GetValueOrDefault(product)?.Tier != type)
                {
                    wrong.Add($"{now:u} {buyer.Key} {product}: the books say {type ?? "nothing"}, we say {actual.GetValueOrDefault(product)?.Tier ?? "nothing"}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)) + $"\n{wrong.Count} in all");
        return buyers.Count;
    }
}

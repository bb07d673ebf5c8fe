using Latchkey.Gumroad.Api;
using Latchkey.Simulator.Faults;
using Latchkey.Simulator.Life;

namespace Latchkey.Simulator.Tests.Life;

/// <summary>The package's README, compiled and run.</summary>
public sealed class ReadmeTests : LifeTest
{
    [Fact]
    public async Task What_the_readme_shows_works()
    {
        var ct = new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;
        var yourEndpoint = Receiver.Url;

        var options = new SimulatorOptions { Speed = 0, Seed = 1 }.SubscribeAll(yourEndpoint);
        await using var gumroad = await GumroadSimulator.StartAsync(options, ct);

        var sale = await gumroad.BuyAsync(new BuyOrder { Permalink = "inkwell", Email = "mara@example.org" }, ct);
        await gumroad.WhenQuietAsync(ct);
        // the sale has arrived: see what your code made of sale.LicenseKey

        await gumroad.RefundAsync(sale.SaleId, ct);
        await gumroad.WhenQuietAsync(ct);
        // so has the refund

        Assert.Equal(["sale", "refund"], Receiver.Requests.Select(ping => ping["resource_name"]));

        var member = await gumroad.BuyAsync(new BuyOrder { Permalink = "inkclub", Email = "noor@example.org", Quantity = 3 }, ct);
        await gumroad.AdvanceAsync(TimeSpan.FromDays(95), ct);
        Assert.Equal(4, gumroad.FindMembership(member.SubscriptionId!)!.SaleIds.Count);

        await gumroad.CancelAsync(member.SubscriptionId!, ct: ct);
        await gumroad.AdvanceAsync(TimeSpan.FromDays(31), ct);
        Assert.Equal("cancelled", gumroad.FindMembership(member.SubscriptionId!)!.EndedReason);

        gumroad.Faults = new FaultDials { Duplicate = .2, Reorder = .3, Late = .05, Stale = .2, Drop = .1 };
        await gumroad.BuyAsync(new BuyOrder { Permalink = "brushpack", Email = "juan@example.org" }, ct);
        await gumroad.WhenQuietAsync(ct);
        await gumroad.RepeatAllAsync(seed: 7, ct);

        gumroad.Faults = FaultDials.Rough;
        var report = await gumroad.LiveAsync(new ShopLife { Buyers = 100, Days = 365, Seed = 1 }, ct);
        Assert.True(report.Happened[LifeEvents.Renewals] > 0);

        var api = new GumroadClientOptions { ApiUrl = new Uri(gumroad.Address, "v2/"), AccessToken = gumroad.CreateAccessToken() };
        using var client = new GumroadClient(api);
        var refunded = await client.Sales.GetAsync(sale.SaleId, ct);
        Assert.True(refunded.Refunded);
    }

    [Fact]
    public void The_readme_shows_nothing_else() =>
        ShownCode.IsCompiled("src/Latchkey.Simulator/README.md", blocks: 5);
}

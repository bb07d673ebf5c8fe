using Latchkey.Simulator.Faults;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>Gumroad's ping never comes.</summary>
[Collection(PurchaseLinkRow.Name)]
public sealed class LostPingTests : IDisposable
{
    private readonly PurchaseShop _shop;

    public LostPingTests(PurchaseShop shop)
    {
        _shop = shop;
        _shop.Gumroad.Faults = new FaultDials { Drop = 1 };
    }

    public void Dispose() => _shop.Gumroad.Faults = FaultDials.None;

    [Theory]
    [InlineData("code")]
    [InlineData("product")]
    public async Task After_a_minute_the_page_has_Gumroad_asked_and_finds_the_sale(string strength)
    {
        var buyer = await PaidInVainAsync(strength);
        await buyer.Tab.Clock.FastForwardAsync("01:00");
        await buyer.IsBackAsync();
        await buyer.IsClearedAwayAsync();
        Assert.Equal("redeemed", await buyer.StateAsync());
    }

    [Fact]
    public async Task For_a_token_the_seller_chooses_among_the_sales_and_the_page_goes_on()
    {
        var buyer = await PaidInVainAsync("token");
        var mine = _shop.Gumroad.Sales[^1].SaleId;
        await _shop.Gumroad.BuyAsync(new() { Permalink = "print", Email = "somebody.else@example.org" });
        await buyer.Tab.Clock.FastForwardAsync("01:00");
        await buyer.IsAsync("held not_certain");
        await Expect(buyer.Tab.GetByRole(AriaRole.Button, new() { Name = "I have paid: check now" })).ToBeDisabledAsync();
        await buyer.Tab.ReloadAsync();
        await buyer.IsToldAsync("The seller is asked");
        await SimulatorShop.PictureAsync(buyer.Tab, "wait-asked");

        var candidates = await CandidatesAsync(buyer);
        Assert.Equal(2, candidates.Count);
        await buyer.AcceptAsync(candidates.Single(c => c.Sales.Contains(mine)).Purchase);
        await buyer.IsBackAsync();
        Assert.Equal("redeemed", await buyer.StateAsync());
    }

    /// <summary>A buyer has paid, and his tab, which has a clock of its own, has not heard of it.</summary>
    private async Task<Buyer> PaidInVainAsync(string strength)
    {
        var tab = await _shop.Browser.WindowAsync();
        await tab.Clock.InstallAsync();
        var buyer = await _shop.SendAsync(_shop.Order(strength), tab);
        await TierShop.PayAsync(await buyer.OpenCheckoutAsync(), "mara@example.org");
        await _shop.Gumroad.WhenQuietAsync();
        Assert.Equal("open", await buyer.StateAsync());
        await buyer.IsToldAsync(Buyer.Waits);
        return buyer;
    }

    /// <summary>As the seller looks at them.</summary>
    private async Task<IReadOnlyList<(string Purchase, IReadOnlyList<string> Sales)>> CandidatesAsync(Buyer buyer)
    {
        var found = new List<(string, IReadOnlyList<string>)>();
        foreach (var id in (await buyer.ReadAsync())["candidates"]!.AsArray())
        {
            var purchase = await PurchaseShop.UntilAsync(() => _shop.FindPurchaseAsync((string)id!), "the candidate is not known");
            found.Add(((string)id!, [.. purchase["gumroad"]!["sale_ids"]!.AsArray().Select(sale => (string)sale!)]));
        }

        return found;
    }
}

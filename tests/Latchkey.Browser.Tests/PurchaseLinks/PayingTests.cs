using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>From the app to Gumroad and back, as it should be.</summary>
[Collection(PurchaseLinkRow.Name)]
public sealed class PayingTests(PurchaseShop shop)
{
    [Theory]
    [InlineData("token", false)]
    [InlineData("code", false)]
    [InlineData("product", false)]
    [InlineData("token", true)]
    public async Task A_buyer_who_pays_in_another_tab_is_back_in_the_app_with_its_data(string strength, bool phone)
    {
        var tab = await shop.Browser.WindowAsync(phone);
        var watch = new Watch(tab);
        var buyer = await shop.SendAsync(shop.Order(strength), tab);
        await PictureAsync(tab, $"wait-{strength}", phone);
        Assert.True(await tab.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"));

        var checkout = await buyer.OpenCheckoutAsync();
        Assert.NotNull(await checkout.EvaluateAsync<string?>("() => window.opener === null ? 'alone' : null"));
        await PictureAsync(checkout, $"pay-{strength}", phone);
        await TierShop.PayAsync(checkout, "mara@example.org");
        await buyer.IsBackAsync();

        var purchase = await shop.LatestPurchaseAsync();
        var link = await buyer.ReadAsync();
        Assert.Equal((null, (string?)link["subject"]), ((string?)purchase["reason"], (string?)purchase["subject"]));
        Assert.Equal(((string)purchase["id"]!, "redeemed"), ((string)link["purchase"]!, (string)link["state"]!));
        Assert.Empty(watch.Errors);
        Assert.Empty(watch.RequestsElsewhere);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("product")]
    public async Task What_was_made_for_one_purchase_is_gone_after_it(string strength)
    {
        var buyer = await shop.SendAsync(shop.Order(strength));
        var checkout = await buyer.OpenCheckoutAsync();
        var address = checkout.Url;
        await TierShop.PayAsync(checkout, "ida@example.org");
        await buyer.IsBackAsync();
        await buyer.IsClearedAwayAsync();

        await checkout.GotoAsync(address);
        var sales = shop.Gumroad.Sales.Count;
        if (strength == "code")
        {
            await checkout.GetByLabel("E-mail").FillAsync("ida@example.org");
            await checkout.GetByRole(AriaRole.Button, new() { Name = "Pay" }).ClickAsync();
            await Expect(checkout.GetByRole(AriaRole.Alert)).ToContainTextAsync("is not good for");
        }
        else
        {
            await Expect(checkout.GetByRole(AriaRole.Button, new() { Name = "Pay" })).ToHaveCountAsync(0);
        }

        Assert.Equal(sales, shop.Gumroad.Sales.Count);
    }

    [Fact]
    public async Task Who_goes_back_without_paying_has_not_paid_and_may_still_pay()
    {
        var buyer = await shop.SendAsync(shop.Order("token"));
        var checkout = await buyer.OpenCheckoutAsync();
        await buyer.Tab.GetByRole(AriaRole.Link, new() { Name = "Back to the app" }).ClickAsync();
        await Buyer.IsBackAsync(buyer.Tab, "not paid: not_paid");

        await buyer.Tab.GotoAsync(buyer.WaitAddress);
        await TierShop.PayAsync(checkout, "bo@example.org");
        await buyer.IsBackAsync();
    }

    [Fact]
    public async Task A_purchase_is_of_whom_the_link_was_made_for_whatever_address_he_pays_with()
    {
        var buyer = await shop.SendAsync(shop.Order("token"));
        var bystander = await shop.SendAsync(shop.Order("token"));
        var checkout = await buyer.OpenCheckoutAsync();
        await TierShop.PayAsync(checkout, "an.aunt@example.org");
        await buyer.IsBackAsync();
        Assert.Equal((string?)buyer.Link["subject"], (string?)(await shop.LatestPurchaseAsync())["subject"]);
        await bystander.IsToldAsync(Buyer.Waits);
        Assert.Equal("open", await bystander.StateAsync());
    }

    [Fact]
    public async Task A_link_that_was_taken_back_says_so_in_the_tab_that_waits()
    {
        var buyer = await shop.SendAsync(shop.Order("token"));
        var checkout = await buyer.OpenCheckoutAsync();
        await shop.SellerAsync(HttpMethod.Delete, "/purchase-links/" + buyer.Id);
        await buyer.IsToldAsync("This link was taken back");
        await TierShop.PayAsync(checkout, "kai@example.org");
        await shop.LatestIsHeldAsync("link_cancelled");
    }

    private static Task PictureAsync(IPage page, string name, bool phone) => SimulatorShop.PictureAsync(page, phone ? name + "-phone" : name);
}

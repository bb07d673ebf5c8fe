using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>What a buyer does to the address bar, and with the checkout, costs nobody anything.</summary>
[Collection(PurchaseLinkRow.Name)]
public sealed class TamperingTests(PurchaseShop shop)
{
    private const string Reference = "latchkey";

    [Theory]
    [InlineData("code")]
    [InlineData("product")]
    public async Task Without_its_parameter_a_code_or_a_product_still_brings_the_buyer_back(string strength)
    {
        var buyer = await shop.SendAsync(shop.Order(strength));
        var checkout = await buyer.OpenCheckoutAsync();
        await checkout.GotoAsync(AddressBar.Without(checkout.Url, Reference));
        await TierShop.PayAsync(checkout, "mara@example.org");
        await buyer.IsBackAsync();
    }

    [Theory]
    [InlineData("token")]
    [InlineData("code")]
    public async Task Without_anything_of_the_link_a_payment_is_held_until_the_seller_says_whose_it_is(string strength)
    {
        var buyer = await shop.SendAsync(shop.Order(strength));
        var checkout = await buyer.OpenCheckoutAsync();
        await checkout.GotoAsync(AddressBar.Without(AddressBar.Without(checkout.Url, Reference), "code"));
        await TierShop.PayAsync(checkout, "mara@example.org");
        await shop.LatestIsHeldAsync("unmapped_product");
        Assert.Equal("open", await buyer.StateAsync());
        await buyer.IsToldAsync(Buyer.Waits);

        await buyer.AcceptAsync((string)(await shop.LatestPurchaseAsync())["id"]!);
        await buyer.IsBackAsync();
    }

    [Fact]
    public async Task With_the_token_of_another_one_pays_for_the_other()
    {
        var mara = await shop.SendAsync(shop.Order("token"));
        var leo = await shop.SendAsync(shop.Order("token"));
        await PayAsWithAsync(mara, leo);
        await leo.IsBackAsync();
        await mara.IsToldAsync(Buyer.Waits);
        Assert.Equal("open", await mara.StateAsync());
    }

    [Fact]
    public async Task With_the_token_of_another_thing_nothing_is_granted_and_the_other_can_still_be_paid()
    {
        var mara = await shop.SendAsync(shop.Order("token"));
        var leo = await shop.SendAsync(shop.Order("token", "poster"));
        var reference = await ReferenceOfAsync(leo);
        await PayAsWithAsync(mara, leo);
        await leo.IsToldAsync("This payment is for something else");
        await shop.LatestIsHeldAsync("link_product_mismatch");
        Assert.Equal(("open", "held product_mismatch"), (await mara.StateAsync(), await leo.StateAsync()));

        var checkout = await shop.Browser.WindowAsync();
        await checkout.GotoAsync(AddressBar.With(new Uri(shop.Gumroad.Address, "checkout/poster").ToString(), Reference, reference));
        await TierShop.PayAsync(checkout, "leo@example.org");
        await leo.IsBackAsync();
    }

    [Fact]
    public async Task A_second_payment_with_a_token_is_held_and_the_link_says_that_it_was_used()
    {
        var buyer = await shop.SendAsync(shop.Order("token"));
        var (checkout, again) = (await buyer.OpenCheckoutAsync(), await buyer.OpenCheckoutAsync());
        await TierShop.PayAsync(checkout, "mara@example.org");
        await buyer.IsBackAsync();
        await TierShop.PayAsync(again, "mara@example.org");
        await shop.LatestIsHeldAsync("link_already_used");
        Assert.Equal("redeemed", await buyer.StateAsync());

        await again.GotoAsync(buyer.CheckoutAddress);
        await Buyer.IsToldAsync(again, "This link was used already");
        await SimulatorShop.PictureAsync(again, "wait-used");
        await again.GetByRole(AriaRole.Link, new() { Name = "Continue" }).ClickAsync();
        await Buyer.IsBackAsync(again, "not paid: already_used");
    }

    [Fact]
    public async Task A_second_payment_is_refunded_where_the_link_asks_for_that()
    {
        var order = shop.Order("token");
        order["refund_repeats"] = true;
        var buyer = await shop.SendAsync(order);
        var (checkout, again) = (await buyer.OpenCheckoutAsync(), await buyer.OpenCheckoutAsync());
        await TierShop.PayAsync(checkout, "mara@example.org");
        await buyer.IsBackAsync();
        var first = shop.Gumroad.Sales[^1];
        await TierShop.PayAsync(again, "mara@example.org");
        var second = shop.Gumroad.Sales[^1];
        await PurchaseShop.UntilAsync(() => Task.FromResult(shop.Gumroad.FindSale(second.SaleId) is { Refunded: true } refunded ? refunded : null), "nothing was refunded");
        Assert.False(shop.Gumroad.FindSale(first.SaleId)!.Refunded);
    }

    [Theory]
    [InlineData("code")]
    [InlineData("product")]
    public async Task Gumroad_itself_takes_no_second_payment_with_a_code_or_for_a_product(string strength)
    {
        var buyer = await shop.SendAsync(shop.Order(strength));
        var (checkout, again) = (await buyer.OpenCheckoutAsync(), await buyer.OpenCheckoutAsync());
        await TierShop.PayAsync(checkout, "mara@example.org");
        await RefusedAsync(again);
        await buyer.IsBackAsync();
    }

    [Fact]
    public async Task Paid_too_late_a_link_stays_expired_and_the_payment_is_held()
    {
        var buyer = await ExpiringAsync("token");
        var checkout = await buyer.OpenCheckoutAsync();
        await shop.PassAsync(TimeSpan.FromSeconds(61));
        await buyer.IsToldAsync("This link has expired");
        await SimulatorShop.PictureAsync(buyer.Tab, "wait-expired");
        await TierShop.PayAsync(checkout, "mara@example.org");
        await shop.LatestIsHeldAsync("link_expired");
        Assert.Equal("expired expired", await buyer.StateAsync());
        await buyer.Tab.GetByRole(AriaRole.Link, new() { Name = "Back to the app" }).ClickAsync();
        await Buyer.IsBackAsync(buyer.Tab, "not paid: expired");
    }

    [Theory]
    [InlineData("code")]
    [InlineData("product")]
    public async Task Past_its_time_a_code_or_a_product_cannot_be_paid_at_all(string strength)
    {
        var buyer = await ExpiringAsync(strength);
        var checkout = await buyer.OpenCheckoutAsync();
        await shop.PassAsync(TimeSpan.FromSeconds(61));
        await buyer.IsClearedAwayAsync();
        await buyer.IsToldAsync("This link has expired");
        await RefusedAsync(checkout);
    }

    [Fact]
    public async Task Paid_too_little_nothing_is_granted_until_the_price_is_paid()
    {
        var order = shop.Order("token", "sketch");
        order["min_price_usd_cents"] = 900;
        var buyer = await shop.SendAsync(order);
        var checkout = await buyer.OpenCheckoutAsync();
        var address = checkout.Url;
        await Expect(checkout.GetByLabel("Your price in dollars")).ToHaveValueAsync("9");
        await checkout.GetByLabel("Your price in dollars").FillAsync("2");
        await TierShop.PayAsync(checkout, "mara@example.org");
        await buyer.IsToldAsync("This payment does not fit");
        await SimulatorShop.PictureAsync(buyer.Tab, "wait-held");
        await shop.LatestIsHeldAsync("link_amount_mismatch");

        await checkout.GotoAsync(address);
        await TierShop.PayAsync(checkout, "mara@example.org");
        await buyer.IsBackAsync();
        Assert.Equal("redeemed", await buyer.StateAsync());
    }

    private async Task<Buyer> ExpiringAsync(string strength)
    {
        var order = shop.Order(strength);
        order["expires_in"] = 60;
        return await shop.SendAsync(order);
    }

    /// <summary>One opens his own checkout, and puts the other's token in place of his.</summary>
    private static async Task PayAsWithAsync(Buyer one, Buyer other)
    {
        var checkout = await one.OpenCheckoutAsync();
        await checkout.GotoAsync(AddressBar.With(checkout.Url, Reference, await ReferenceOfAsync(other)));
        await TierShop.PayAsync(checkout, "mara@example.org");
    }

    private static async Task<string> ReferenceOfAsync(Buyer buyer)
    {
        var page = await buyer.Shop.Browser.WindowAsync();
        await page.GotoAsync(buyer.CheckoutAddress);
        var reference = AddressBar.Parameter(page.Url, Reference)!;
        await page.Context.CloseAsync();
        return reference;
    }

    private async Task RefusedAsync(IPage checkout)
    {
        var sales = shop.Gumroad.Sales.Count;
        await checkout.GetByLabel("E-mail").FillAsync("mara@example.org");
        var refused = await checkout.RunAndWaitForResponseAsync(
            () => checkout.GetByRole(AriaRole.Button, new() { Name = "Pay" }).ClickAsync(),
            reply => reply.Request.Method == "POST" && !reply.Url.EndsWith("/total", StringComparison.Ordinal));
        Assert.InRange(refused.Status, 400, 404);
        Assert.Equal(sales, shop.Gumroad.Sales.Count);
    }
}

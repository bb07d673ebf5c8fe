using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>Waiting in a page of the app's own, which is of another origin than Latchkey.</summary>
[Collection(PurchaseLinkRow.Name)]
public sealed class EmbeddedTests(PurchaseShop shop)
{
    [Fact]
    public async Task The_apps_own_page_waits_and_is_given_a_result_that_its_server_believes()
    {
        var page = await shop.Browser.WindowAsync();
        var watch = new Watch(page);
        var buyer = await OpenAsync(page, "own");
        await buyer.IsToldAsync(Buyer.Waits);
        Assert.True(await page.EvaluateAsync<bool>("() => window.waiting.check()"));
        await PayAsync(buyer);
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync($"paid by {buyer.Link["subject"]} for {buyer.Data}", Patience());
        await buyer.IsToldAsync("Paid. Thank you!");
        Assert.Empty(watch.Errors);
    }

    [Fact]
    public async Task A_page_of_an_origin_that_is_not_the_sellers_is_told_nothing()
    {
        var page = await shop.Browser.WindowAsync();
        var link = await shop.App.MakeLinkAsync(shop.Order("token"));
        await page.GotoAsync(shop.App.Waiting("own", (string)link["wait_url"]!).Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The line broke", Patience());
        await Expect(page.Locator("#title")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task In_a_frame_of_the_app_the_page_that_waits_goes_on_to_the_app()
    {
        var page = await shop.Browser.WindowAsync();
        var buyer = await OpenAsync(page, "framed");
        var frame = page.FrameLocator("iframe");
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = Buyer.Waits })).ToBeVisibleAsync();
        var checkout = await page.RunAndWaitForPopupAsync(() => frame.GetByRole(AriaRole.Link, new() { Name = "Open the checkout" }).ClickAsync());
        await TierShop.PayAsync(checkout, "mara@example.org");
        await Expect(frame.GetByRole(AriaRole.Heading, new() { Name = "Back in the app" })).ToBeVisibleAsync(new() { Timeout = (float)PurchaseShop.Patience.TotalMilliseconds });
    }

    private async Task<Buyer> OpenAsync(IPage page, string kind)
    {
        var order = shop.Order("token", "poster"); // which no other test leaves undecided, so that asking Gumroad finds nothing
        var link = await shop.App.MakeLinkAsync(order);
        link["data"] = order["data"]!.DeepClone();
        await page.GotoAsync(shop.App.Waiting(kind, (string)link["wait_url"]!));
        return new Buyer(shop, page, link);
    }

    private async Task PayAsync(Buyer buyer)
    {
        var checkout = await shop.Browser.WindowAsync();
        await checkout.GotoAsync(buyer.CheckoutAddress);
        await TierShop.PayAsync(checkout, "mara@example.org");
    }

    private static LocatorAssertionsToHaveTextOptions Patience() => new() { Timeout = (float)PurchaseShop.Patience.TotalMilliseconds };
}

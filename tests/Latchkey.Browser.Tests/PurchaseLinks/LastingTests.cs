using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>The page that waits outlasts what browsers and networks do.</summary>
[Collection(PurchaseLinkRow.Name)]
public sealed class LastingTests(PurchaseShop shop)
{
    private const string Lost = "The connection is lost.";

    [Fact]
    public async Task It_is_loaded_again()
    {
        var buyer = await shop.SendAsync(shop.Order("token"));
        var checkout = await buyer.OpenCheckoutAsync();
        await buyer.Tab.ReloadAsync();
        await buyer.IsToldAsync(Buyer.Waits);
        await Expect(buyer.Tab.GetByRole(AriaRole.Link, new() { Name = "Open the checkout again" })).ToBeVisibleAsync();
        await TierShop.PayAsync(checkout, "mara@example.org");
        await buyer.IsBackAsync();
    }

    [Fact]
    public async Task Its_tab_is_closed_and_its_address_opened_elsewhere()
    {
        var buyer = await shop.SendAsync(shop.Order("token"));
        var checkout = await buyer.OpenCheckoutAsync();
        await buyer.Tab.CloseAsync();
        await TierShop.PayAsync(checkout, "mara@example.org");
        await buyer.IsAsync("redeemed");
        var (later, phone) = (await shop.Browser.WindowAsync(), await shop.Browser.WindowAsync(phone: true));
        await later.GotoAsync(buyer.WaitAddress);
        await buyer.IsBackAsync(later);
        await phone.GotoAsync(buyer.WaitAddress);
        await buyer.IsBackAsync(phone);
    }

    [Fact]
    public async Task The_server_is_away_for_a_while()
    {
        var buyer = await shop.SendAsync(shop.Order("token"));
        var checkout = await buyer.OpenCheckoutAsync();
        await shop.StopServerAsync();
        try
        {
            await Expect(buyer.Tab.Locator("#note")).ToContainTextAsync(Lost, new() { Timeout = (float)PurchaseShop.Patience.TotalMilliseconds });
            await TierShop.PayAsync(checkout, "mara@example.org"); // Gumroad tries its ping again by itself
        }
        finally
        {
            await shop.StartServerAgainAsync();
        }

        await buyer.IsBackAsync();
    }
}

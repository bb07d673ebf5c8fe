using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>samples/OneTime, which has Latchkey inside.</summary>
[Collection(PurchaseLinkRow.Name)]
public sealed class OneTimeTests(StarShop shop) : IClassFixture<StarShop>
{
    private static readonly float Patience = (float)PurchaseShop.Patience.TotalMilliseconds;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_pays_for_a_star_names_it_once(bool phone)
    {
        var page = await shop.Browser.WindowAsync(phone);
        var watch = new Watch(page);
        var (user, name) = phone ? ("ida", "Ida & Co") : ("mara", "Mara's own");
        await SignInAsync(page, user);
        var checkout = await BuyAsync(page, "Mizar", name);
        await TierShop.PayAsync(checkout, "payer@example.org");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours" })).ToBeVisibleAsync(new() { Timeout = Patience });
        var told = $"Mizar is called {name} from now on, {user}.";
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync(told);
        await SimulatorShop.PictureAsync(page, phone ? "star-phone" : "star");

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync(told);
        await page.GetByRole(AriaRole.Link, new() { Name = "To the register" }).ClickAsync();
        await Expect(page.GetByText($"Mizar is {name}, by {user}")).ToHaveCountAsync(1);
        Assert.Empty(watch.Errors);
        Assert.Empty(watch.RequestsElsewhere);
    }

    [Fact]
    public async Task A_buyer_who_closes_his_tab_has_his_star_all_the_same()
    {
        var page = await shop.Browser.WindowAsync();
        await SignInAsync(page, "noor");
        var checkout = await BuyAsync(page, "Vega", "Noor");
        await page.CloseAsync();
        await TierShop.PayAsync(checkout, "noor@example.org");
        await PurchaseShop.UntilAsync(
            async () => await (await checkout.APIRequest.GetAsync(shop.Address)).TextAsync() is var text && text.Contains("Vega is Noor, by noor", StringComparison.Ordinal) ? text : null,
            "the star was not entered");
    }

    [Fact]
    public async Task A_payment_that_was_refunded_is_none_any_more()
    {
        var page = await shop.Browser.WindowAsync();
        await SignInAsync(page, "zoe");
        var checkout = await BuyAsync(page, "Alcor", "Zoe");
        await TierShop.PayAsync(checkout, "zoe@example.org");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours" })).ToBeVisibleAsync(new() { Timeout = Patience });
        await checkout.GotoAsync(shop.SellerPage);
        await checkout.Locator("section").Filter(new() { HasText = "zoe@example.org" }).GetByRole(AriaRole.Button, new() { Name = "Refund" }).ClickAsync();
        await PurchaseShop.UntilAsync(
            async () => await page.ReloadAsync() is not null && await page.GetByRole(AriaRole.Status).GetAttributeAsync("data-error") == "refunded" ? "refunded" : null,
            "the refund was not heard of");
    }

    [Fact]
    public async Task The_star_is_the_buyers_whoever_is_signed_in_when_he_comes_back()
    {
        var page = await shop.Browser.WindowAsync();
        await SignInAsync(page, "leo");
        var checkout = await BuyAsync(page, "Alcor", "Leo");
        await page.Context.ClearCookiesAsync();
        await SignInAsync(await page.Context.NewPageAsync(), "kai");
        await TierShop.PayAsync(checkout, "leo@example.org");
        await Buyer.IsToldAsync(page, "It is yours");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Alcor is called Leo from now on, leo.", new() { Timeout = Patience });
    }

    [Fact]
    public async Task Without_a_payment_nothing_is_bought()
    {
        var page = await shop.Browser.WindowAsync();
        await SignInAsync(page, "bo");
        await BuyAsync(page, "Vega", "Bo");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the app" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not bought" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveAttributeAsync("data-error", "not_paid");

        await page.GotoAsync(shop.Address + "bought?latchkey_link=pln_anything&latchkey_result=anything");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveAttributeAsync("data-error", "invalid_result");
    }

    private async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync(shop.Address);
        var field = page.GetByLabel("Your name");
        await field.FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByText($"Signed in as {name}.")).ToBeVisibleAsync();
    }

    /// <returns>The checkout, in a tab of its own.</returns>
    private static async Task<IPage> BuyAsync(IPage page, string star, string name)
    {
        await page.GetByLabel("Star").SelectOptionAsync(star);
        await page.GetByLabel("Its name from now on").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy" }).ClickAsync();
        await Buyer.IsToldAsync(page, Buyer.Waits);
        return await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Open the checkout" }).ClickAsync());
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests;

public sealed class TierPageTests(TierShop shop) : IClassFixture<TierShop>
{
    private const string Draft = "What I write while I buy";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_page_unlocks_by_itself_when_its_tier_is_bought_and_locks_when_it_is_refunded(bool phone)
    {
        var user = phone ? "ida" : "mara";
        var page = await shop.Browser.WindowAsync(phone);
        var watch = new Watch(page);
        await page.GotoAsync(shop.Address);
        await PictureAsync(page, "tiers-sign-in", phone);
        await shop.SignInAsync(page, user);
        var bystander = await shop.Browser.WindowAsync();
        await shop.SignInAsync(bystander, user + "2");
        await IsLockedAsync(page, "Export", "Share cards");
        await PictureAsync(page, "tiers-free", phone);
        Assert.Equal(402, await AskAsync(page, "export"));

        // From here on nobody touches the page but to follow its links.
        await page.GetByLabel("Your text").FillAsync(Draft);
        await page.EvaluateAsync("() => { window.loaded = 'once'; }");
        var gumroad = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Buy Pro" }).ClickAsync());
        await Expect(gumroad.GetByLabel("Pro")).ToBeCheckedAsync();
        await TierShop.PayAsync(gumroad, user + "@example.org");
        await TierShop.TierIsAsync(page, "pro");
        await IsOpenAsync(page, "Export");
        await IsLockedAsync(page, "Share cards");
        await PictureAsync(page, "tiers-pro", phone);
        Assert.Equal(200, await AskAsync(page, "export"));
        Assert.Equal(402, await AskAsync(page, "card"));

        await shop.LaterAsync();
        var account = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Become an influencer" }).ClickAsync());
        await account.GetByLabel("E-mail").FillAsync(user + "@example.org");
        await account.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await account.GetByText("Change the plan").ClickAsync();
        await account.GetByLabel("Tier").SelectOptionAsync("Influencer");
        await account.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await TierShop.TierIsAsync(page, "influencer");
        await IsOpenAsync(page, "Export", "Share cards");
        await PictureAsync(page, "tiers-influencer", phone);
        Assert.Equal(200, await AskAsync(page, "card"));

        await RefundAllAsync(gumroad, user + "@example.org");
        await TierShop.TierIsAsync(page, "free");
        await IsLockedAsync(page, "Export", "Share cards");
        Assert.Equal(402, await AskAsync(page, "export"));

        Assert.Equal("once", await page.EvaluateAsync<string>("() => window.loaded"));
        await Expect(page.GetByLabel("Your text")).ToHaveValueAsync(Draft);
        await TierShop.TierIsAsync(bystander, "free");
        Assert.Empty(watch.Errors);
        Assert.Empty(watch.RequestsElsewhere);
    }

    [Fact]
    public async Task A_page_whose_line_was_cut_catches_up()
    {
        var page = await shop.Browser.WindowAsync();
        await shop.SignInAsync(page, "noor");
        var cut = new TaskCompletionSource();
        page.RequestFailed += (_, request) => cut.TrySetResult();
        shop.Line.Cut();
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var gumroad = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Buy Pro" }).ClickAsync());
        await TierShop.PayAsync(gumroad, "noor@example.org");
        await shop.WhenMayAsync("user:noor", "export");
        await IsLockedAsync(page, "Export");

        var resumed = page.WaitForRequestAsync("**/stream");
        shop.Line.Mend();
        await TierShop.TierIsAsync(page, "pro");
        await IsOpenAsync(page, "Export");
        Assert.Contains("last-event-id", (await resumed).Headers);
    }

    [Fact]
    public async Task A_page_that_was_tampered_with_gets_nothing_from_the_server()
    {
        var page = await shop.Browser.WindowAsync();
        await page.GotoAsync(shop.Address);
        Assert.Equal(401, await AskAsync(page, "export"));
        Assert.Equal(401, await AskAsync(page, "token"));

        await shop.SignInAsync(page, "kai");
        await page.EvaluateAsync("() => document.querySelectorAll('[data-needs]').forEach(panel => { panel.dataset.open = true; })");
        var refused = page.WaitForResponseAsync("**/export");
        await page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        Assert.Equal(402, (await refused).Status);
    }

    [Fact]
    public async Task A_link_to_the_checkout_that_was_edited_unlocks_nobody()
    {
        var page = await shop.Browser.WindowAsync();
        await shop.SignInAsync(page, "leo");
        var buy = await page.GetByRole(AriaRole.Link, new() { Name = "Buy Pro" }).GetAttributeAsync("href");
        var gumroad = await shop.Browser.WindowAsync();
        await gumroad.GotoAsync(buy!.Replace("account=leo.", "account=lea.", StringComparison.Ordinal));
        await TierShop.PayAsync(gumroad, "lea@example.org");

        await shop.WhenMayAsync("email:lea@example.org", "export");
        await IsLockedAsync(page, "Export");
        await shop.SignInAsync(await shop.Browser.WindowAsync(), "lea");
    }

    [Fact]
    public async Task What_was_written_is_exported()
    {
        var page = await shop.Browser.WindowAsync();
        await shop.SignInAsync(page, "bo");
        var gumroad = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Become an influencer" }).ClickAsync());
        await TierShop.PayAsync(gumroad, "bo@example.org");
        await TierShop.TierIsAsync(page, "influencer");
        await page.GetByLabel("Your text").FillAsync("Ink & <paper>");
        Assert.Equal("Ink & <paper>", await DownloadAsync(page, "Export"));
        Assert.Contains(">Ink &amp; &lt;paper&gt;<", await DownloadAsync(page, "Make a card"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_readable_in_the_dark_and_fits_a_phone()
    {
        var page = await shop.Browser.WindowAsync(phone: true);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await shop.SignInAsync(page, new string('w', 32));
        Assert.Equal("rgb(21, 22, 28)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.Equal(390, await page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, window.innerWidth)"));
        await PictureAsync(page, "tiers-dark", phone: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    private static async Task IsOpenAsync(IPage page, params string[] panels)
    {
        foreach (var panel in panels)
        {
            await Expect(Panel(page, panel)).ToContainTextAsync("unlocked", new() { UseInnerText = true });
            await Expect(Panel(page, panel).GetByRole(AriaRole.Button)).ToBeVisibleAsync();
        }
    }

    private static async Task IsLockedAsync(IPage page, params string[] panels)
    {
        foreach (var panel in panels)
        {
            await Expect(Panel(page, panel)).ToContainTextAsync("· locked", new() { UseInnerText = true });
            await Expect(Panel(page, panel).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        }
    }

    private static ILocator Panel(IPage page, string name) => page.GetByRole(AriaRole.Region, new() { Name = name });

    /// <summary>With the page's cookie, without the page.</summary>
    private async Task<int> AskAsync(IPage page, string path)
    {
        var form = page.APIRequest.CreateFormData();
        form.Set("draft", "anything");
        return (await page.APIRequest.PostAsync(shop.Address + path, new() { Form = form })).Status;
    }

    private static async Task<string> DownloadAsync(IPage page, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync());
    }

    /// <summary>A membership is over once nothing that was paid for it is left: the first charge and the upgrade.</summary>
    private async Task RefundAllAsync(IPage page, string email)
    {
        await page.GotoAsync(shop.SellerPage);
        var refunds = page.Locator("section").Filter(new() { HasText = email }).GetByRole(AriaRole.Button, new() { Name = "Refund" });
        for (var left = await refunds.CountAsync(); left > 0; left--)
        {
            await refunds.First.ClickAsync();
            await Expect(refunds).ToHaveCountAsync(left - 1);
        }
    }

    private static Task PictureAsync(IPage page, string name, bool phone) => SimulatorShop.PictureAsync(page, phone ? name + "-phone" : name);
}

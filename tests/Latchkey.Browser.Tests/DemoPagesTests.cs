using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests;

public sealed partial class DemoPagesTests(Demo demo) : IClassFixture<Demo>
{
    private const string Markup = """<img src="/x" onerror="document.title='owned'"><script>document.title='owned'</script>""";

    [Fact]
    public async Task A_buyer_pays_gets_a_receipt_and_the_key_by_mail()
    {
        var page = await demo.Browser.WindowAsync();
        await page.GotoAsync(demo.Shop);
        await page.GetByRole(AriaRole.Link, new() { Name = "Inkwell", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "I want this!" }).ClickAsync();
        await page.GetByLabel("E-mail").FillAsync("mara@example.org");
        await page.GetByLabel("Name").FillAsync("Mara Ito");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("mara@example.org");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("$29.00");

        await page.GotoAsync(demo.MailsPage);
        await Expect(MailTo(page, "mara@example.org")).ToContainTextAsync(KeyPattern(), new() { Timeout = 10_000 });
    }

    [Fact]
    public async Task The_form_cannot_be_sent_without_an_address()
    {
        var page = await demo.Browser.WindowAsync();
        await page.GotoAsync(demo.Shop + "checkout/inkwell");
        var sales = demo.House.Gumroad.Sales.Count;
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay" }).ClickAsync();
        await Expect(page.GetByLabel("E-mail")).ToBeFocusedAsync();
        Assert.True(await page.GetByLabel("E-mail").EvaluateAsync<bool>("input => input.validity.valueMissing"));
        Assert.Equal(sales, demo.House.Gumroad.Sales.Count);
    }

    [Fact]
    public async Task A_parameter_in_the_products_address_reaches_the_server()
    {
        var page = await demo.Browser.WindowAsync();
        const string account = "u_1 & <b>\"ü\"</b>";
        await demo.BuyAsync(page, "param@example.org", "Mara", "inkwell?account=" + Uri.EscapeDataString(account));
        await WhenAnnouncedAsync();

        var accounts = new List<string?>();
        foreach (var ping in (await demo.House.Seller.GetAsync("pings", CancellationToken.None))["data"]!.AsArray())
        {
            var decoded = (await demo.House.Seller.GetAsync($"pings/{ping!["id"]}", CancellationToken.None))["decoded"];
            if (decoded!["email"]!.ToString() == "param@example.org")
            {
                accounts.Add(decoded["url_params"]?["account"]?.ToString());
            }
        }

        Assert.Equal([account], accounts);
    }

    [Fact]
    public async Task A_refund_on_the_sellers_page_revokes_the_license()
    {
        var page = await demo.Browser.WindowAsync();
        await demo.BuyAsync(page, "refund@example.org", "Mara");
        await WhenAnnouncedAsync();
        await LicenseBecomesAsync("refund@example.org", "active");

        await page.GotoAsync(demo.SellerPage);
        var sale = SaleTo(page, "refund@example.org");
        await Expect(sale).ToContainTextAsync(", paid");
        await sale.GetByRole(AriaRole.Button, new() { Name = "Refund" }).ClickAsync();

        await Expect(sale).ToContainTextAsync(", refunded");
        await Expect(sale.GetByRole(AriaRole.Button, new() { Name = "Refund" })).ToHaveCountAsync(0);
        await LicenseBecomesAsync("refund@example.org", "revoked");
    }

    [Fact]
    public async Task Markup_in_a_buyers_name_is_text()
    {
        var page = await demo.Browser.WindowAsync();
        await demo.BuyAsync(page, "markup@example.org", Markup, "inkwell?account=" + Uri.EscapeDataString("\">" + Markup));
        await Expect(page.GetByText(Markup)).ToBeVisibleAsync();
        await WhenAnnouncedAsync();
        foreach (var address in new[] { page.Url, demo.Shop + "l/inkwell?a=" + Uri.EscapeDataString("\">" + Markup), demo.SellerPage, demo.MailsPage })
        {
            await page.GotoAsync(address);
            await Expect(page.Locator("img, script")).ToHaveCountAsync(0);
            Assert.NotEqual("owned", await page.TitleAsync());
        }
    }

    [Fact]
    public async Task No_page_reports_an_error_or_asks_for_anything_from_elsewhere()
    {
        var page = await demo.Browser.WindowAsync();
        var watch = new Watch(page);
        await VisitAllAsync(page, "quiet@example.org", "Mara", _ => Task.CompletedTask);
        Assert.Empty(watch.Errors);
        Assert.Empty(watch.RequestsElsewhere);
        Assert.Contains(demo.SellerPage, watch.Requests);

        // And the watch would have seen it.
        await page.SetContentAsync("""<img src="http://elsewhere.invalid/x"><script>console.error("seen")</script>""");
        Assert.Contains(watch.Errors, error => error.StartsWith("seen ", StringComparison.Ordinal));
        Assert.Equal(["http://elsewhere.invalid/x"], watch.RequestsElsewhere);
    }

    [Fact]
    public async Task No_page_scrolls_sideways_on_a_phone()
    {
        var page = await demo.Browser.WindowAsync(phone: true);
        var email = $"{new string('m', 60)}@{new string('e', 60)}.example.org";
        await VisitAllAsync(page, email, new string('W', 120), async title =>
        {
            var width = await page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth, window.innerWidth)");
            Assert.True(width == 390, $"{title} is {width} px wide.");
        });
    }

    /// <summary>Every page there is, with something on it: a membership has the most buttons.</summary>
    private async Task VisitAllAsync(IPage page, string email, string name, Func<string, Task> onEach)
    {
        await page.GotoAsync(demo.Shop);
        await onEach("the shop");
        await page.GotoAsync(demo.Shop + "l/inkclub");
        await onEach("the product");
        await demo.BuyAsync(page, email, name, "inkclub", tier: "Patron");
        await onEach("the receipt");
        await WhenAnnouncedAsync();
        await page.GotoAsync(demo.Shop + "checkout/inkclub");
        await onEach("the checkout");
        await page.GotoAsync(demo.SellerPage);
        await Expect(SaleTo(page, email)).ToBeVisibleAsync();
        await onEach("the seller's page");
        await page.GotoAsync(demo.MailsPage);
        await Expect(MailTo(page, email)).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await onEach("the mails");
    }

    private static ILocator SaleTo(IPage page, string email) => page.Locator("section").Filter(new() { HasText = email });

    private static ILocator MailTo(IPage page, string email) => page.GetByRole(AriaRole.Article).Filter(new() { HasText = email });

    private Task WhenAnnouncedAsync() => demo.House.Gumroad.WhenQuietAsync(CancellationToken.None);

    private async Task LicenseBecomesAsync(string email, string state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        string? seen = null;
        while (seen != state)
        {
            Assert.False(patience.IsCancellationRequested, $"The license is {seen ?? "not there"}, not {state}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
            var licenses = (await demo.House.Seller.GetAsync("licenses?email=" + email, CancellationToken.None))["data"]!.AsArray();
            seen = licenses.SingleOrDefault()?["state"]?.ToString();
        }
    }

    [GeneratedRegex("INK(-[0-9A-Z]{5}){5}")]
    private static partial Regex KeyPattern();
}

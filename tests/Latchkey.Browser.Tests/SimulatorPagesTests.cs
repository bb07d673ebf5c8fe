using System.Text.RegularExpressions;
using Latchkey.Simulator;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests;

public sealed class SimulatorPagesTests(SimulatorShop shop) : IClassFixture<SimulatorShop>
{
    /// <summary>What has no name for those who cannot see it: fields, buttons and links.</summary>
    private const string Nameless = """
        () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea")]
          .filter(each => !(each.getAttribute("aria-label") || (each.labels && each.labels.length && each.labels[0].textContent.trim()) || each.textContent.trim()))
          .map(each => each.outerHTML)
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_membership_is_given_away_with_a_code_and_its_ping_appears(bool phone)
    {
        var page = await shop.Browser.WindowAsync(phone);
        var watch = new Watch(page);
        var giftee = phone ? "kai.phone@example.org" : "kai@example.org";
        await page.GotoAsync(shop.At("/"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Ink Club", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "I want this!" }).ClickAsync();

        await page.GetByLabel("E-mail").FillAsync("mara@example.org");
        await Expect(page.GetByLabel("Receiver's address")).ToBeHiddenAsync();
        await page.GetByLabel("as a gift").CheckAsync();
        await page.GetByLabel("Receiver's address").FillAsync(giftee);
        await page.GetByLabel("Patron").CheckAsync();
        await page.GetByLabel("Yearly").CheckAsync();
        await page.GetByLabel("Discount code").FillAsync("LAUNCH20");
        await page.GetByLabel("Discount code").BlurAsync();
        var pay = page.GetByRole(AriaRole.Button, new() { Name = "Pay $72.00" });
        await Expect(pay).ToBeVisibleAsync();
        await PictureAsync(page, "checkout-gift", phone);
        await pay.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync($"A gift from mara@example.org for {giftee}");
        await PictureAsync(page, "receipt-gift", phone);

        await page.GetByRole(AriaRole.Link, new() { Name = "Seller" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Pings" }).ClickAsync();
        var ping = page.GetByRole(AriaRole.Row).Filter(new() { HasText = giftee });
        await Expect(ping).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Expect(ping).ToContainTextAsync("200");
        await ping.GetByRole(AriaRole.Link, new() { Name = "sale" }).ClickAsync();
        foreach (var (name, value) in new[] { ("price", "0"), ("gift_price", "7200"), ("gifter_email", "mara@example.org"), ("email", giftee), ("recurrence", "yearly"), ("variants[Tier]", "Patron") })
        {
            await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex($"^{Regex.Escape(name)} {Regex.Escape(value)}$") })).ToBeVisibleAsync();
        }

        await PictureAsync(page, "ping", phone);
        Assert.Empty(watch.Errors);
        Assert.Empty(watch.RequestsElsewhere);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_page_names_its_fields_fits_its_window_and_reports_no_error(bool phone)
    {
        var page = await shop.Browser.WindowAsync(phone);
        var watch = new Watch(page);
        var email = phone ? "phone@example.org" : "desk@example.org";
        var sale = await FillTheShopAsync(email);
        var pings = shop.Gumroad.Attempts.Count;
        (string Name, string Path)[] pages =
        [
            ("shop", "/"), ("product-tiers", "/l/inkclub?user=u_1&plan=trial"), ("product-bundle", "/l/starterset"), ("product-preorder", "/l/inkwell3/LAUNCH20"),
            ("checkout", "/checkout/inkclub?user=u_1"), ("checkout-questions", "/checkout/portrait"), ("checkout-shipping", "/checkout/sketchbook"),
            ("checkout-price", "/checkout/papers"), ("checkout-trial", "/checkout/inkcloud"), ("receipt", "/purchases/" + Uri.EscapeDataString(sale.SaleId)),
            ("account-ask", "/account"), ("account", "/account?email=" + email), ("sales", "/seller"), ("memberships", "/seller/memberships"), ("products", "/seller/products"),
            ("pings", "/seller/pings?refresh=off"), ("ping", $"/seller/pings/{pings}"), ("settings", "/seller/settings"), ("clock", "/seller/clock"), ("faults", "/seller/faults"),
        ];
        foreach (var (name, path) in pages)
        {
            await page.GotoAsync(shop.At(path));
            Assert.True(await page.Locator("h1").CountAsync() == 1, $"{path} has not one heading.");
            Assert.Empty(await page.EvaluateAsync<string[]>(Nameless));
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(each => each.open = true)");
            var width = await page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)");
            Assert.True(width <= (phone ? 390 : 1280), $"{path} is {width} px wide.");
            await PictureAsync(page, name, phone);
        }

        Assert.Empty(watch.Errors);
        Assert.Empty(watch.RequestsElsewhere);
    }

    [Fact]
    public async Task In_the_dark_it_is_dark()
    {
        var page = await shop.Browser.WindowAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.GotoAsync(shop.At("/checkout/inkclub?user=u_1"));
        await PictureAsync(page, "checkout-dark", phone: false);
        Assert.Equal("rgb(23, 23, 26)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
    }

    [Fact]
    public async Task Without_scripts_the_total_has_a_button_of_its_own()
    {
        var page = await shop.Browser.WindowAsync();
        await page.RouteAsync("**/checkout.js", route => route.AbortAsync());
        await page.GotoAsync(shop.At("/checkout/brushpack"));
        await page.GetByLabel("Studio").CheckAsync();
        await page.EvaluateAsync("() => { const form = document.querySelector('main form'); form.action += '/update'; form.noValidate = true; form.submit(); }");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pay $49.00" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Studio")).ToBeCheckedAsync();
    }

    /// <summary>Something of every kind, so that no page is empty.</summary>
    private async Task<SimulatedSale> FillTheShopAsync(string email)
    {
        var gumroad = shop.Gumroad;
        var club = await gumroad.BuyAsync(new() { Permalink = "inkclub", Email = email, FullName = "Mara Ito", Quantity = 3, OfferCode = "CLUBHALF" });
        await gumroad.ChangePlanAsync(club.SubscriptionId!, "Patron");
        await gumroad.BuyAsync(new() { Permalink = "inkcloud", Email = email });
        await gumroad.BuyAsync(new() { Permalink = "inkwell3", Email = email });
        var refunded = await gumroad.BuyAsync(new() { Permalink = "inkwell", Email = email });
        await gumroad.PartialRefundAsync(refunded.SaleId, 900);
        var disputed = await gumroad.BuyAsync(new() { Permalink = "brushpack", Email = email });
        await gumroad.DisputeAsync(disputed.SaleId);
        await gumroad.BuyAsync(new() { Permalink = "sketchbook", Email = email, Shipping = new("Mara Ito", "1 Ink Lane", "Kyoto", "", "600-8216", "Japan") });
        var bundle = await gumroad.BuyAsync(new() { Permalink = "starterset", Email = email });
        await gumroad.WhenQuietAsync();
        return bundle;
    }

    private static Task PictureAsync(IPage page, string name, bool phone) => SimulatorShop.PictureAsync(page, phone ? name + "-phone" : name);
}

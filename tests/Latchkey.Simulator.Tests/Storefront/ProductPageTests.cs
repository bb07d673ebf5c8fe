using System.Net;

namespace Latchkey.Simulator.Tests.Storefront;

public sealed class ProductPageTests : StorefrontTest
{
    [Fact]
    public async Task The_shop_shows_every_product_with_a_page_and_a_checkout()
    {
        await OpenAsync();
        var shop = await PageAsync("/");
        foreach (var product in SimulatedProduct.Catalog)
        {
            Assert.Contains($"href=\"/l/{product.Permalink}\"", shop, StringComparison.Ordinal);
            Assert.Contains($"href=\"/checkout/{product.Permalink}\"", await PageAsync("/l/" + product.Permalink), StringComparison.Ordinal);
            Assert.Contains("id=\"pay\"", await PageAsync("/checkout/" + product.Permalink), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_pages_parameters_are_shown_and_come_back_in_the_ping()
    {
        await OpenAsync();
        const string query = "?account=%3Cu%3E&account=u%22_1&a%5Bb%5D=nested&A=upper&a=lower&sale_id=mine&email=kai%40example.org&quantity=2";
        var page = await PageAsync("/l/inkwell" + query);
        Assert.Contains("<td>url_params[account]</td><td>u&quot;_1</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url_params[email]", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url_params[quantity]", page, StringComparison.Ordinal);

        var checkout = WebUtility.HtmlDecode(page.Split("class=\"button main\" href=\"")[1].Split('"')[0]);
        Assert.Equal("kai@example.org", PageForm.Of(await PageAsync(checkout), "/checkout/inkwell")["email"]);
        var sale = await CheckOutAsync(checkout);
        Assert.Equal(2, sale.Quantity);
        var ping = await PingAsync();
        Assert.Equal(
            ["url_params[account]=u\"_1", "url_params[a%5Bb%5D]=nested", "url_params[A]=upper", "url_params[a]=lower", "url_params[sale_id]=mine"],
            ping.Pairs.Where(pair => pair.Name.StartsWith("url_params", StringComparison.Ordinal)).Select(pair => $"{pair.Name}={pair.Value}"));
        Assert.Equal(sale.SaleId, ping["sale_id"]);
    }

    [Fact]
    public async Task An_address_can_lead_straight_to_the_checkout_and_preselect()
    {
        await OpenAsync();
        var answer = await GetAsync("/l/inkclub?wanted=true&option=patron&recurrence=yearly&quantity=3&code=LAUNCH20&who=me");
        Assert.Equal("/checkout/inkclub", answer.RequestMessage!.RequestUri!.AbsolutePath);
        var form = PageForm.Of(await answer.Content.ReadAsStringAsync(), "/checkout/inkclub");
        Assert.Equal(("Patron", "yearly", "3", "LAUNCH20"), (form["variant.0"], form["recurrence"], form["quantity"], form["code"]));
        Assert.Equal(("who", "me"), (form["param_name"], form["param_value"]));

        Assert.Equal("12.50", PageForm.Of(await PageAsync("/checkout/papers?price=12.50"), "/checkout/papers")["price"]);
        Assert.Equal("5.00", PageForm.Of(await PageAsync("/checkout/papers?price=lots"), "/checkout/papers")["price"]);
    }

    [Fact]
    public async Task A_code_in_the_path_is_filled_in()
    {
        await OpenAsync();
        var page = await PageAsync("/l/inkwell/LAUNCH20?who=me");
        Assert.Contains("href=\"/checkout/inkwell?who=me&amp;code=LAUNCH20\"", page, StringComparison.Ordinal);
        var sale = await CheckOutAsync("/checkout/inkwell?who=me&code=LAUNCH20");
        Assert.Equal((2320, "LAUNCH20"), (sale.PriceUsdCents, sale.OfferCode));
    }

    [Fact]
    public async Task What_is_not_there_or_not_for_sale_is_said()
    {
        await OpenAsync(new SimulatorOptions { Products = [new() { Permalink = "draft", Name = "Draft", PriceUsdCents = 100, IsPublished = false }] });
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/l/nonesuch"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/checkout/nonesuch"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/purchases/nonesuch"));
        Assert.Contains("Nothing is for sale", await PageAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Not for sale", await PageAsync("/l/draft?wanted=true"), StringComparison.Ordinal);
        var answer = await PostAsync("/checkout/draft", ("email", "a@example.org"), ("quantity", "1"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_custom_permalink_is_the_address()
    {
        await OpenAsync(new SimulatorOptions { Products = [new() { Permalink = "abcde", CustomPermalink = "my product", Name = "Mine", PriceUsdCents = 100 }] });
        Assert.Contains("href=\"/l/my%20product\"", await PageAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Mine", await PageAsync("/l/my%20product"), StringComparison.Ordinal);
        Assert.Contains("Mine", await PageAsync("/l/abcde"), StringComparison.Ordinal);
    }
}

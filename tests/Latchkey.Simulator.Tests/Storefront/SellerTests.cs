using System.Net;

namespace Latchkey.Simulator.Tests.Storefront;

public sealed class SellerTests : StorefrontTest
{
    [Fact]
    public async Task The_seller_can_dispute_win_refund_resend_and_test()
    {
        var options = Options().SubscribeAll(Receiver.Url);
        options.PingUrl = Receiver.Url;
        await OpenAsync(options);
        var path = SaleOf(await CheckOutAsync("/checkout/inkwell"));
        await Simulator.WhenQuietAsync(Limit);
        foreach (var action in new[] { path + "/dispute", path + "/win-dispute", path + "/refund", path + "/resend", "/seller/test-ping" })
        {
            await PressAsync("/seller", action);
            await Simulator.WhenQuietAsync(Limit);
        }

        Assert.Equal(
            ["", "dispute", "dispute_won", "refund", "sale", "sale", "sale", "sale"],
            Receiver.Requests.Select(ping => ping["resource_name"] ?? "").Order());
        Assert.Contains(", refunded", await PageAsync("/seller"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(path + "/refund")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/seller/sales/none/refund")).StatusCode);
    }

    [Fact]
    public async Task A_part_can_be_given_back_and_the_rest_is_proposed()
    {
        await OpenAsync();
        var path = SaleOf(await CheckOutAsync("/checkout/inkwell"));
        var page = await PressAsync("/seller", path + "/refund", ("amount", "9.50"));
        Assert.Contains("refunded in part, $9.50", page, StringComparison.Ordinal);
        Assert.Equal("19.50", PageForm.Of(page, path + "/refund")["amount"]);
        Assert.Equal("false", (await PingAsync("refund"))["refunded"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(path + "/refund", ("amount", "19.51"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(path + "/refund", ("amount", "all"))).StatusCode);
        Assert.DoesNotContain($"action=\"{path}/refund\"", await PressAsync("/seller", path + "/refund"), StringComparison.Ordinal);
        Assert.True(Simulator.Sales[0].Refunded);
    }

    [Fact]
    public async Task Shipping_access_and_keys_are_the_sellers()
    {
        await OpenAsync();
        var book = SaleOf(await CheckOutAsync("/checkout/sketchbook", ("ship.name", "Mara"), ("ship.street", "1 Ink Lane"), ("ship.city", "Kyoto"), ("ship.zip", "600"), ("ship.country", "Japan")));
        Assert.Contains(">shipped<", await PressAsync("/seller", book + "/ship", ("tracking_url", "https://example.org/track")), StringComparison.Ordinal);
        Assert.Contains("https://example.org/track", await PageAsync("/purchases/" + book.Split('/')[^1]), StringComparison.Ordinal);

        var program = SaleOf(await CheckOutAsync("/checkout/inkwell"));
        Assert.Contains("key disabled", await PressAsync("/seller", program + "/disable-key"), StringComparison.Ordinal);
        Assert.DoesNotContain("key disabled", await PressAsync("/seller", program + "/enable-key"), StringComparison.Ordinal);
        Assert.Contains("access revoked", await PressAsync("/seller", program + "/revoke-access"), StringComparison.Ordinal);
        Assert.DoesNotContain("access revoked", await PressAsync("/seller", program + "/give-access"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(book + "/disable-key")).StatusCode);
    }

    [Fact]
    public async Task Memberships_are_renewed_cancelled_ended_and_restarted()
    {
        await OpenAsync();
        var sale = await CheckOutAsync("/checkout/inkclub");
        var path = "/seller/memberships/" + Uri.EscapeDataString(sale.SubscriptionId!);
        Assert.Contains("Payments (2)", await PressAsync("/seller/memberships", path + "/renew"), StringComparison.Ordinal);
        await PressAsync("/seller/memberships", path + "/cancel");
        Assert.Equal("true", (await PingAsync("cancellation"))["cancelled_by_seller"]);
        Assert.Contains(">ended<", await PressAsync("/seller/memberships", path + "/end"), StringComparison.Ordinal);
        Assert.Contains(">alive<", await PressAsync("/seller/memberships", path + "/restart"), StringComparison.Ordinal);
        Assert.Contains("mara@example.org", await PageAsync("/seller/memberships?q=" + Uri.EscapeDataString(sale.SubscriptionId!)), StringComparison.Ordinal);
        Assert.Contains("None with that", await PageAsync("/seller/memberships?q=nobody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Products_list_codes_with_their_uses_and_release_a_preorder()
    {
        await OpenAsync();
        await CheckOutAsync("/checkout/inkwell3");
        await CheckOutAsync("/checkout/inkwell", ("code", "ONCE"));
        var page = await PageAsync("/seller/products");
        Assert.Contains("1 of 1", page, StringComparison.Ordinal);
        Assert.Contains("/l/inkclub/CLUBHALF", page, StringComparison.Ordinal);
        await Simulator.WhenQuietAsync(Limit); // else the ping of the code's sale may come after that of the release
        await PressAsync("/seller/products", "/seller/products/inkwell3/release");
        var ping = await PingAsync();
        Assert.Equal(("Inkwell 3", null), (ping["product_name"], ping["is_preorder_authorization"]));
        Assert.NotNull(ping["license_key"]);
    }

    [Fact]
    public async Task Long_lists_come_in_pages_and_can_be_searched()
    {
        await OpenAsync();
        for (var i = 0; i < 27; i++)
        {
            await Simulator.BuyAsync(Inkwell with { Email = $"buyer{i}@example.org" }, Limit);
        }

        var first = await PageAsync("/seller");
        Assert.Contains("Page 1 of 2", first, StringComparison.Ordinal);
        Assert.DoesNotContain("buyer1@", first, StringComparison.Ordinal);
        Assert.Contains("buyer1@", await PageAsync("/seller?page=2"), StringComparison.Ordinal);
        Assert.Contains("buyer1@", await PageAsync("/seller?page=999"), StringComparison.Ordinal);
        Assert.Contains("buyer1@", await PageAsync("/seller?q=BUYER1%40"), StringComparison.Ordinal);
        Assert.Contains("No sale with that", await PageAsync("/seller?q=nobody"), StringComparison.Ordinal);
    }

    private static string SaleOf(SimulatedSale sale) => "/seller/sales/" + Uri.EscapeDataString(sale.SaleId);
}

using System.Net;

namespace Latchkey.Simulator.Tests.Storefront;

public sealed class AccountTests : StorefrontTest
{
    private const string Account = "/account?email=mara%40example.org";

    [Fact]
    public async Task A_buyer_sees_purchases_and_gifts_given()
    {
        await OpenAsync();
        Assert.Contains("no password", await PageAsync(Account), StringComparison.Ordinal);
        await CheckOutAsync("/checkout/inkwell");
        var gift = await CheckOutAsync("/checkout/brushpack", ("is_gift", "true"), ("giftee", "kai@example.org"));
        var account = await PageAsync("/account?email=MARA@example.org");
        Assert.Contains("Inkwell", account, StringComparison.Ordinal);
        Assert.Contains("a gift for kai@example.org", account, StringComparison.Ordinal);
        Assert.Contains("/purchases/" + Uri.EscapeDataString(gift.SaleId), account, StringComparison.Ordinal);
        Assert.DoesNotContain("Inkwell", await PageAsync("/account?email=kai@example.org"), StringComparison.Ordinal);
        Assert.Contains("name=\"email\"", await PageAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_cancels_and_comes_back()
    {
        await OpenAsync();
        var path = PathOf(await CheckOutAsync("/checkout/inkclub"));
        Assert.Contains("cancelled, lasts until", await PressAsync(Account, path + "/cancel"), StringComparison.Ordinal);
        Assert.Equal(("true", null), ((await PingAsync("cancellation"))["cancelled_by_buyer"], Simulator.Memberships[0].EndedAt));
        Assert.Contains(">alive<", await PressAsync(Account, path + "/restart"), StringComparison.Ordinal);
        Assert.Null(Simulator.Memberships[0].CancelledAt);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/account/memberships/nonesuch/cancel")).StatusCode);
    }

    [Fact]
    public async Task An_upgrade_says_what_it_cost_and_a_downgrade_when_it_comes()
    {
        await OpenAsync(Still().SubscribeAll(Receiver.Url));
        var path = PathOf(await CheckOutAsync("/checkout/inkclub", ("variant.0", "Reader")));
        var upgraded = await PressAsync(Account, path + "/change", ("tier", "Patron"), ("seats", "2"));
        Assert.Contains("Patron, 2 seats, $18.00 a month", upgraded, StringComparison.Ordinal);
        var difference = Simulator.Sales[^1].PriceUsdCents / 100m;
        Assert.Contains($"for ${difference:0.00}, charged at once", upgraded, StringComparison.Ordinal);

        var downgraded = await PressAsync(Account, path + "/change", ("tier", "Reader"), ("seats", "1"));
        Assert.Contains("From 14 April 2026 on: Reader, 1 seat, $3.00 a month", downgraded, StringComparison.Ordinal);
        Assert.Equal("Patron", Simulator.Memberships[0].Tier);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(path + "/change", ("seats", "none"))).StatusCode);
    }

    [Fact]
    public async Task A_card_that_declines_stops_the_next_payment()
    {
        await OpenAsync(Still().SubscribeAll(Receiver.Url));
        var path = PathOf(await CheckOutAsync("/checkout/inkclub"));
        Assert.Contains(">card declines<", await PressAsync(Account, path + "/card-declines"), StringComparison.Ordinal);
        Assert.DoesNotContain(">card declines<", await PressAsync(Account, path + "/card-works"), StringComparison.Ordinal);
        await PressAsync(Account, path + "/card-declines");
        await Simulator.AdvanceAsync(TimeSpan.FromDays(45), Limit);
        Assert.Contains("ended, payments failed", await PageAsync(Account), StringComparison.Ordinal);
    }

    private static string PathOf(SimulatedSale sale) => "/account/memberships/" + Uri.EscapeDataString(sale.SubscriptionId!);
}

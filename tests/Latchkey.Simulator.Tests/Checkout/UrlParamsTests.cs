namespace Latchkey.Simulator.Tests.Checkout;

public sealed class UrlParamsTests : ShopTest
{
    private static readonly BuyOrder Order = Book with { UrlParams = Map(("order", "7")) };

    [Fact]
    public async Task Gumroads_own_parameters_are_kept_back()
    {
        string[] own =
        [
            "product", "option", "recurrence", "quantity", "price", "recommended_by", "affiliate_id", "referrer", "rent", "recommender_model_name",
            "call_start_time", "pay_in_installments", "code", "wanted", "email", "as_modal", "as_embed", "debug",
        ];
        var simulator = await ShopAsync();
        await simulator.BuyAsync(Book with { UrlParams = own.Append("order").ToDictionary(name => name, _ => "x") }, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal(["url_params[order]"], ping.Pairs.Select(pair => pair.Name).Where(name => name.StartsWith("url_params", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_name_repeated_on_the_page_before_becomes_a_list_unless_the_checkout_passed_any()
    {
        var simulator = await ShopAsync();
        await simulator.BuyAsync(Book with { ReferrerQuery = "?tag=a&tag=b+c&flag&code=X" }, Limit);
        Assert.Equal(
            [("url_params[tag][]", "a"), ("url_params[tag][]", "b c"), ("url_params[flag]", "")],
            (await OnlyPingAsync(simulator)).Pairs.Where(pair => pair.Name.StartsWith("url_params", StringComparison.Ordinal)));
        await simulator.BuyAsync(Order with { ReferrerQuery = "tag=a" }, Limit);
        Assert.Null((await OnlyPingAsync(simulator))["url_params[tag]"]);
    }

    [Theory]
    [InlineData(GumroadVersion.Newest, "7")]
    [InlineData(GumroadVersion.April2025, null)]
    public async Task The_newest_Gumroad_keeps_them_with_the_purchase_and_the_older_sends_them_once(GumroadVersion version, string? later)
    {
        var simulator = await ShopAsync(version);
        var sale = await simulator.BuyAsync(Order, Limit);
        Assert.Equal("7", (await OnlyPingAsync(simulator))["url_params[order]"]);
        await simulator.ResendPingAsync(sale.SaleId, Limit);
        Assert.Equal(later, (await OnlyPingAsync(simulator))["url_params[order]"]);
        await simulator.DisputeAsync(sale.SaleId, Limit);
        Assert.Equal(later, (await OnlyPingAsync(simulator))["url_params[order]"]);
        await simulator.RefundAsync(sale.SaleId, Limit);
        Assert.Equal(later, (await OnlyPingAsync(simulator))["url_params[order]"]);
    }

    [Theory]
    [InlineData(GumroadVersion.Newest, "7")]
    [InlineData(GumroadVersion.April2025, null)]
    public async Task A_payment_that_completes_later_loses_them_at_the_older_Gumroad(GumroadVersion version, string? value)
    {
        var simulator = await ShopAsync(version);
        await simulator.BuyAsync(Order with { PaidBy = PaymentMethod.PayPal }, Limit);
        Assert.Equal(value, (await OnlyPingAsync(simulator))["url_params[order]"]);
    }

    [Fact]
    public async Task All_of_them_can_be_lost()
    {
        var simulator = await SubscribedAsync(new SimulatorOptions { Speed = 0, Products = [BookProduct], LosesUrlParams = true });
        await simulator.BuyAsync(Order, Limit);
        Assert.Null((await OnlyPingAsync(simulator))["url_params[order]"]);
    }
}

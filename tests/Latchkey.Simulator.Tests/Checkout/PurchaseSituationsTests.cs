namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>What each way to buy something sends.</summary>
public sealed class PurchaseSituationsTests : ShopTest
{
    [Fact]
    public async Task A_quantity_is_one_sale_with_one_key()
    {
        var simulator = await ShopAsync();
        await simulator.BuyAsync(Book with { Quantity = 3 }, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal(("sale", "3", "3000"), (ping["resource_name"], ping["quantity"], ping["price"]));
        Assert.Single(ping.Pairs, pair => pair.Name == "license_key");
    }

    [Theory]
    [InlineData(true, "mara@example.org")]
    [InlineData(false, "Owner@inkwell.example")]
    public async Task The_seller_buying_an_own_product_moves_no_money(bool isTest, string email)
    {
        var simulator = await ShopAsync();
        var sale = await simulator.BuyAsync(Book with { IsTest = isTest, Email = email }, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal(("sale", "true", "", sale.LicenseKey), (ping["resource_name"], ping["test"], ping["card[type]"], ping["license_key"]));
        Assert.NotNull(ping["purchaser_id"]);
        Assert.True(sale.IsTest);
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RefundAsync(sale.SaleId, Limit));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.DisputeAsync(sale.SaleId, Limit));
    }

    [Fact]
    public async Task A_gift_is_announced_as_the_receivers_and_never_as_the_givers()
    {
        var simulator = await ShopAsync();
        var gift = await simulator.BuyAsync(Book with { Email = "lucky@example.org", Gift = new("Giver@example.org") }, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal(
            ("lucky@example.org", "0", "1000", "giver@example.org", "true", gift.LicenseKey),
            (ping["email"], ping["price"], ping["gift_price"], ping["gifter_email"], ping["is_gift_receiver_purchase"], ping["license_key"]));
        Assert.Equal([gift.SaleId], simulator.Sales.Select(sale => sale.SaleId));
        Assert.Equal(
            [("giver@example.org", 1000, false, "lucky@example.org"), ("lucky@example.org", 0, true, null)],
            simulator.Ledger.Read(view => view.Sales.Select(sale => (sale.Email, sale.PriceUsdCents, sale.License is not null, sale.GifteeEmail)).ToList()));
    }

    [Fact]
    public async Task A_refunded_gift_is_announced_by_no_ping()
    {
        var simulator = await ShopAsync();
        var gift = await BoughtAsync(simulator, Book with { Gift = new("giver@example.org") });
        Assert.True((await simulator.RefundAsync(gift.SaleId, Limit)).Refunded);
        Assert.Empty(await PingsAsync(simulator));
    }

    [Fact]
    public async Task A_disputed_gift_is_announced_with_the_givers_sale_id_and_without_a_key()
    {
        var simulator = await ShopAsync();
        var gift = await BoughtAsync(simulator, Book with { Gift = new("giver@example.org") });
        await simulator.DisputeAsync(gift.SaleId, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal(("dispute", "giver@example.org", "1000", null), (ping["resource_name"], ping["email"], ping["price"], ping["license_key"]));
        Assert.NotEqual(gift.SaleId, ping["sale_id"]);
        Assert.True(simulator.FindSale(gift.SaleId)!.Disputed);
        Assert.True(simulator.FindSale(ping["sale_id"]!)!.Disputed);
    }

    [Fact]
    public async Task A_preorder_is_an_authorization_until_the_clock_releases_it_as_another_sale()
    {
        var release = Start.AddDays(30);
        var simulator = await ShopAsync(BookProduct with { ReleaseAt = release });
        var early = await simulator.BuyAsync(Book with { CustomFields = Map(("Size", "L")), UrlParams = Map(("order", "7")) }, Limit);
        var authorized = await OnlyPingAsync(simulator);
        Assert.Equal(("true", null, "1000", "7"), (authorized["is_preorder_authorization"], authorized["license_key"], authorized["price"], authorized["url_params[order]"]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RefundAsync(early.SaleId, Limit));

        await simulator.AdvanceToAsync(release, Limit);
        var sold = await OnlyPingAsync(simulator);
        Assert.NotEqual(early.SaleId, sold["sale_id"]);
        Assert.Equal((null, "L", "L", null), (sold["is_preorder_authorization"], sold["Size"], sold["custom_fields[Size]"], sold["url_params[order]"]));
        Assert.NotNull(sold["license_key"]);
        Assert.False((await simulator.BuyAsync(Book, Limit)).IsPreorderAuthorization);
    }

    [Fact]
    public async Task A_preorder_can_be_released_before_its_time_and_only_once()
    {
        var simulator = await ShopAsync(BookProduct with { ReleaseAt = Start.AddDays(30) });
        await BoughtAsync(simulator, Book);
        await simulator.ReleaseAsync("book", Limit);
        await simulator.AdvanceAsync(TimeSpan.FromDays(60), Limit);
        Assert.NotNull((await OnlyPingAsync(simulator))["license_key"]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.ReleaseAsync("book", Limit));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => simulator.ReleaseAsync("nothing", Limit));
    }

    [Theory]
    [InlineData(GumroadVersion.Newest, true)]
    [InlineData(GumroadVersion.April2025, false)]
    public async Task A_bundle_is_a_sale_and_one_for_each_product_in_it_and_its_refund_one_ping(GumroadVersion version, bool marksContents)
    {
        var simulator = await ShopAsync(version, BookProduct, Other("map"), Other("all") with { IsLicensed = false, BundleContents = ["book", "map"], PriceUsdCents = 1500 });
        var bundle = await simulator.BuyAsync(Book with { Permalink = "all" }, Limit);
        var pings = await PingsAsync(simulator);
        Assert.Equal([("all", "1500", "visa"), ("book", "0", ""), ("map", "0", "")], pings.Select(ping => (ping["permalink"], ping["price"], ping["card[type]"])));
        Assert.Equal([false, true, true], pings.Select(ping => ping["license_key"] is not null));
        Assert.Equal(4, pings.Select(ping => ping["license_key"]).Append("").Distinct().Count());

        await simulator.RefundAsync(bundle.SaleId, Limit);
        Assert.Equal(bundle.SaleId, (await OnlyPingAsync(simulator))["sale_id"]);
        Assert.Equal([true, marksContents, marksContents], simulator.Sales.Select(sale => sale.Refunded));
    }

    [Fact]
    public async Task A_disputed_bundle_is_one_ping()
    {
        var simulator = await ShopAsync(BookProduct, Other("all") with { BundleContents = ["book"] });
        var bundle = await BoughtAsync(simulator, Book with { Permalink = "all" });
        await simulator.DisputeAsync(bundle.SaleId, Limit);
        Assert.Equal(bundle.SaleId, (await OnlyPingAsync(simulator))["sale_id"]);
        Assert.Equal([true, false], simulator.Sales.Select(sale => sale.Disputed));
    }

    [Fact]
    public async Task A_physical_product_without_a_unit_of_its_own_names_its_product()
    {
        var simulator = await ShopAsync(BookProduct with { ShippingRateUsdCents = 0, IsLicensed = false });
        await simulator.BuyAsync(Book with { Shipping = new("Mara Ito", Country: "Japan") }, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal(("pid_" + simulator.Products[0].ProductId, null, "0"), (ping["sku_id"], ping["original_sku_id"], ping["shipping_rate"]));
        Assert.Equal(("Mara Ito", "Japan", ""), (ping["full_name"], ping["shipping_information[country]"], ping["city"]));
    }

    [Fact]
    public async Task Paypal_shows_the_payer_and_an_affiliate_gets_a_quarter()
    {
        var simulator = await ShopAsync();
        await simulator.BuyAsync(Book with { PaidBy = PaymentMethod.PayPal, Affiliate = "Friend@example.org", ThroughDiscover = true, IpCountry = "Japan" }, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal(("mara@example.org", "paypal"), (ping["card[visual]"], ping["card[type]"]));
        Assert.Equal(("250", "friend@example.org", "true", "Japan"), (ping["affiliate_credit_amount_cents"], ping["affiliate"], ping["discover_fee_charged"], ping["ip_country"]));
    }

    private static SimulatedProduct Other(string permalink) => BookProduct with { Permalink = permalink, Name = permalink };
}

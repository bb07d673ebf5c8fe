namespace Latchkey.Simulator.Tests;

public sealed class SalePingTests : SimulatorTest
{
    [Fact]
    public async Task A_sale_has_exactly_the_keys_Gumroad_sends_in_their_order()
    {
        var simulator = await SubscribedAsync(Still());
        var sale = await simulator.BuyAsync(Inkwell with { Email = "Mara.Ito@Example.org", FullName = "Mara Ito" }, Limit);
        await simulator.WhenQuietAsync(Limit);
        var ping = Assert.Single(Receiver.Requests);

        (string, string)[] expected =
        [
            ("seller_id", StableIds.Id("seller")), ("product_id", simulator.Products[0].ProductId), ("product_name", "Inkwell"), ("permalink", "inkwell"),
            ("product_permalink", simulator.Address + "l/inkwell"), ("short_product_id", simulator.Products[0].ShortId), ("email", "mara.ito@example.org"),
            ("price", "2900"), ("gumroad_fee", "454"), ("currency", "usd"), ("quantity", "1"), ("discover_fee_charged", "false"), ("can_contact", "true"),
            ("referrer", "direct"), ("card[visual]", "**** **** **** 4242"), ("card[type]", "visa"), ("card[bin]", ""), ("card[expiry_month]", ""),
            ("card[expiry_year]", ""), ("order_number", $"{sale.OrderNumber}"), ("sale_id", sale.SaleId), ("sale_timestamp", "2026-03-14T09:26:53Z"),
            ("full_name", "Mara Ito"), ("license_key", sale.LicenseKey!), ("is_gift_receiver_purchase", "false"), ("refunded", "false"),
            ("resource_name", "sale"), ("disputed", "false"), ("dispute_won", "false"),
        ];
        Assert.Equal(expected, ping.Pairs);
    }

    [Fact]
    public async Task Choices_parameters_and_fields_stand_where_Gumroad_puts_them()
    {
        var simulator = await SubscribedAsync(new SimulatorOptions { Speed = 0, OfferCodes = [new("SPRING") { AmountOffUsdCents = 400 }] });
        await simulator.BuyAsync(
            new BuyOrder
            {
                Permalink = "brushpack",
                Email = "a@example.org",
                Quantity = 2,
                Variants = new Dictionary<string, string> { ["Edition"] = "Studio (5 devices)" },
                UrlParams = new Dictionary<string, string> { ["account"] = "u_1", ["code"] = "kept by Gumroad", ["meta[x]"] = "7" },
                CustomFields = new Dictionary<string, string> { ["email"] = "not me", ["Company [ref]"] = " a   b ", ["refunded"] = "maybe" },
                OfferCode = "spring",
            },
            Limit);
        await simulator.WhenQuietAsync(Limit);
        var ping = Assert.Single(Receiver.Requests);

        Assert.Equal(("9000", "SPRING"), (ping["price"], ping["offer_code"]));
        Assert.Equal("not me", ping["email"]);
        Assert.Equal(6, ping.Pairs.ToList().FindIndex(pair => pair.Name == "email"));
        Assert.Equal("false", ping["refunded"]);
        Assert.Equal("a b", ping["custom_fields[Company %5Bref%5D]"]);
        Assert.Null(ping["url_params[code]"]);
        Assert.Equal(
            ["url_params[account]", "url_params[meta%5Bx%5D]", "variants[Edition]", "offer_code", "Company %5Bref%5D", "refunded", "custom_fields[email]"],
            ping.Pairs.Select(pair => pair.Name).SkipWhile(name => name != "url_params[account]").Take(7));
    }

    [Fact]
    public async Task The_account_url_gets_sales_only_and_subscriptions_get_their_resource()
    {
        var options = Still().Subscribe(PingResources.Sale, Url("/sub")).Subscribe(PingResources.Sale, Url("/sub")).Subscribe(PingResources.Refund, Url("/refunds"));
        options.PingUrl = Url("/account");
        var simulator = await StartAsync(options);
        var sale = await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        await simulator.RefundAsync(sale.SaleId, Limit);
        await simulator.WhenQuietAsync(Limit);

        Assert.Equal(["/account sale", "/refunds refund", "/sub sale", "/sub sale"], Receiver.Requests.Select(ping => $"{ping.Target} {ping["resource_name"]}").Order());
    }

    [Fact]
    public async Task The_test_ping_repeats_the_latest_sale_without_a_resource_name_and_only_once()
    {
        var options = Still();
        options.PingUrl = Receiver.Url;
        var simulator = await StartAsync(options);
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.SendTestPingAsync(Limit));
        var sale = await simulator.BuyAsync(Inkwell with { UrlParams = new Dictionary<string, string> { ["account"] = "u_1" } }, Limit);
        await simulator.WhenQuietAsync(Limit);
        await Receiver.NextAsync();

        Receiver.AnswerStatus(503, 503, 503, 503);
        var attempt = await simulator.SendTestPingAsync(Limit);
        await simulator.WhenQuietAsync(Limit);
        var ping = await Receiver.NextAsync();

        Assert.Equal(503, attempt.Status);
        Assert.Null(attempt.Resource);
        Assert.Equal(2, Receiver.Requests.Count);
        Assert.Equal(sale.SaleId, ping["sale_id"]);
        Assert.Null(ping["resource_name"]);
        Assert.Null(ping["url_params[account]"]);
        Assert.Equal(("test", "true"), ping.Pairs[^1]);
    }

    private Uri Url(string path) => new(Receiver.Url, path);
}

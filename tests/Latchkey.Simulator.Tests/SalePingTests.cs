namespace Latchkey.Simulator.Tests;

public sealed class SalePingTests : SimulatorTest
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_sale_has_exactly_the_keys_Gumroad_sends_in_their_order()
    {
        var simulator = await SubscribedAsync(_time);
        var sale = await simulator.BuyAsync(Inkwell with { Email = "Mara.Ito@Example.org", FullName = "Mara Ito" }, Limit);
        await AdvanceAsync(simulator, 10);
        var ping = await Receiver.NextAsync();

        (string, string)[] expected =
        [
            ("seller_id", ping["seller_id"]!), ("product_id", simulator.Products[0].ProductId), ("product_name", "Inkwell"), ("permalink", "inkwell"),
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
        var simulator = await SubscribedAsync();
        await simulator.BuyAsync(
            new BuyOrder
            {
                Permalink = "brushpack",
                Email = "a@example.org",
                Quantity = 2,
                Variants = new Dictionary<string, string> { ["Edition"] = "Studio (5 devices)" },
                UrlParams = new Dictionary<string, string> { ["account"] = "u_1", ["code"] = "kept by Gumroad", ["meta[x]"] = "7" },
                CustomFields = new Dictionary<string, string> { ["email"] = "not me", ["Company [ref]"] = " a   b ", ["refunded"] = "maybe" },
                OfferCode = "SPRING",
            },
            Limit);
        await simulator.WhenQuietAsync(Limit);
        var ping = await Receiver.NextAsync();

        Assert.Equal("9800", ping["price"]);
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
    public async Task The_request_carries_Gumroads_headers_and_no_more()
    {
        var url = new UriBuilder(Receiver.Url) { UserName = "shop", Password = "p%40ss", Path = "/ping", Query = "token=t" }.Uri;
        var simulator = await StartAsync(Options().Subscribe(PingResources.Sale, url));
        await simulator.BuyAsync(Inkwell, Limit);
        var ping = await Receiver.NextAsync();

        Assert.Equal("/ping?token=t", ping.Target);
        Assert.Equal(["Accept", "Accept-Encoding", "Authorization", "Content-Length", "Content-Type", "Host", "User-Agent"], ping.Headers.Keys.Order());
        Assert.Equal("application/x-www-form-urlencoded", ping.Headers["Content-Type"]);
        Assert.Equal("Ruby", ping.Headers["User-Agent"]);
        Assert.Equal("*/*", ping.Headers["Accept"]);
        Assert.Equal("gzip;q=1.0,deflate;q=0.6,identity;q=0.3", ping.Headers["Accept-Encoding"]);
        Assert.Equal("Basic " + Convert.ToBase64String("shop:p%40ss"u8), ping.Headers["Authorization"]);

        await simulator.WhenQuietAsync(Limit);
        var attempt = Assert.Single(simulator.Attempts);
        Assert.Equal(new Uri(Receiver.Url, "/ping").AbsoluteUri, attempt.Url.AbsoluteUri);
        Assert.Equal(ping.Body, System.Text.Encoding.UTF8.GetString(attempt.Body.Span));
    }

    [Fact]
    public async Task The_account_url_gets_sales_only_and_subscriptions_get_their_resource()
    {
        var options = Options().Subscribe(PingResources.Sale, Url("/sub")).Subscribe(PingResources.Sale, Url("/sub")).Subscribe(PingResources.Refund, Url("/refunds"));
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
        var options = Options();
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

    [Fact]
    public async Task An_own_purchase_is_a_test_and_a_gift_belongs_to_its_receiver()
    {
        var simulator = await SubscribedAsync(_time);
        await simulator.BuyAsync(Inkwell with { IsTest = true }, Limit);
        await AdvanceAsync(simulator, 10);
        var test = await Receiver.NextAsync();
        Assert.Equal("true", test["test"]);
        Assert.Equal("", test["card[type]"]);
        Assert.NotNull(test["purchaser_id"]);

        var gift = await simulator.BuyAsync(Inkwell with { Gift = new Gift("giver@example.org") }, Limit);
        await AdvanceAsync(simulator, 10);
        var received = await Receiver.NextAsync();
        Assert.Equal(("0", "2900", "giver@example.org", "true"), (received["price"], received["gift_price"], received["gifter_email"], received["is_gift_receiver_purchase"]));

        Assert.True((await simulator.RefundAsync(gift.SaleId, Limit)).Refunded);
        await simulator.DisputeAsync(gift.SaleId, Limit);
        await AdvanceAsync(simulator, 5);
        var dispute = await Receiver.NextAsync();
        Assert.Equal(("dispute", "giver@example.org"), (dispute["resource_name"], dispute["email"]));
        Assert.NotEqual(gift.SaleId, dispute["sale_id"]);
        Assert.Null(dispute["license_key"]);
        Assert.Equal(3, Receiver.Requests.Count);
    }

    private Uri Url(string path) => new(Receiver.Url, path);

    private async Task AdvanceAsync(GumroadSimulator simulator, int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await simulator.WhenQuietAsync(Limit);
    }
}

using Latchkey.Gumroad.Api;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>The real client reads the simulator's sales.</summary>
public class ClientSalesTests : ApiTest
{
    [Fact]
    public async Task Twenty_seven_sales_come_in_three_pages_newest_first()
    {
        var shop = await OpenAsync();
        for (var i = 0; i < 27; i++)
        {
            await shop.BuyAsync(Inkwell with { Email = $"buyer{i}@example.org" });
            await shop.Simulator.AdvanceAsync(TimeSpan.FromSeconds(i % 3));
        }

        var client = ClientOf(shop);
        var first = await client.Sales.ListPageAsync();
        var all = await AllAsync(client.Sales.ListAsync());

        Assert.Equal(10, first.Items.Count);
        Assert.Equal(Enumerable.Range(0, 27).Reverse().Select(i => $"buyer{i}@example.org"), all.Select(sale => sale.PurchaseEmail));
    }

    [Fact]
    public async Task Days_begin_at_midnight_utc_and_the_last_one_is_not_in_the_list()
    {
        var shop = await OpenAsync(new SimulatorOptions
        {
            Speed = 0, StartAt = new DateTimeOffset(2026, 3, 14, 23, 59, 59, TimeSpan.Zero), Seed = 3, AccessToken = ApiShop.Token,
        });
        var evening = await shop.BuyAsync(Inkwell);
        await shop.Simulator.AdvanceAsync(TimeSpan.FromSeconds(1));
        var midnight = await shop.BuyAsync(Inkwell);
        var sales = ClientOf(shop).Sales;

        var from = await AllAsync(sales.ListAsync(new SalesQuery { After = new DateOnly(2026, 3, 15) }));
        var until = await AllAsync(sales.ListAsync(new SalesQuery { Before = new DateOnly(2026, 3, 15) }));

        Assert.Equal(midnight.SaleId, Assert.Single(from).Id);
        Assert.Equal(evening.SaleId, Assert.Single(until).Id);
    }

    [Fact]
    public async Task A_list_names_the_giver_and_leaves_out_receivers_preorders_and_tests_which_are_found_one_by_one()
    {
        var shop = await OpenAsync();
        var gift = await shop.BuyAsync(Inkwell with { Gift = new Gift("giver@example.org") });
        var ahead = await shop.BuyAsync(Inkwell with { Permalink = "inkwell3" });
        var test = await shop.BuyAsync(Inkwell with { IsTest = true });
        var client = ClientOf(shop);

        var listed = Assert.Single(await AllAsync(client.Sales.ListAsync()));

        Assert.True(listed.IsGiftSenderPurchase);
        Assert.Equal("giver@example.org", listed.PurchaseEmail);
        Assert.Equal("mara.ito@example.org", listed.GifteeEmail);
        Assert.True((await client.Sales.GetAsync(gift.SaleId)).IsGiftReceiverPurchase);
        Assert.True((await client.Sales.GetAsync(ahead.SaleId)).IsInPreorderState);
        Assert.Equal(test.SaleId, (await client.Sales.GetAsync(test.SaleId)).Id);
    }

    [Fact]
    public async Task A_list_holds_renewals_and_what_was_in_bundles()
    {
        var shop = await OpenAsync();
        await shop.BuyAsync(Inkwell with { Permalink = "starterset" });
        await shop.BuyAsync(Club);
        await shop.Simulator.AdvanceAsync(TimeSpan.FromDays(35));

        var all = await AllAsync(ClientOf(shop).Sales.ListAsync());

        Assert.Equal(3, all.Count(sale => sale.IsBundleProductPurchase));
        Assert.Single(all, sale => sale.IsBundlePurchase);
        Assert.Single(all, sale => sale is { IsRecurringCharge: true, SubscriptionDead: false });
    }

    [Fact]
    public async Task Lists_are_narrowed_by_address_product_order_name_and_key()
    {
        var shop = await OpenAsync();
        var wanted = await shop.BuyAsync(Inkwell with { Email = "zoe@example.org", FullName = "Zoë Ångström" });
        await shop.BuyAsync(Inkwell with { Permalink = "brushpack", FullName = "Mara Ito" });
        var sales = ClientOf(shop).Sales;

        foreach (var query in new SalesQuery[]
        {
            new() { Email = "zoe@example.org" },
            new() { ProductId = wanted.ProductId },
            new() { OrderId = wanted.OrderNumber },
            new() { Name = "ångs" },
            new() { LicenseKey = wanted.LicenseKey!.ToLowerInvariant() },
        })
        {
            Assert.Equal(wanted.SaleId, Assert.Single(await AllAsync(sales.ListAsync(query))).Id);
        }
    }

    [Fact]
    public async Task In_april_2025_names_and_keys_narrowed_nothing()
    {
        var shop = await OpenAsync(GumroadVersion.April2025);
        await shop.BuyAsync(Inkwell);
        var sales = ClientOf(shop).Sales;

        var sale = Assert.Single(await AllAsync(sales.ListAsync(new SalesQuery { Name = "nobody", LicenseKey = "none" })));

        Assert.Null(sale.LicenseUses);
    }

    [Theory]
    [InlineData("page_key=yesterday", "Invalid page_key.")]
    [InlineData("page_key=20260314093000000000-0", "Invalid page_key.")]
    [InlineData("page=0", "Invalid page number. Page numbers start at 1.")]
    [InlineData("product_id=inkwell", "Invalid product ID.")]
    [InlineData("order_id=x1", "Invalid order ID.")]
    [InlineData("before=14.3.2026", "Invalid date format provided in field 'before'. Dates must be in the format YYYY-MM-DD.")]
    public async Task What_makes_no_sense_is_a_400_without_success(string query, string error)
    {
        var shop = await OpenAsync();

        using var answer = await shop.GetAsync("/v2/sales?" + query);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal($$"""{"status":400,"error":"{{error.Replace("'", "\\u0027", StringComparison.Ordinal)}}"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_next_address_has_sorted_names_and_no_token()
    {
        var shop = await OpenAsync();
        for (var i = 0; i < 11; i++)
        {
            await shop.BuyAsync(Inkwell);
        }

        shop.Bearer = null;
        var page = await shop.JsonAsync($"/api/v2/sales?email=mara.ito%40example.org&before=2026-03-20&access_token={ApiShop.Token}");
        var next = await shop.JsonAsync((string)page["next_page_url"]! + "&bearer_token=" + ApiShop.Token);

        Assert.Matches(@"^\d{20}-\d+$", (string)page["next_page_key"]!);
        Assert.Equal($"/api/v2/sales?before=2026-03-20&email=mara.ito%40example.org&page_key={(string)page["next_page_key"]!}", (string)page["next_page_url"]!);
        Assert.Single(next["sales"]!.AsArray());
        Assert.False(next.ContainsKey("next_page_key"));
    }

    [Fact]
    public async Task Far_pages_by_number_are_slowed_down_with_plain_text()
    {
        var shop = await OpenAsync();
        for (var i = 0; i < 10; i++)
        {
            using var admitted = await shop.GetAsync("/v2/sales?page=11");
            Assert.Equal(200, (int)admitted.StatusCode);
        }

        using var refused = await shop.GetAsync("/v2/sales?page=12");
        using var near = await shop.GetAsync("/v2/sales?page=10");
        await shop.Simulator.AdvanceAsync(TimeSpan.FromSeconds(1));
        using var later = await shop.GetAsync("/v2/sales?page=11");

        Assert.Equal((429, "Retry later\n"), ((int)refused.StatusCode, await refused.Content.ReadAsStringAsync()));
        Assert.Equal((200, 200), ((int)near.StatusCode, (int)later.StatusCode));
    }
}

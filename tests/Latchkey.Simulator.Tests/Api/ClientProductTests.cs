using Latchkey.Gumroad.Api;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>The real client reads and changes the simulator's shelf.</summary>
public class ClientProductTests : ApiTest
{
    [Theory]
    [InlineData(GumroadVersion.Newest, 10)]
    [InlineData(GumroadVersion.April2025, 25)]
    public async Task Products_come_in_pages_of_ten_or_in_april_2025_all_at_once(GumroadVersion version, int onFirstPage)
    {
        var shop = await OpenAsync(new SimulatorOptions
        {
            Version = version,
            AccessToken = ApiShop.Token,
            Products = [.. Enumerable.Range(1, 25).Select(i => new SimulatedProduct { Permalink = $"p{i}", Name = $"P{i}", PriceUsdCents = i })],
            OfferCodes = [],
        });
        var products = ClientOf(shop).Products;

        var first = await products.ListPageAsync();
        var all = await AllAsync(products.ListAsync());

        Assert.Equal(onFirstPage, first.Items.Count);
        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(i => $"P{i}"), all.Select(product => product.Name));
    }

    [Fact]
    public async Task A_page_goes_on_where_it_was_when_products_go_away_meanwhile()
    {
        var shop = await OpenAsync(new SimulatorOptions
        {
            AccessToken = ApiShop.Token,
            Products = [.. Enumerable.Range(1, 12).Select(i => new SimulatedProduct { Permalink = $"p{i}", Name = $"P{i}", PriceUsdCents = i })],
            OfferCodes = [],
        });
        var products = ClientOf(shop).Products;

        var first = await products.ListPageAsync();
        await products.DeleteAsync(first.Items[0].Id);
        var afterNewest = await products.ListPageAsync(first.NextPageKey);
        await products.DeleteAsync(first.Items[^1].Id);
        var afterLast = await products.ListPageAsync(first.NextPageKey);

        Assert.Equal(["P2", "P1"], afterNewest.Items.Select(product => product.Name));
        Assert.Equal(["P2", "P1"], afterLast.Items.Select(product => product.Name));
    }

    [Theory]
    [InlineData(GumroadVersion.Newest)]
    [InlineData(GumroadVersion.April2025)]
    public async Task Keys_that_came_later_are_shown_by_the_newest_gumroad_only(GumroadVersion version)
    {
        var shop = await OpenAsync(version);

        var product = (await shop.JsonAsync("/v2/products/inkwell"))["product"]!.AsObject();

        foreach (var name in new[] { "landing_url", "custom_html", "covers", "main_cover_id", "bundle_products", "rich_content", "files" })
        {
            Assert.Equal(version is GumroadVersion.Newest, product.ContainsKey(name));
        }
    }

    [Fact]
    public async Task A_product_is_found_by_id_short_or_custom_permalink()
    {
        var shop = await OpenAsync(new SimulatorOptions
        {
            Products = [new() { Permalink = "abcde", CustomPermalink = "inkwell", Name = "Inkwell", PriceUsdCents = 100 }], OfferCodes = [], AccessToken = ApiShop.Token,
        });
        var products = ClientOf(shop).Products;

        foreach (var name in new[] { ProductId(shop, "abcde"), "abcde", "inkwell" })
        {
            Assert.Equal("Inkwell", (await products.GetAsync(name)).Name);
        }

        await Assert.ThrowsAsync<GumroadNotFoundException>(() => products.GetAsync("none"));
    }

    [Fact]
    public async Task A_created_product_is_a_draft_until_it_is_enabled_and_can_be_bought_then()
    {
        var shop = await OpenAsync();
        var products = ClientOf(shop).Products;

        var draft = await products.CreateAsync(new NewProduct("Order 4711", 4711) { Tags = ["order", "mara"], CustomPermalink = "order4711", MaxPurchaseCount = 1 });
        await Assert.ThrowsAnyAsync<Exception>(() => shop.BuyAsync(Inkwell with { Permalink = "order4711" }));
        var enabled = await products.EnableAsync(draft.Id);
        var sale = await shop.BuyAsync(Inkwell with { Permalink = "order4711" });
        var sold = await products.GetAsync(draft.Id);
        var disabled = await products.DisableAsync(draft.Id);
        await products.DeleteAsync(draft.Id);

        Assert.True(draft is { IsPublished: false, MaxPurchaseCount: 1, FormattedPrice: "$47.11" });
        Assert.Equal(["order", "mara"], draft.Tags);
        Assert.True(enabled.IsPublished);
        Assert.Null(sale.LicenseKey);
        Assert.Equal((1, 4711), (sold.SalesCount, sold.SalesUsdCents));
        Assert.False(disabled.IsPublished);
        await Assert.ThrowsAsync<GumroadNotFoundException>(() => products.GetAsync(draft.Id));
    }

    [Fact]
    public async Task In_april_2025_no_product_was_created_or_changed()
    {
        var shop = await OpenAsync(GumroadVersion.April2025);

        await Assert.ThrowsAsync<GumroadNotFoundException>(() => ClientOf(shop).Products.CreateAsync(new NewProduct("X", 100)));
        using var answer = await shop.PutAsync("/v2/products/inkwell", ("name", "Y"));

        Assert.Equal((404, """{"success":false,"error":"Not found"}"""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_license_key_block_in_the_content_makes_keys()
    {
        var shop = await OpenAsync();
        using var changed = await shop.SendJsonAsync(
            HttpMethod.Put,
            "/v2/products/papers",
            """{"name": "Papers", "rich_content": [{"title": "Yours", "description": {"type": "doc", "content": [{"type": "licenseKey"}]}}]}""");

        var product = await shop.JsonAsync("/v2/products/papers");
        var sale = await shop.BuyAsync(Inkwell with { Permalink = "papers" });

        Assert.Equal("Papers", (string?)product["product"]!["name"]);
        Assert.Single(product["product"]!["rich_content"]!.AsArray());
        Assert.NotNull(sale.LicenseKey);
    }

    [Theory]
    [InlineData("""{"price": 1}""", "Name can't be blank")]
    [InlineData("""{"name": "X", "price": 1, "native_type": "physical"}""", "The product type 'physical' is not supported for creation.")]
    [InlineData("""{"name": "X", "price": 1, "subscription_duration": "monthly"}""", "subscription_duration is only valid for membership products.")]
    [InlineData("""{"name": "X", "price": 1, "price_currency_type": "zzz"}""", "'zzz' is not a supported currency.")]
    [InlineData("""{"name": "X", "price": 1, "tags": "one"}""", "tags must be an array of strings.")]
    [InlineData("""{"name": "X", "price": 1, "custom_permalink": "inkwell"}""", "Custom permalink has already been taken")]
    public async Task What_cannot_be_created_is_refused_with_200(string json, string message)
    {
        var shop = await OpenAsync();

        using var answer = await shop.SendJsonAsync(HttpMethod.Post, "/v2/products", json);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(message, (string?)(await ApiShop.ReadAsync(answer))["message"]);
    }

    [Fact]
    public async Task A_created_membership_has_a_tier_and_keeps_its_price()
    {
        var shop = await OpenAsync();
        var products = ClientOf(shop).Products;

        var made = await products.CreateAsync(new NewProduct("Club", 700) { NativeType = "membership", SubscriptionDuration = "yearly" });
        var refused = await ApiShop.ReadAsync(await shop.PutAsync("/v2/products/" + made.Id, ("price", "1")));

        Assert.True(made is { IsTieredMembership: true, FormattedPrice: "$7 a year" });
        Assert.False((bool)refused["success"]!);
    }
}

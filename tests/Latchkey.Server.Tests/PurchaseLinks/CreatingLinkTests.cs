using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.PurchaseLinks;

public sealed class CreatingLinkTests(SharedServer shared)
{
    private const string Grant = """{"product":"studio","key_type":"pro"}""";

    [Fact]
    public async Task A_link_has_two_addresses_and_lives_for_an_hour_unless_it_is_said()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync();
        Assert.StartsWith("pln_", link.Id, StringComparison.Ordinal);
        Assert.StartsWith($"{shop.Server.Address}go/{shop.Id}/", (string)link.Json["url"]!, StringComparison.Ordinal);
        Assert.StartsWith($"{shop.Server.Address}wait/{shop.Id}/", (string)link.Json["wait_url"]!, StringComparison.Ordinal);
        Assert.Equal(("open", "token", 1, null), ((string)link.Json["state"]!, (string)link.Json["strength"]!, (int)link.Json["terms"]!["quantity"]!, (string?)link.Json["reason"]));
        Assert.Equal(TimeSpan.FromHours(1), Time(link, "expires_at") - Time(link, "created_at"));
        var longer = await shop.MakeLinkAsync("""{"expires_in":7776000}""");
        Assert.Equal(TimeSpan.FromDays(90), Time(longer, "expires_at") - Time(longer, "created_at"));
    }

    [Fact]
    public async Task What_was_given_is_read_again_with_its_data()
    {
        var shop = await shared.OpenShopAsync();
        const string data = """{"cart":[1,2.50,"ü ' </script>"],"deep":{"a":null}}""";
        var link = await shop.MakeLinkAsync($$"""
            {"data":{{data}},"subject":"user:42","return_url":"{{LinkShop.ReturnUrl}}","variant":"Pro","min_price_usd_cents":900,"pricing_currency":"eur",
             "quantity":2,"gift":true,"product":"studio","key_type":"pro"}
            """);
        Assert.Null(link.Json["data"]);
        var read = await link.ReadAsync();
        Assert.Equal(data, Unescaped(read["data"]!));
        Assert.Equal(("user:42", LinkShop.ReturnUrl), ((string)read["subject"]!, (string)read["return_url"]!));
        Assert.Equal(("Pro", 900, "eur", 2, true, "studio", "pro"), (
            (string)read["terms"]!["variant"]!, (int)read["terms"]!["min_price_usd_cents"]!, (string)read["terms"]!["pricing_currency"]!,
            (int)read["terms"]!["quantity"]!, (bool)read["terms"]!["gift"]!, (string)read["terms"]!["product"]!, (string)read["terms"]!["key_type"]!));
        var none = (await shop.SellerGetAsync($"/purchase-links/{(await shop.MakeLinkAsync()).Id}")).Must(200);
        Assert.True(none.AsObject().ContainsKey("data") && none["data"] is null);
    }

    [Fact]
    public async Task A_link_without_a_body_worth_it_is_refused()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Post, "/purchase-links", new JsonObject())).MustFault("gumroad_product");
        var unknown = await shop.SellerAsync(HttpMethod.Post, "/purchase-links", LinkShop.Body("""{"return_uri":"https://a.example"}"""));
        unknown.MustFault("return_uri");
        Assert.Contains("did you mean 'return_url'?", (string)unknown["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("strength", """{"strength":"strong"}""")]
    [InlineData("gumroad_product", """{"gumroad_product":" "}""")]
    [InlineData("gumroad_product", """{"strength":"product","name":"Print","price_cents":900}""")]
    [InlineData("name", """{"strength":"product","gumroad_product":null,"price_cents":900}""")]
    [InlineData("price_cents", """{"strength":"product","gumroad_product":null,"name":"Print"}""")]
    [InlineData("price_cents", """{"strength":"product","gumroad_product":null,"name":"Print","price_cents":-1}""")]
    [InlineData("variant", """{"strength":"product","gumroad_product":null,"name":"Print","price_cents":900,"variant":"A"}""")]
    [InlineData("price_cents", """{"price_cents":900}""")]
    [InlineData("percent_off", """{"percent_off":10}""")]
    [InlineData("percent_off", """{"strength":"code","percent_off":101}""")]
    [InlineData("quantity", """{"quantity":0}""")]
    [InlineData("min_price_usd_cents", """{"min_price_usd_cents":-1}""")]
    [InlineData("pricing_currency", """{"pricing_currency":"USD"}""")]
    [InlineData("variant", """{"variant":""}""")]
    [InlineData("product", """{"product":"nothing","key_type":"pro"}""")]
    [InlineData("product", """{"key_type":"pro"}""")]
    [InlineData("key_type", """{"product":"studio"}""")]
    [InlineData("key_type", """{"product":"studio","key_type":"none"}""")]
    [InlineData("refund_repeats", """{"refund_repeats":true}""")]
    [InlineData("subject", """{"subject":"42"}""")]
    [InlineData("expires_in", """{"expires_in":59}""")]
    [InlineData("expires_in", """{"expires_in":7776001}""")]
    [InlineData("expires_in", """{"expires_in":"soon"}""")]
    [InlineData("return_url", """{"return_url":"/return"}""")]
    [InlineData("return_url", """{"return_url":"javascript:alert(1)"}""")]
    [InlineData("return_url", """{"return_url":"https://u:p@app.example/"}""")]
    public async Task What_is_wrong_is_named(string field, string more)
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Post, "/purchase-links", LinkShop.Body(more))).MustFault(field);
    }

    [Fact]
    public async Task Apps_elsewhere_need_https_once_the_server_is_reached_from_elsewhere()
    {
        const string plain = """{"return_url":"http://app.example/"}""", local = """{"return_url":"http://127.0.0.1:3000/"}""";
        await (await shared.OpenShopAsync()).MakeLinkAsync(plain);
        await using var server = await RunningServer.StartAsync(new ServerSetup { Settings = ["--Latchkey:PublicUrl", "https://keys.example.com"] });
        var shop = await Shop.OpenAsync(server);
        (await shop.SellerAsync(HttpMethod.Post, "/purchase-links", LinkShop.Body(plain))).MustFault("return_url");
        Assert.StartsWith("https://keys.example.com/go/", (string)(await shop.MakeLinkAsync(local)).Json["url"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_may_be_64_KiB_and_no_more()
    {
        var shop = await shared.OpenShopAsync();
        var body = LinkShop.Body();
        body["data"] = new string('x', (64 * 1024) - 2);
        (await shop.SellerAsync(HttpMethod.Post, "/purchase-links", body)).Must(201);
        body["data"] = new string('x', (64 * 1024) - 1);
        (await shop.SellerAsync(HttpMethod.Post, "/purchase-links", body)).MustFault("data");
    }

    [Fact]
    public async Task Data_is_not_readable_in_the_store()
    {
        const string marker = "Zaphod-Marker-Beeblebrox";
        var directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;
        try
        {
            await using (var server = await RunningServer.StartAsync(new ServerSetup { Directory = directory }))
            {
                var link = await (await Shop.OpenAsync(server)).MakeLinkAsync($$"""{"data":["{{marker}}"]}""");
                Assert.Equal(marker, (string?)(await link.ReadAsync())["data"]![0]);
            }

            foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
            {
                Assert.True((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker)) < 0, file);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Asked_twice_under_one_key_it_is_one_link()
    {
        var shop = await shared.OpenShopAsync();
        Task<Reply> Ask(string more) => shop.SellerAsync(HttpMethod.Post, "/purchase-links", LinkShop.Body(more), ("Idempotency-Key", "order-1"));
        var first = (await Ask(Grant)).Must(201);
        var again = (await Ask(Grant)).Must(201);
        Assert.Equal(((string)first["id"]!, (string)first["url"]!), ((string)again["id"]!, (string)again["url"]!));
        (await Ask("""{"quantity":2}""")).MustRefuse(409, "idempotency_conflict");
        Assert.Single((await shop.SellerGetAsync("/purchase-links")).Data);
    }

    [Theory]
    [InlineData("""{"strength":"code"}""")]
    [InlineData("""{"strength":"product","gumroad_product":null,"name":"Print","price_cents":900}""")]
    public async Task What_needs_Gumroads_API_says_that_the_token_is_missing(string more)
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Post, "/purchase-links", LinkShop.Body(more), ("Idempotency-Key", "k"))).MustRefuse(422, "gumroad_token_missing");
        Assert.Equal("cancelled", (string?)(await shop.SellerGetAsync("/purchase-links")).Data.Single()!["state"]);
    }

    [Fact]
    public async Task Links_need_their_scope()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync();
        var token = await shop.AddTokenAsync("read", "write", "licenses", "streams");
        foreach (var (method, path) in new[] { ("POST", ""), ("GET", ""), ("GET", "/not-removed"), ("GET", "/" + link.Id), ("DELETE", "/" + link.Id), ("POST", $"/{link.Id}/accept") })
        {
            (await shop.Server.SendAsync(new HttpMethod(method), $"{shop.Path}/purchase-links{path}", (JsonNode?)null, token)).MustRefuse(403, "missing_scope");
        }
    }

    private static DateTimeOffset Time(MadeLink link, string field) => DateTimeOffset.Parse((string)link.Json[field]!, CultureInfo.InvariantCulture);

    private static string Unescaped(JsonNode node) =>
        node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

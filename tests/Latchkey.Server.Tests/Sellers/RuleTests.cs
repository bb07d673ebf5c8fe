using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class RuleTests(SharedServer shared)
{
    [Theory]
    [InlineData("/rules")]
    [InlineData("/integration")]
    public async Task What_was_read_can_be_put_back(string path)
    {
        var shop = await shared.OpenShopAsync();
        var read = (await shop.SellerGetAsync(path)).Must(200);
        (await shop.SellerAsync(HttpMethod.Put, path, read.DeepClone())).Must(200);
    }

    [Fact]
    public async Task Saving_raises_the_version_and_a_stale_one_is_refused()
    {
        var shop = await shared.OpenShopAsync();
        var read = await shop.SellerGetAsync("/rules");
        var tag = read.Headers.ETag!.Tag;
        Assert.Equal($"\"{read["version"]}\"", tag);

        var saved = await PutAsync(shop, Shop.Rules(Sale.Product.ProductId), ("If-Match", tag));
        Assert.Equal((int)read["version"]! + 1, (int?)saved.Must(200)["version"]);
        Assert.NotEqual(tag, saved.Headers.ETag!.Tag);

        (await PutAsync(shop, new JsonObject { ["rules"] = new JsonArray() }, ("If-Match", tag))).MustRefuse(412, "version_conflict");
        Assert.Single((await shop.SellerGetAsync("/rules"))["rules"]!.AsArray());
        (await PutAsync(shop, Shop.Rules("x"), ("If-Match", "three"))).MustFault("If-Match");
        (await PutAsync(shop, Shop.Rules("x"), ("If-Match", "*"))).Must(200);
    }

    [Theory]
    [InlineData("{}", "rules")]
    [InlineData("""{"rules":[{"product":"studio","key_type":"pro"}]}""", "rules[0].gumroad_product")]
    [InlineData("""{"rules":[{"gumroad_product":"a","action":"ignore"},{"gumroad_product":"b","product":"nothing","key_type":"pro"}]}""", "rules[1].product")]
    [InlineData("""{"rules":[{"gumroad_product":"a","product":"studio","key_type":"nothing"}]}""", "rules[0].key_type")]
    [InlineData("""{"rules":[{"gumroad_product":"a","action":"destroy"}]}""", "rules[0].action")]
    [InlineData("""{"rules":[{"gumroad_product":"a","product":"studio","key_type":"pro","action":"ignore"}]}""", "rules[0].action")]
    [InlineData("""{"rules":[{"gumroad_product":"a","product":"studio"}]}""", "rules[0].key_type")]
    [InlineData("""{"rules":[{"gumroad_product":"a","product":"studio","key_type":"pro","min_price_usd_cents":2,"max_price_usd_cents":1}]}""", "rules[0].max_price_usd_cents")]
    public async Task A_wrong_rule_is_named_by_its_place(string body, string field)
    {
        var shop = await shared.OpenShopAsync();
        (await PutAsync(shop, JsonNode.Parse(body)!)).MustFault(field);
        Assert.Single((await shop.SellerGetAsync("/rules"))["rules"]!.AsArray());
    }

    [Theory]
    [InlineData("offer_code", "\" \"")]
    [InlineData("url_param", "\"=pro\"")]
    [InlineData("url_param", "\"email=x\"")]
    [InlineData("contents", "[\"\"]")]
    public async Task A_wrong_condition_is_named(string field, string value)
    {
        var shop = await shared.OpenShopAsync();
        var rules = Shop.Rules(Sale.Product.ProductId);
        rules["rules"]![0]![field] = JsonNode.Parse(value);
        (await PutAsync(shop, rules)).MustFault($"rules[0].{field}");
    }

    [Fact]
    public async Task Offer_code_and_parameter_are_conditions_and_the_rule_without_any_is_the_default()
    {
        var shop = await shared.OpenShopAsync();
        foreach (var type in new[] { "press", "friend" })
        {
            (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}/key-types/{type}", new JsonObject { ["name"] = type })).Must(200);
        }

        JsonObject Rule(string keyType, string? field = null, string? value = null)
        {
            var rule = new JsonObject { ["gumroad_product"] = Sale.Product.ProductId, ["product"] = Shop.Product, ["key_type"] = keyType };
            if (field is not null)
            {
                rule[field] = value;
            }

            return rule;
        }

        var saved = (await PutAsync(shop, new JsonObject { ["rules"] = new JsonArray(Rule("press", "offer_code", "PRESS"), Rule("friend", "url_param", "from=friend"), Rule("pro")) })).Must(200);
        Assert.Empty(saved["warnings"]!.AsArray());
        Assert.Equal("from=friend", (string?)saved["rules"]![1]!["url_param"]);
        async Task<string?> TypeOf(Sale sale) => (string?)(await shop.LicenseAsync(await shop.SellAsync(sale)))["key_type"];
        Assert.Equal("press", await TypeOf(Sale.New("offer_code=press")));
        Assert.Equal("friend", await TypeOf(Sale.New("url_params[from]=friend")));
        Assert.Equal("pro", await TypeOf(Sale.New("url_params[from]=foe")));
    }

    [Fact]
    public async Task A_rule_behind_the_default_of_its_product_is_warned_about()
    {
        var shop = await shared.OpenShopAsync();
        var rules = Shop.Rules(Sale.Product.ProductId);
        rules["rules"]!.AsArray().Add(new JsonObject { ["gumroad_product"] = Sale.Product.ProductId, ["variant"] = "Studio", ["action"] = "ignore" });
        Assert.Contains("rules[1] never fits", (string)Assert.Single((await PutAsync(shop, rules)).Must(200)["warnings"]!.AsArray())!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_asked_for_by_its_name()
    {
        var shop = await shared.OpenShopAsync();
        Assert.Equal("Name the key type.", (string?)(await PutAsync(shop, JsonNode.Parse("""{"rules":[{"gumroad_product":"a","product":"studio"}]}""")!))["detail"]);
        Assert.Equal("Name the product.", (string?)(await PutAsync(shop, JsonNode.Parse("""{"rules":[{"gumroad_product":"a","key_type":"pro"}]}""")!))["detail"]);
    }

    [Fact]
    public async Task What_never_fits_is_warned_of_first_and_each_permalink_once()
    {
        var shop = await shared.OpenShopAsync();
        var rules = Shop.Rules("some-permalink");
        rules["rules"]!.AsArray().Add(new JsonObject { ["gumroad_product"] = "some-permalink", ["variant"] = "Studio", ["action"] = "ignore" });
        var warnings = (await PutAsync(shop, rules)).Must(200)["warnings"]!.AsArray().Select(w => (string)w!).ToList();
        Assert.Equal(2, warnings.Count);
        Assert.StartsWith("rules[1] never fits", warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("'some-permalink' is a permalink", warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permalink_is_warned_about_and_an_id_is_not()
    {
        var shop = await shared.OpenShopAsync();
        var warning = Assert.Single((await PutAsync(shop, Shop.Rules(Sale.Product.Permalink))).Must(200)["warnings"]!.AsArray());
        Assert.Contains(Sale.Product.Permalink, (string)warning!, StringComparison.Ordinal);
        Assert.Empty((await PutAsync(shop, Shop.Rules(Sale.Product.ProductId))).Must(200)["warnings"]!.AsArray());
    }

    [Fact]
    public async Task A_product_is_found_by_id_short_id_permalink_or_address()
    {
        var shop = await shared.OpenShopAsync();
        var payload = Sale.New().Payload;
        foreach (var field in new[] { "product_id", "short_product_id", "permalink", "product_permalink" })
        {
            (await PutAsync(shop, Shop.Rules((string)payload[field]!))).Must(200);
            await shop.SellAsync();
        }
    }

    [Fact]
    public async Task The_first_rule_that_fits_wins_and_may_say_ignore()
    {
        var shop = await shared.OpenShopAsync();
        var rules = Shop.Rules(Sale.Product.ProductId);
        rules["rules"]!.AsArray().Insert(0, new JsonObject { ["gumroad_product"] = Sale.Product.ProductId, ["max_price_usd_cents"] = 100, ["action"] = "ignore" });
        (await PutAsync(shop, rules)).Must(200);

        var cheap = await shop.DeliverAsync(Sale.New("price=100").Form());
        Assert.Equal(("ignored", "ignored_by_rule"), ((string?)cheap["status"], (string?)cheap["reason"]));
        await shop.SellAsync(Sale.New("price=101"));
    }

    [Fact]
    public async Task A_variant_is_matched_without_regard_to_case_and_spacing()
    {
        var shop = await shared.OpenShopAsync();
        var rules = Shop.Rules(Sale.Product.ProductId);
        rules["rules"]![0]!["variant"] = "  studio   (5 devices)";
        (await PutAsync(shop, rules)).Must(200);
        Assert.Equal("unmapped_product", (string?)(await shop.DeliverAsync(Sale.New("variants[Edition]=Personal").Form()))["reason"]);
        await shop.SellAsync(Sale.New("variants[Edition]=Studio (5 Devices)"));
    }

    private static Task<Reply> PutAsync(Shop shop, JsonNode body, params (string, string)[] headers) => shop.SellerAsync(HttpMethod.Put, "/rules", body, headers);
}

using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class RuleTests(SharedServer shared)
{
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
    [InlineData("""{"rules":[{"gumroad_product":"a","product":"studio","key_type":"pro","min_price_usd_cents":2,"max_price_usd_cents":1}]}""", "rules[0].max_price_usd_cents")]
    public async Task A_wrong_rule_is_named_by_its_place(string body, string field)
    {
        var shop = await shared.OpenShopAsync();
        (await PutAsync(shop, JsonNode.Parse(body)!)).MustFault(field);
        Assert.Single((await shop.SellerGetAsync("/rules"))["rules"]!.AsArray());
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

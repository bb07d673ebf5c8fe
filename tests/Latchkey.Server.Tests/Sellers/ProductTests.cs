using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class ProductTests(SharedServer shared)
{
    [Fact]
    public async Task Products_and_key_types_are_kept_with_their_defaults()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var product = (await shop.SellerAsync(HttpMethod.Put, "/products/studio", new JsonObject { ["name"] = "Acme Studio" })).Must(200);
        Assert.Equal(("studio", "STUDIO"), ((string?)product["id"], (string?)product["key_prefix"]));
        Assert.Equal(product.ToJsonString(), (await shop.SellerGetAsync("/products/studio")).Must(200).ToJsonString());

        var type = (await shop.SellerAsync(HttpMethod.Put, "/products/studio/key-types/pro", new JsonObject { ["name"] = "Pro" })).Must(200);
        Assert.Equal((null, 7, 7, 3), ((int?)type["activation_limit"], (double)type["lease_days"]!, (double)type["lease_grace_days"]!, (int)type["billing_grace_days"]!));
        Assert.Equal(type.ToJsonString(), (await shop.SellerGetAsync("/products/studio/key-types/pro")).Must(200).ToJsonString());
        Assert.Single((await shop.SellerGetAsync("/products/studio/key-types")).Data);
        (await shop.SellerGetAsync("/products/nothing")).MustRefuse(404, "not_found");
        (await shop.SellerGetAsync("/products/studio/key-types/nothing")).MustRefuse(404, "not_found");
        (await shop.SellerAsync(HttpMethod.Put, "/products/nothing/key-types/pro", new JsonObject { ["name"] = "Pro" })).MustRefuse(404, "not_found");
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("key_prefix", "lower")]
    [InlineData("key_prefix", "1AB")]
    [InlineData("key_prefix", "A")]
    [InlineData("key_source", "mine")]
    [InlineData("on_completed", "stop")]
    public async Task A_wrong_field_of_a_product_is_named(string field, string value)
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var body = new JsonObject { ["name"] = "Acme Studio" };
        body[field] = value;
        (await shop.SellerAsync(HttpMethod.Put, "/products/studio", body)).MustFault(field);
        (await shop.SellerAsync(HttpMethod.Put, "/products/Studio", new JsonObject { ["name"] = "Acme Studio" })).MustFault("product");
    }

    [Theory]
    [InlineData("name", "\"\"")]
    [InlineData("activation_limit", "0")]
    [InlineData("duration_days", "0")]
    [InlineData("entitlements", "[\"Export!\"]")]
    [InlineData("tier", "\"Pro Tier\"")]
    [InlineData("lease_days", "0")]
    [InlineData("lease_days", "91")]
    [InlineData("lease_grace_days", "-1")]
    [InlineData("billing_grace_days", "91")]
    [InlineData("quantity", "\"each\"")]
    [InlineData("after_end", """{"mode":"perpetual"}""", "after_end.mode")]
    [InlineData("after_end", """{"mode":"limited"}""", "after_end.entitlements")]
    [InlineData("after_end", """{"mode":"limited","entitlements":["Read!"]}""", "after_end.entitlements")]
    [InlineData("after_end", """{"mode":"none","entitlements":["read"]}""", "after_end.entitlements")]
    public async Task A_wrong_field_of_a_key_type_is_named(string field, string value, string? named = null)
    {
        var shop = await shared.OpenShopAsync();
        var body = new JsonObject { ["name"] = "Pro" };
        body[field] = JsonNode.Parse(value);
        (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}/key-types/pro", body)).MustFault(named ?? field);
    }

    [Fact]
    public async Task Trials_completed_plans_quantities_and_what_stays_after_the_end_are_kept()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var product = new JsonObject { ["name"] = "Acme Studio", ["trial_days"] = 14, ["on_completed"] = "end" };
        (await shop.SellerAsync(HttpMethod.Put, "/products/studio", product)).Must(200);
        var read = (await shop.SellerGetAsync("/products/studio")).Must(200);
        Assert.Equal((14, "end"), ((int?)read["trial_days"], (string?)read["on_completed"]));
        (await shop.SellerAsync(HttpMethod.Put, "/products/studio", new JsonObject { ["name"] = "Acme Studio", ["trial_days"] = 0 })).MustFault("trial_days");

        var type = new JsonObject { ["name"] = "Pro", ["quantity"] = "keys", ["after_end"] = new JsonObject { ["mode"] = "limited", ["entitlements"] = new JsonArray("read", "export") } };
        (await shop.SellerAsync(HttpMethod.Put, "/products/studio/key-types/pro", type)).Must(200);
        var kept = (await shop.SellerGetAsync("/products/studio/key-types/pro")).Must(200);
        Assert.Equal("keys", (string?)kept["quantity"]);
        Assert.Equal("""{"mode":"limited","entitlements":["export","read"]}""", kept["after_end"]!.ToJsonString());
        var plain = (await shop.SellerAsync(HttpMethod.Put, "/products/studio/key-types/pro", new JsonObject { ["name"] = "Pro" })).Must(200);
        Assert.Equal(("seats", """{"mode":"none"}"""), ((string?)plain["quantity"], plain["after_end"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_field_of_another_type_is_named()
    {
        var shop = await shared.OpenShopAsync();
        var body = new JsonObject { ["name"] = "Pro", ["activation_limit"] = "three" };
        (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}/key-types/pro", body)).MustFault("activation_limit");
    }

    [Fact]
    public async Task Two_products_do_not_share_a_prefix()
    {
        var shop = await shared.OpenShopAsync();
        var body = new JsonObject { ["name"] = "Another", ["key_prefix"] = Shop.Prefix };
        (await shop.SellerAsync(HttpMethod.Put, "/products/another", body)).MustFault("key_prefix");
    }

    [Fact]
    public async Task A_change_of_a_key_type_touches_later_purchases_only()
    {
        var shop = await shared.OpenShopAsync(limit: 3);
        var before = await shop.SellAsync();
        await shop.PutProductAsync(limit: 5);
        var after = await shop.SellAsync();
        Assert.Equal((3, 5), ((int?)(await shop.LicenseAsync(before))["activation_limit"], (int?)(await shop.LicenseAsync(after))["activation_limit"]));
    }

    [Theory]
    [InlineData("own", true, false)]
    [InlineData("both", true, true)]
    [InlineData("shop", false, true)]
    public async Task The_source_of_keys_decides_which_keys_open(string source, bool ours, bool gumroads)
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        await shop.PutProductAsync(keySource: source);
        await shop.PutRuleAsync();
        var sold = await shop.SellAsync();
        Assert.Equal(ours, sold.Key.StartsWith(Shop.Prefix + "-", StringComparison.Ordinal));
        Assert.Equal(gumroads ? "ok" : "key_not_found", (await shop.ValidateAsync(sold.Sale.GumroadKey)).Code);
        Assert.Equal("ok", (await shop.ValidateAsync(sold.Key)).Code);
    }
}

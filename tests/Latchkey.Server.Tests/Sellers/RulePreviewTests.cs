using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class RulePreviewTests(SharedServer shared)
{
    [Fact]
    public async Task A_few_fields_of_an_event_show_what_it_would_get_and_by_which_rule()
    {
        var shop = await shared.OpenShopAsync();
        var rules = Shop.Rules(Sale.Product.ProductId);
        rules["rules"]!.AsArray().Insert(0, new JsonObject { ["gumroad_product"] = Sale.Product.ProductId, ["variant"] = "Lite", ["action"] = "ignore" });
        (await shop.SellerAsync(HttpMethod.Put, "/rules", rules)).Must(200);

        Assert.Equal(("grant", Shop.Product, "pro", 1, null), Read(await PreviewAsync(shop, Event())));
        Assert.Equal(("ignore", null, null, 0, "ignored_by_rule"), Read(await PreviewAsync(shop, Event("variants", """{"Edition":"lite"}"""))));
        Assert.Equal(("held", null, null, null, "unmapped_product"), Read(await PreviewAsync(shop, Event("product_id", "\"other==\""))));
        Assert.Equal(("held", null, null, null, "waits_for_sale"), Read(await PreviewAsync(shop, Event("resource_name", "\"refund\""))));
        Assert.Equal(("held", null, null, null, "unknown_resource"), Read(await PreviewAsync(shop, Event("resource_name", "\"gift_card\""))));
        Assert.Empty((await shop.SellerGetAsync("/pings")).Data);
        Assert.Empty(await shop.PurchasesAsync());
    }

    [Fact]
    public async Task A_whole_ping_can_be_tried_with_rules_that_are_not_saved()
    {
        var shop = await shared.OpenShopAsync();
        var body = new JsonObject { ["event"] = Sale.New().Payload.DeepClone(), ["rules"] = new JsonArray() };
        Assert.Equal(("held", null, null, null, "unmapped_product"), Read(await PreviewAsync(shop, body)));
        body["rules"] = Shop.Rules(Sale.Product.Permalink)["rules"]!.DeepClone();
        Assert.Equal(("grant", Shop.Product, "pro", 0, null), Read(await PreviewAsync(shop, body)));
        body["rules"] = Shop.Rules("")["rules"]!.DeepClone();
        (await shop.SellerAsync(HttpMethod.Post, "/rules/preview", body)).MustFault("rules[0].gumroad_product");
    }

    [Fact]
    public async Task A_stored_purchase_is_tried_and_rules_alone_show_whom_saving_them_would_touch()
    {
        var shop = await shared.OpenShopAsync();
        await shop.SellAsync();
        (await shop.SellerAsync(HttpMethod.Put, "/rules", new JsonObject { ["rules"] = new JsonArray() })).Must(200);
        var waiting = (string)(await shop.DeliverAsync(Sale.New().Form()))["purchase"]!;
        var cheap = (string)(await shop.DeliverAsync(Sale.New("price=100").Form()))["purchase"]!;
        var other = (string)(await shop.DeliverAsync(Sale.New("product_id=another==", "permalink=x", "short_product_id=x", "product_permalink=x").Form()))["purchase"]!;

        Assert.Equal(("held", null, null, null, "unmapped_product"), Read(await PreviewAsync(shop, new JsonObject { ["purchase"] = waiting })));
        var rules = Shop.Rules(Sale.Product.ProductId)["rules"]!.AsArray();
        rules.Insert(0, new JsonObject { ["gumroad_product"] = Sale.Product.ProductId, ["max_price_usd_cents"] = 100, ["action"] = "ignore" });
        Assert.Equal(("grant", Shop.Product, "pro", 1, null), Read(await PreviewAsync(shop, new JsonObject { ["purchase"] = waiting, ["rules"] = rules.DeepClone() })));

        var touch = await PreviewAsync(shop, new JsonObject { ["rules"] = rules.DeepClone() });
        Assert.Equal((1, 1, 1), ((int)touch["held_released"]!, (int)touch["held_ignored"]!, (int)touch["held_remaining"]!));
        Assert.Equal([waiting], touch["purchases"]!.AsArray().Select(p => (string)p!));

        (await shop.SellerAsync(HttpMethod.Put, "/rules", new JsonObject { ["rules"] = rules.DeepClone() })).Must(200);
        async Task<string?> ReasonOf(string purchase) => (string?)(await shop.SellerGetAsync($"/purchases/{purchase}")).Must(200)["reason"];
        await Eventually.HoldsAsync(async () => await ReasonOf(waiting) is null && await ReasonOf(cheap) == "ignored_by_rule", "the rules were not applied as they had been shown");
        Assert.Equal("unmapped_product", await ReasonOf(other));
    }

    [Fact]
    public async Task What_is_asked_must_be_one_thing()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Post, "/rules/preview", new JsonObject())).MustFault("event");
        (await shop.SellerAsync(HttpMethod.Post, "/rules/preview", new JsonObject { ["event"] = new JsonObject(), ["purchase"] = "pur_1" })).MustFault("purchase");
        (await shop.SellerAsync(HttpMethod.Post, "/rules/preview", new JsonObject { ["purchase"] = "pur_1" })).MustRefuse(404, "not_found");
    }

    [Theory]
    [InlineData("permalink")]
    [InlineData("short_product_id")]
    public async Task A_product_may_be_named_otherwise_than_by_its_id(string field)
    {
        var shop = await shared.OpenShopAsync();
        var name = (string)Sale.New().Payload[field]!;
        (await shop.SellerAsync(HttpMethod.Put, "/rules", Shop.Rules(name))).Must(200);
        var body = new JsonObject { ["event"] = new JsonObject { [field] = name } };
        Assert.Equal(("grant", Shop.Product, "pro", 0, null), Read(await PreviewAsync(shop, body)));
    }

    [Theory]
    [InlineData("""{"price":2900}""", "event.product_id", "Name the product: product_id, short_product_id or permalink.")]
    [InlineData("""{"product_id":"a==","variants":"Pro"}""", "event.variants", "variants is an object, category to choice: {\"Tier\":\"Pro\"}.")]
    [InlineData("""{"product_id":"a==","offer_code":{"code":"PRESS"}}""", "event.offer_code", "offer_code is text: \"LAUNCH20\".")]
    public async Task A_field_that_no_ping_has_in_this_form_is_refused(string json, string field, string detail)
    {
        var shop = await shared.OpenShopAsync();
        var reply = await shop.SellerAsync(HttpMethod.Post, "/rules/preview", new JsonObject { ["event"] = JsonNode.Parse(json) });
        reply.MustFault(field);
        Assert.Equal(detail, (string?)reply["detail"]);
    }

    private static JsonObject Event(string? field = null, string? json = null)
    {
        var said = new JsonObject { ["product_id"] = Sale.Product.ProductId, ["price"] = 2900 };
        if (field is not null)
        {
            said[field] = JsonNode.Parse(json!);
        }

        return new JsonObject { ["event"] = said };
    }

    private static async Task<JsonNode> PreviewAsync(Shop shop, JsonObject body) => (await shop.SellerAsync(HttpMethod.Post, "/rules/preview", body)).Must(200);

    private static (string?, string?, string?, int?, string?) Read(JsonNode said) =>
        ((string?)said["result"], (string?)said["product"], (string?)said["key_type"], (int?)said["rule"], (string?)said["reason"]);
}

using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

/// <summary>Purchases that rest on one another.</summary>
public sealed class LinkTests(SharedServer shared)
{
    private static readonly string[] BundleFields = ["product_id=bundle==", "short_product_id=bnd", "permalink=bnd", "product_permalink=https://x/l/bnd", "license_key="];

    [Fact]
    public async Task A_bundle_and_its_content_are_linked_by_themselves_where_there_is_one_possibility()
    {
        var shop = await OpenAsync();
        var bundle = await SellAsync(shop, BundleFields);
        var content = await SellAsync(shop, "price=0");
        var shown = await Eventually.GetAsync(async () => await ShowAsync(shop, content) is var p && p["links"]!["parents"]!.AsArray().Count > 0 ? p : null, "they were not linked");
        Assert.Equal($$"""{"parents":[{"purchase":"{{bundle}}","kind":"bundle"}],"children":[]}""", shown["links"]!.ToJsonString());
        Assert.Empty(shown["link_candidates"]!.AsArray());
        Assert.Equal($$"""{"parents":[],"children":[{"purchase":"{{content}}","kind":"bundle"}]}""", (await ShowAsync(shop, bundle))["links"]!.ToJsonString());
        Assert.Contains(shown["timeline"]!.AsArray(), t => (string?)t!["summary"] == $"It rests on {bundle} (bundle).");
    }

    [Fact]
    public async Task Where_only_the_seller_can_tell_candidates_are_shown_and_a_link_carries_the_refund()
    {
        var shop = await OpenAsync();
        var refund = Sale.New([.. BundleFields, "email=twice@example.org"]);
        string[] bundles = [(string)(await shop.DeliverAsync(refund.Form()))["purchase"]!, await SellAsync(shop, BundleFields)];
        var content = await SellAsync(shop, "price=0");
        var shown = await ShowAsync(shop, content);
        Assert.Equal(bundles.Order(StringComparer.Ordinal), shown["link_candidates"]!.AsArray().Select(c => (string)c!["purchase"]!).Order(StringComparer.Ordinal));
        Assert.Empty(shown["links"]!["parents"]!.AsArray());

        var body = new JsonObject { ["parent"] = bundles[0], ["kind"] = "bundle" };
        for (var twice = 0; twice < 2; twice++)
        {
            var linked = (await shop.SellerAsync(HttpMethod.Post, $"/purchases/{content}/link", body)).Must(200);
            Assert.Equal(bundles[0], (string?)Assert.Single(linked["links"]!["parents"]!.AsArray())!["purchase"]);
            Assert.Empty(linked["link_candidates"]!.AsArray());
        }

        Assert.Equal("purchase.link", (string?)(await shop.SellerGetAsync("/audit")).Data[0]!["action"]);
        await shop.DeliverAsync(refund.Form("refund", "refunded"));
        await Eventually.HoldsAsync(async () => (string?)(await ShowAsync(shop, content))["state"] == "blocked", "the refund of the bundle did not reach its content");
        (await shop.SellerAsync(HttpMethod.Post, $"/purchases/{bundles[0]}/link", new JsonObject { ["parent"] = content, ["kind"] = "bundle" })).MustRefuse(409, "cannot_link");
    }

    [Fact]
    public async Task A_wrong_link_is_named()
    {
        var shop = await OpenAsync();
        var (one, other) = (await SellAsync(shop), await SellAsync(shop));
        Task<Reply> LinkAsync(string child, string? parent, string? kind) =>
            shop.SellerAsync(HttpMethod.Post, $"/purchases/{child}/link", new JsonObject { ["parent"] = parent, ["kind"] = kind });
        (await LinkAsync(one, other, "twin")).MustFault("kind");
        (await LinkAsync(one, one, "gift")).MustFault("parent");
        (await LinkAsync(one, "pur_unknown", "gift")).MustFault("parent");
        (await LinkAsync(one, null, "gift")).MustFault("parent");
        (await LinkAsync("pur_unknown", other, "gift")).MustRefuse(404, "not_found");
    }

    private async Task<Shop> OpenAsync()
    {
        var shop = await shared.OpenShopAsync();
        var rules = Shop.Rules(Sale.Product.ProductId);
        rules["rules"]!.AsArray().Add(new JsonObject { ["gumroad_product"] = "bundle==", ["contents"] = new JsonArray(Sale.Product.ProductId), ["action"] = "ignore" });
        var saved = (await shop.SellerAsync(HttpMethod.Put, "/rules", rules)).Must(200);
        Assert.Equal(Sale.Product.ProductId, (string?)saved["rules"]![1]!["contents"]![0]);
        return shop;
    }

    private static async Task<string> SellAsync(Shop shop, params string[] with) =>
        (string)(await shop.DeliverAsync(Sale.New(["email=twice@example.org", .. with]).Form()))["purchase"]!;

    private static async Task<JsonNode> ShowAsync(Shop shop, string purchase) => (await shop.SellerGetAsync($"/purchases/{purchase}")).Must(200);
}

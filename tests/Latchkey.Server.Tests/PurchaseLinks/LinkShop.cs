using System.Text.Json.Nodes;
using System.Web;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.PurchaseLinks;

/// <summary>A link as the seller's backend got it, and what its buyer does with it.</summary>
internal sealed record MadeLink(Shop Shop, JsonNode Json)
{
    public string Id => (string)Json["id"]!;

    public string GoPath => new Uri((string)Json["url"]!).AbsolutePath;

    public string WaitPath => new Uri((string)Json["wait_url"]!).AbsolutePath;

    public Task<Reply> GoAsync() => Shop.Server.GetAsync(GoPath);

    /// <summary>What passes through Gumroad, as the checkout's address carries it.</summary>
    public async Task<string> ReferenceAsync()
    {
        var went = await GoAsync();
        Assert.Equal(302, went.Status);
        return HttpUtility.ParseQueryString(went.Headers.Location!.Query)["latchkey"]!;
    }

    /// <summary>Pays at Gumroad, and waits until the ping was handled.</summary>
    /// <returns>The ping as the seller sees it.</returns>
    public async Task<JsonNode> PayAsync(params string[] overrides) => await PayWithAsync(await ReferenceAsync(), overrides);

    public Task<JsonNode> PayWithAsync(string reference, params string[] overrides) => PayAsync(Sold(reference, overrides));

    public Task<JsonNode> PayAsync(Sale sale) => Shop.DeliverAsync(sale.Form());

    public static Sale Sold(string reference, params string[] overrides) => Sale.New([$"url_params[latchkey]={reference}", .. overrides]);

    public async Task<JsonNode> ReadAsync() => (await Shop.SellerGetAsync($"/purchase-links/{Id}")).Must(200);

    public async Task<string> StateAsync() => await ReadAsync() is var read ? $"{read["state"]} {read["reason"]}".Trim() : "";
}

internal static class LinkShop
{
    public const string ReturnUrl = "https://app.example/buy/return?from=wait";

    public static JsonObject Body(string? more = null)
    {
        var body = new JsonObject { ["gumroad_product"] = Sale.Product.Permalink };
        foreach (var (name, value) in more is null ? [] : JsonNode.Parse(more)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    /// <summary>With fields besides the product, as JSON.</summary>
    public static async Task<MadeLink> MakeLinkAsync(this Shop shop, string? more = null) =>
        new(shop, (await shop.SellerAsync(HttpMethod.Post, "/purchase-links", Body(more))).Must(201));
}

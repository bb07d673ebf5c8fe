using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class PagingTests(SharedServer shared)
{
    private const int Sales = 7;

    [Theory]
    [InlineData("/pings", Sales)]
    [InlineData("/purchases", Sales)]
    [InlineData("/licenses", Sales)]
    [InlineData("/mails", Sales)]
    [InlineData("/tokens", 4)]
    [InlineData("/ping-tokens", 1)]
    [InlineData("/products", 3)]
    [InlineData("/products/studio/key-types", 3)]
    public async Task All_pages_together_are_the_whole_list_in_its_order(string path, int count)
    {
        var shop = await FullShopAsync();
        var whole = (await shop.SellerGetAsync(path + "?limit=100")).Data.Select(x => (string)x!["id"]!).ToList();
        Assert.Equal(count, whole.Count);
        for (var limit = 1; limit <= 3; limit++)
        {
            Assert.Equal(whole, await WalkAsync(shop, path, limit));
        }
    }

    [Fact]
    public async Task Activations_and_the_audit_log_have_pages_too()
    {
        var shop = await shared.OpenShopAsync(limit: null);
        var sold = await shop.SellAsync();
        for (var i = 0; i < 5; i++)
        {
            await shop.ActivatedAsync(sold, $"device {i}");
        }

        var activations = await WalkAsync(shop, $"/licenses/{sold.License}/activations", 2);
        Assert.Equal((5, 5), (activations.Count, activations.Distinct().Count()));
        var audit = await WalkAsync(shop, "/audit", 1);
        Assert.Equal((await shop.SellerGetAsync("/audit?limit=100")).Data.Select(a => (string)a!["id"]!), audit);
        Assert.Equal(audit.Count, audit.Distinct().Count());
    }

    [Fact]
    public async Task Tenants_have_pages_too_in_order_of_creation()
    {
        await using var server = await RunningServer.StartAsync();
        string[] made = ["mid", "zeta", "alpha", "omega", "beta"];
        foreach (var id in made)
        {
            (await server.AdminAsync(HttpMethod.Post, "/v1/tenants", new JsonObject { ["id"] = id, ["name"] = id })).Must(201);
            server.Advance(TimeSpan.FromSeconds(1));
        }

        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = await server.AdminAsync(HttpMethod.Get, $"/v1/tenants?limit=2{(after is null ? "" : "&after=" + after)}");
            seen.AddRange(page.Data.Select(t => (string)t!["id"]!));
            after = (string?)page["next"];
            if (after is null)
            {
                break;
            }
        }

        Assert.Equal(made, seen);
    }

    [Fact]
    public async Task Twenty_come_unless_another_number_is_asked_for()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        for (var i = 0; i < 21; i++)
        {
            await shop.AddTokenAsync("read");
        }

        var page = await shop.SellerGetAsync("/tokens");
        Assert.Equal(20, page.Data.Count);
        Assert.NotNull(page["next"]);
        Assert.Null((await shop.SellerGetAsync("/tokens?limit=22"))["next"]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("ten")]
    public async Task A_wrong_limit_is_named(string limit)
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        foreach (var path in new[] { "/pings", "/purchases", "/licenses", "/mails", "/tokens", "/ping-tokens", "/products", "/audit" })
        {
            (await shop.SellerGetAsync($"{path}?limit={limit}")).MustFault("limit");
        }
    }

    private async Task<Shop> FullShopAsync()
    {
        var shop = await shared.OpenShopAsync();
        foreach (var id in new[] { "alpha", "zeta" })
        {
            var body = new JsonObject { ["name"] = id };
            (await shop.SellerAsync(HttpMethod.Put, $"/products/{id}", body)).Must(200);
            (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}/key-types/{id}", body.DeepClone())).Must(200);
            await shop.AddTokenAsync("read");
        }

        await shop.AddTokenAsync("write");
        for (var i = 0; i < Sales; i++)
        {
            await shop.SellAsync();
        }

        await Eventually.HoldsAsync(async () => (await shop.SellerGetAsync("/mails?limit=100")).Data.Count == Sales, "not all mails were owed");
        return shop;
    }

    private static async Task<List<string>> WalkAsync(Shop shop, string path, int limit)
    {
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await shop.SellerGetAsync($"{path}?limit={limit}{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}");
            Assert.InRange(page.Data.Count, 1, limit);
            seen.AddRange(page.Data.Select(x => (string)x!["id"]!));
            after = (string?)page["next"];
        }
        while (after is not null);
        return seen;
    }
}

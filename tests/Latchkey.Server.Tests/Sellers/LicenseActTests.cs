using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class LicenseActTests(SharedServer shared)
{
    [Fact]
    public async Task An_end_is_put_off_by_days_or_to_a_day_and_never_brought_forward()
    {
        var (shop, sold) = await SellForDaysAsync(30);
        var end = (DateTimeOffset)(await shop.LicenseAsync(sold))["expires_at"]!;
        Assert.Equal(end.AddDays(10), EndOf(await ExtendAsync(shop, sold, new JsonObject { ["days"] = 10 })));
        var until = end.AddDays(100);
        Assert.Equal(until, EndOf(await ExtendAsync(shop, sold, new JsonObject { ["until"] = until.ToString("o") })), TimeSpan.FromMilliseconds(1));
        Assert.Equal(until, EndOf(await ExtendAsync(shop, sold, new JsonObject { ["until"] = end.AddDays(50).ToString("o") })), TimeSpan.FromMilliseconds(1));
        Assert.Equal("license.extend", (string?)(await shop.SellerGetAsync("/audit")).Data[0]!["action"]);
    }

    [Fact]
    public async Task The_same_request_extends_once()
    {
        var (shop, sold) = await SellForDaysAsync(30);
        var end = (DateTimeOffset)(await shop.LicenseAsync(sold))["expires_at"]!;
        for (var i = 0; i < 2; i++)
        {
            var reply = await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/extend", new JsonObject { ["days"] = 10 }, ("Idempotency-Key", "ten-more"));
            Assert.Equal(end.AddDays(10), EndOf(reply.Must(200)));
        }

        (await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/extend", new JsonObject { ["days"] = 11 }, ("Idempotency-Key", "ten-more"))).MustRefuse(409, "idempotency_conflict");
    }

    [Fact]
    public async Task A_license_that_has_ended_is_extended_from_now_on()
    {
        await using var server = await RunningServer.StartAsync();
        var (shop, sold) = await SellForDaysAsync(30, server);
        server.Advance(TimeSpan.FromDays(40));
        await Eventually.HoldsAsync(async () => (string?)(await shop.LicenseAsync(sold))["state"] == "expired", "it did not end");
        var extended = await ExtendAsync(shop, sold, new JsonObject { ["days"] = 5 });
        Assert.Equal("active", (string?)extended["state"]);
        Assert.InRange(EndOf(extended) - server.Time.GetUtcNow(), TimeSpan.FromDays(4.9), TimeSpan.FromDays(5));
    }

    [Theory]
    [InlineData("{}", "until")]
    [InlineData("""{"until":"2099-01-01T00:00:00Z","days":1}""", "until")]
    [InlineData("""{"until":"2020-01-01T00:00:00Z"}""", "until")]
    [InlineData("""{"days":0}""", "days")]
    [InlineData("""{"until":"tomorrow"}""", "until")]
    public async Task A_wrong_extension_is_named(string body, string field)
    {
        var (shop, sold) = await SellForDaysAsync(30);
        (await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/extend", JsonNode.Parse(body))).MustFault(field);
    }

    [Fact]
    public async Task What_lasts_is_not_extended_nor_is_a_test()
    {
        var shop = await shared.OpenShopAsync();
        foreach (var sold in new[] { await shop.SellAsync(), await shop.SellAsync(Sale.New("test=true")) })
        {
            (await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/extend", new JsonObject { ["days"] = 1 })).MustRefuse(409, "cannot_extend");
        }

        (await shop.SellerAsync(HttpMethod.Post, "/licenses/lic_unknown/extend", new JsonObject { ["days"] = 1 })).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task Abuse_revokes_and_says_so_and_can_be_lifted()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var path = $"/licenses/{sold.License}";
        (await shop.SellerAsync(HttpMethod.Post, path + "/suspend", new JsonObject { ["reason"] = "rude" })).MustFault("reason");
        var blocked = (await shop.SellerAsync(HttpMethod.Post, path + "/suspend", new JsonObject { ["reason"] = "abuse" })).Must(200);
        Assert.Equal(("revoked", "abuse"), ((string?)blocked["state"], (string?)blocked["reason"]));
        Assert.Equal("abuse", (await shop.ValidateAsync(sold.Key)).Code);
        Assert.Equal("active", (string?)(await shop.SellerAsync(HttpMethod.Post, path + "/reinstate")).Must(200)["state"]);
    }

    [Fact]
    public async Task What_is_not_blocked_is_not_reinstated()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var path = $"/purchases/{(await shop.LicenseAsync(sold))["purchase"]}";
        async Task<int> LengthAsync() => (await shop.SellerGetAsync(path)).Must(200)["timeline"]!.AsArray().Count;
        var before = await LengthAsync();
        Assert.Equal("active", (string?)(await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/reinstate")).Must(200)["state"]);
        Assert.Equal(before, await LengthAsync());
        await shop.ActAsync(sold, "suspend");
        await shop.ActAsync(sold, "reinstate");
        await shop.ActAsync(sold, "reinstate");
        Assert.Equal(before + 2, await LengthAsync());
        (await shop.SellerAsync(HttpMethod.Post, "/licenses/lic_unknown/reinstate")).MustRefuse(404, "not_found");
    }

    private async Task<(Shop Shop, Sold Sold)> SellForDaysAsync(int days, RunningServer? server = null)
    {
        var shop = await Shop.OpenEmptyAsync(server ?? shared.Server);
        await shop.PutProductAsync(durationDays: days);
        await shop.PutRuleAsync();
        return (shop, await shop.SellAsync());
    }

    private static async Task<JsonNode> ExtendAsync(Shop shop, Sold sold, JsonObject body) =>
        (await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/extend", body)).Must(200);

    private static DateTimeOffset EndOf(JsonNode license) => (DateTimeOffset)license["expires_at"]!;
}

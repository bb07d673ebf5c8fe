using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Apps;

public sealed class RefusalTests(SharedServer shared)
{
    [Fact]
    public async Task Every_key_that_is_not_known_gets_the_same_404()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var other = await shared.OpenShopAsync();
        var othersKey = (await other.SellAsync()).Key;
        var badCheck = sold.Key[..^1] + (sold.Key[^1] == 'A' ? 'B' : 'A');

        string[] bodies =
        [
            await NotFoundAsync(shop, Ask.Activate("ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C90", "laptop")),
            await NotFoundAsync(shop, Ask.Activate(badCheck, "laptop")),
            await NotFoundAsync(shop, Ask.Activate(othersKey, "laptop")),
            await NotFoundAsync(shop, Ask.Activate("nothing like a key", "laptop")),
            await NotFoundAsync(shop, With(Ask.Activate(sold.Key, "laptop"), "product", "no-such-product")),
            await NotFoundAsync(shop, Ask.Activate(sold.Key, "laptop"), "/v1/tenants/nobody"),
            await NotFoundAsync(shop, Ask.Activate(sold.Key, "laptop"), "/v1/tenants/NO_TENANT"),
        ];
        Assert.Single(bodies.Distinct());
        (await shop.ActivateAsync(sold.Key, "laptop")).Must(201);
    }

    [Fact]
    public async Task Validating_says_the_same_with_200_and_deactivating_with_404()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        foreach (var path in new[] { shop.Path, "/v1/tenants/nobody" })
        {
            var key = path == shop.Path ? "ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C90" : sold.Key;
            var verdict = (await shared.Server.SendAsync(HttpMethod.Post, path + "/licenses/validate", Ask.Validate(key, id, "laptop"), null)).Must(200);
            Assert.Equal((false, "key_not_found"), ((bool)verdict["valid"]!, (string?)verdict["code"]));
            Assert.Null(verdict["license"]);
            Assert.Null(verdict["lease"]);

            var body = new JsonObject { ["key"] = key, ["activation_id"] = id, ["product"] = Shop.Product };
            (await shared.Server.SendAsync(HttpMethod.Post, path + "/licenses/deactivate", body, null)).MustRefuse(404, "key_not_found");
        }
    }

    [Theory]
    [InlineData("refunded", "revoked")]
    [InlineData("disputed", "suspended")]
    [InlineData("blocked_by_seller", "suspended")]
    [InlineData("reissued", "revoked")]
    public async Task Once_the_key_is_proven_the_true_reason_is_told_and_signed(string code, string leaseState)
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        await (code switch
        {
            "refunded" => shop.RefundAsync(sold),
            "disputed" => shop.DisputeAsync(sold),
            "blocked_by_seller" => shop.ActAsync(sold, "suspend"),
            _ => shop.ActAsync(sold, "reissue"),
        });

        (await shop.ActivateAsync(sold.Key, "laptop")).MustRefuse(403, code);
        var verdict = (await shop.ValidateAsync(sold.Key, id)).Must(200);
        Assert.Equal((false, code), ((bool)verdict["valid"]!, (string?)verdict["code"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)verdict["reason"]));
        var lease = LeaseReader.Claims((string)verdict["lease"]!);
        Assert.Equal((leaseState, code), ((string?)lease["st"], (string?)lease["rsn"]));
        Assert.Empty(lease["ent"]!.AsArray());
        Assert.Null(lease["tier"]);
    }

    [Fact]
    public async Task A_license_that_ran_out_is_expired()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenEmptyAsync(server);
        await shop.PutProductAsync(durationDays: 10);
        await shop.PutRuleAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        server.Advance(TimeSpan.FromDays(11));

        (await shop.ActivateAsync(sold.Key, "laptop")).MustRefuse(403, "expired");
        Assert.Equal("expired", (await shop.ValidateAsync(sold.Key, id)).Code);
        Assert.Equal("expired", (string?)(await shop.LicenseAsync(sold))["state"]);
    }

    [Fact]
    public async Task A_dispute_that_was_won_gives_everything_back_with_the_same_key_and_slot()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        await shop.DisputeAsync(sold);
        Assert.Equal("disputed", (await shop.ValidateAsync(sold.Key, id)).Code);

        await shop.DeliverAsync(sold.Sale.Form("dispute_won", "disputed", "dispute_won"));
        Assert.Equal("ok", (await shop.ValidateAsync(sold.Key, id)).Code);
        Assert.Equal(id, await shop.ActivatedAsync(sold, "laptop"));
    }

    [Fact]
    public async Task After_a_reissue_the_new_key_opens_what_the_old_ones_opened()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        await shop.ActAsync(sold, "reissue");
        (await shop.ActivateAsync(sold.Sale.GumroadKey, "laptop")).MustRefuse(403, "reissued");

        var key = await shop.RevealAsync(sold.License);
        Assert.NotEqual(sold.Key, key);
        Assert.Equal(id, (string?)(await shop.ActivateAsync(key, "laptop")).Must(200)["activation"]!["id"]);
    }

    private static async Task<string> NotFoundAsync(Shop shop, JsonObject body, string? path = null)
    {
        var reply = await shop.Server.SendAsync(HttpMethod.Post, $"{path ?? shop.Path}/licenses/activate", body, null);
        var problem = reply.MustRefuse(404, "key_not_found").AsObject();
        problem.Remove("request_id");
        return problem.ToJsonString();
    }

    private static JsonObject With(JsonObject body, string field, string value)
    {
        body[field] = value;
        return body;
    }
}

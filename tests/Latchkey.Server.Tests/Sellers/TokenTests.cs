using System.Globalization;
using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class TokenTests(SharedServer shared)
{
    [Fact]
    public async Task A_token_is_shown_once_and_works_until_it_is_removed()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var made = (await AddAsync(shop, "reporting", "read")).Must(201);
        var token = (string)made["token"]!;
        (await shared.Server.GetAsync(shop.Path + "/licenses", token)).Must(200);

        var list = await shop.SellerGetAsync("/tokens");
        Assert.DoesNotContain(token, list.Text, StringComparison.Ordinal);
        Assert.Equal(["first", "reporting"], list.Data.Select(t => (string)t!["label"]!));

        (await shop.SellerAsync(HttpMethod.Delete, $"/tokens/{made["id"]}")).Must(204);
        (await shared.Server.GetAsync(shop.Path + "/licenses", token)).MustRefuse(401, "unauthorized");
        (await shop.SellerAsync(HttpMethod.Delete, $"/tokens/{made["id"]}")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task A_token_ends_by_itself()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenEmptyAsync(server);
        var body = new JsonObject
        {
            ["label"] = "for a week",
            ["scopes"] = new JsonArray("read"),
            ["expires_at"] = server.Time.GetUtcNow().AddDays(7).ToString("O", CultureInfo.InvariantCulture),
        };
        var token = (string)(await shop.SellerAsync(HttpMethod.Post, "/tokens", body)).Must(201)["token"]!;
        (await server.GetAsync(shop.Path + "/licenses", token)).Must(200);
        server.Advance(TimeSpan.FromDays(7));
        (await server.GetAsync(shop.Path + "/licenses", token)).MustRefuse(401, "unauthorized");
        (await shop.SellerAsync(HttpMethod.Post, "/tokens", body.DeepClone())).MustFault("expires_at");
    }

    [Fact]
    public async Task A_repeat_under_the_same_idempotency_key_makes_one_token_and_hides_its_secret()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var first = (await AddAsync(shop, "reporting", "read", ("Idempotency-Key", "one"))).Must(201);
        var again = (await AddAsync(shop, "reporting", "read", ("Idempotency-Key", "one"))).Must(201);
        Assert.Equal((string?)first["id"], (string?)again["id"]);
        Assert.Null(again["token"]);
        Assert.Equal(2, (await shop.SellerGetAsync("/tokens")).Data.Count);
        (await AddAsync(shop, "reporting", "write", ("Idempotency-Key", "one"))).MustRefuse(409, "idempotency_conflict");
        (await AddAsync(shop, "reporting", "read", ("Idempotency-Key", "two"))).Must(201);
    }

    [Fact]
    public async Task A_token_gives_away_no_scope_that_it_does_not_have()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var writer = await shop.AddTokenAsync("write", "read");
        foreach (var scope in new[] { "licenses", "pings:keys" })
        {
            var refusal = (await AddWithAsync(writer, "write", scope)).MustRefuse(403, "missing_scope");
            Assert.Contains($"'{scope}'", (string)refusal["detail"]!, StringComparison.Ordinal);
        }

        (await AddAsync(shop, "its first token has no pings:keys", "pings:keys")).MustRefuse(403, "missing_scope");
        (await AddWithAsync(writer, "read", "write")).Must(201);
        (await AddWithAsync(shared.Server.AdminToken, "licenses", "pings:keys")).Must(201);

        Task<Reply> AddWithAsync(string bearer, params string[] scopes) => shared.Server.SendAsync(
            HttpMethod.Post, shop.Path + "/tokens",
            new JsonObject { ["label"] = "x", ["scopes"] = new JsonArray([.. scopes.Select(s => (JsonNode)s)]) }, bearer);
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        (await AddAsync(shop, "", "read")).MustFault("label");
        (await AddAsync(shop, "x", "everything")).MustFault("scopes");
        (await shop.SellerAsync(HttpMethod.Post, "/tokens", new JsonObject { ["label"] = "x" })).MustFault("scopes");
        (await shop.SellerAsync(HttpMethod.Post, "/ping-tokens", new JsonObject())).MustFault("label");
    }

    [Fact]
    public async Task Address_tokens_and_api_tokens_are_kept_apart()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var ping = (string)(await shop.SellerGetAsync("/ping-tokens")).Data.Single()!["id"]!;
        (await shop.SellerAsync(HttpMethod.Delete, $"/tokens/{ping}")).MustRefuse(404, "not_found");
        Assert.DoesNotContain(shop.PingToken, (await shop.SellerGetAsync("/ping-tokens")).Text, StringComparison.Ordinal);
    }

    private static Task<Reply> AddAsync(Shop shop, string label, string scope, params (string, string)[] headers) =>
        shop.SellerAsync(HttpMethod.Post, "/tokens", new JsonObject { ["label"] = label, ["scopes"] = new JsonArray(scope) }, headers);
}

using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class TenantTests(SharedServer shared)
{
    [Fact]
    public async Task A_new_tenant_shows_its_secrets_once()
    {
        var id = Shop.NewId();
        var made = (await AddAsync(id, "Acme Audio")).Must(201);
        Assert.Equal((id, "Acme Audio", "active"), ((string?)made["id"], (string?)made["name"], (string?)made["state"]));
        Assert.StartsWith("lk_", (string)made["api_token"]!, StringComparison.Ordinal);
        Assert.StartsWith($"{shared.Server.Address}webhooks/gumroad/{id}?token=", (string)made["ping_url"]!, StringComparison.Ordinal);

        foreach (var text in new[] { (await shared.Server.AdminAsync(HttpMethod.Get, $"/v1/tenants/{id}")).Text, (await shared.Server.AdminAsync(HttpMethod.Get, "/v1/tenants?limit=100")).Text })
        {
            Assert.DoesNotContain("token", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_taken_id_is_a_409()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        (await AddAsync(shop.Id, "Somebody else")).MustRefuse(409, "already_exists");
    }

    [Fact]
    public async Task A_repeat_under_the_same_idempotency_key_shows_no_secrets_again()
    {
        var id = Shop.NewId();
        var key = ("Idempotency-Key", "add-" + id);
        (await AddAsync(id, "Acme Audio", key)).Must(201);
        var again = (await AddAsync(id, "Acme Audio", key)).Must(201);
        Assert.Equal(id, (string?)again["id"]);
        Assert.Null(again["api_token"]);
        Assert.Null(again["ping_url"]);
        (await AddAsync(id, "Another name", key)).MustRefuse(409, "idempotency_conflict");
    }

    [Theory]
    [InlineData("a", "Name", "id")]
    [InlineData("1abc", "Name", "id")]
    [InlineData("Acme", "Name", "id")]
    [InlineData("acme_audio", "Name", "id")]
    [InlineData(null, "Name", "id")]
    [InlineData("acme", "  ", "name")]
    [InlineData("acme", null, "name")]
    public async Task What_is_wrong_is_named(string? id, string? name, string field) => (await AddAsync(id, name)).MustFault(field);

    [Fact]
    public async Task States_are_set_by_the_installations_owner_alone()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        foreach (var state in new[] { "suspended", "active", "closed" })
        {
            var reply = await shared.Server.AdminAsync(HttpMethod.Patch, shop.Path, new JsonObject { ["state"] = state });
            Assert.Equal(state, (string?)reply.Must(200)["state"]);
        }

        (await shared.Server.AdminAsync(HttpMethod.Patch, shop.Path, new JsonObject { ["state"] = "gone" })).MustFault("state");
        (await shared.Server.AdminAsync(HttpMethod.Patch, "/v1/tenants/nobody", new JsonObject { ["state"] = "active" })).MustRefuse(404, "not_found");
        (await shared.Server.SendAsync(HttpMethod.Patch, shop.Path, new JsonObject { ["state"] = "active" }, shop.ApiToken)).MustRefuse(401, "unauthorized");
        Assert.Contains((await shop.SellerGetAsync("/audit")).Data, a => ((string?)a!["action"], (string?)a["actor"]) == ("tenant.closed", "admin"));
    }

    [Fact]
    public async Task The_host_header_is_never_believed()
    {
        var id = Shop.NewId();
        var body = new JsonObject { ["id"] = id, ["name"] = "Acme Audio" };
        (string, string)[] forged = [("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("Forwarded", "host=evil.example")];
        var made = await shared.Server.AdminAsync(HttpMethod.Post, "/v1/tenants", body, forged);
        Assert.DoesNotContain("evil", made.Text, StringComparison.Ordinal);
        Assert.Equal($"{shared.Server.Address}{id}", (string?)made.Must(201)["iss"]);

        var token = (string)made["api_token"]!;
        var label = new JsonObject { ["label"] = "another" };
        var ping = await shared.Server.SendAsync(HttpMethod.Post, $"/v1/tenants/{id}/ping-tokens", label, token, forged);
        Assert.StartsWith(shared.Server.Address.ToString(), (string)ping.Must(201)["ping_url"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_public_address_goes_into_what_outsiders_see()
    {
        await using var server = await RunningServer.StartAsync(new ServerSetup { Settings = ["--Latchkey:PublicUrl", "https://keys.example.com/"] });
        var made = (await server.AdminAsync(HttpMethod.Post, "/v1/tenants", new JsonObject { ["id"] = "acme", ["name"] = "Acme Audio" })).Must(201);
        Assert.StartsWith("https://keys.example.com/webhooks/gumroad/acme?token=", (string)made["ping_url"]!, StringComparison.Ordinal);
        Assert.Equal("https://keys.example.com/acme", (string?)made["iss"]);
    }

    private Task<Reply> AddAsync(string? id, string? name, params (string, string)[] headers) =>
        shared.Server.AdminAsync(HttpMethod.Post, "/v1/tenants", new JsonObject { ["id"] = id, ["name"] = name }, headers);
}

using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Streams;

public sealed class AllowedOriginTests(SharedServer shared)
{
    private const string Allowed = "https://app.example";
    private const string Refused = "https://evil.example";

    [Theory]
    [InlineData("/entitlements/user:1")]
    [InlineData("/entitlements/user:1/stream")]
    public async Task Only_pages_of_the_tenants_origins_may_ask(string path)
    {
        var shop = await OpenShopAsync();
        var yes = await AskAsync(shop, HttpMethod.Options, path, Allowed, null);
        yes.Must(204);
        Assert.Equal(Allowed, One(yes.Headers, "Access-Control-Allow-Origin"));
        Assert.Equal("GET", One(yes.Headers, "Access-Control-Allow-Methods"));
        Assert.Equal("authorization, last-event-id", One(yes.Headers, "Access-Control-Allow-Headers"));
        Assert.Equal("Origin", One(yes.Headers, "Vary"));

        var no = await AskAsync(shop, HttpMethod.Options, path, Refused, null);
        no.Must(204);
        Assert.Equal("Origin", One(no.Headers, "Vary"));
        Assert.DoesNotContain(no.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        var unknown = await shop.Server.SendAsync(HttpMethod.Options, "/v1/tenants/nobody" + path, (JsonNode?)null, null, ("Origin", Allowed));
        Assert.False(unknown.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Answers_and_refusals_can_be_read_from_allowed_origins_only()
    {
        var shop = await OpenShopAsync();
        Assert.Equal(Allowed, One((await AskAsync(shop, HttpMethod.Get, "/entitlements/user:1", Allowed, shop.ApiToken)).Headers, "Access-Control-Allow-Origin"));
        Assert.False((await AskAsync(shop, HttpMethod.Get, "/entitlements/user:1", Refused, shop.ApiToken)).Headers.Contains("Access-Control-Allow-Origin"));
        var refused = await AskAsync(shop, HttpMethod.Get, "/entitlements/user:1/stream", Allowed, "wrong");
        refused.MustRefuse(401, "unauthorized");
        Assert.Equal(Allowed, One(refused.Headers, "Access-Control-Allow-Origin"));
        Assert.False((await AskAsync(shop, HttpMethod.Get, "/licenses", Allowed, shop.ApiToken)).Headers.Contains("Access-Control-Allow-Origin"));
    }

    private async Task<Shop> OpenShopAsync()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { ["allowed_origins"] = new JsonArray(Allowed) })).Must(200);
        return shop;
    }

    private static Task<Reply> AskAsync(Shop shop, HttpMethod method, string path, string origin, string? bearer) =>
        shop.Server.SendAsync(method, shop.Path + path, (JsonNode?)null, bearer, ("Origin", origin));

    private static string One(HttpResponseHeaders headers, string name) => Assert.Single(headers.GetValues(name));
}

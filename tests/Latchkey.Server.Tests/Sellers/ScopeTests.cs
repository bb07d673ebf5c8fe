using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class ScopeTests(SharedServer shared)
{
    public static TheoryData<string, string, string> Routes { get; } = new()
    {
        { "GET", "/integration", "read" },
        { "PUT", "/integration", "write" },
        { "GET", "/ping-tokens", "read" },
        { "POST", "/ping-tokens", "write" },
        { "DELETE", "/ping-tokens/x", "write" },
        { "GET", "/tokens", "read" },
        { "POST", "/tokens", "write" },
        { "DELETE", "/tokens/x", "write" },
        { "GET", "/audit", "read" },
        { "GET", "/products", "read" },
        { "GET", "/products/x", "read" },
        { "PUT", "/products/x", "write" },
        { "GET", "/products/x/key-types", "read" },
        { "GET", "/products/x/key-types/y", "read" },
        { "PUT", "/products/x/key-types/y", "write" },
        { "POST", "/products/x/key-types/y/push", "write" },
        { "GET", "/rules", "read" },
        { "PUT", "/rules", "write" },
        { "POST", "/rules/preview", "read" },
        { "GET", "/pings", "read" },
        { "GET", "/pings/x", "read" },
        { "POST", "/pings/x/replay", "write" },
        { "GET", "/purchases", "read" },
        { "GET", "/purchases/x", "read" },
        { "POST", "/purchases/x/link", "write" },
        { "GET", "/licenses", "read" },
        { "GET", "/licenses/x", "read" },
        { "POST", "/licenses/x/suspend", "licenses" },
        { "POST", "/licenses/x/reinstate", "licenses" },
        { "POST", "/licenses/x/reissue", "licenses" },
        { "POST", "/licenses/x/extend", "licenses" },
        { "POST", "/licenses/x/reveal", "licenses" },
        { "POST", "/licenses/x/resend", "licenses" },
        { "GET", "/licenses/x/activations", "read" },
        { "DELETE", "/licenses/x/activations/y", "licenses" },
        { "GET", "/entitlements/user:1", "read" },
        { "POST", "/entitlements/user:1/claim", "write" },
        { "GET", "/mails", "read" },
        { "POST", "/keyset/rotate", "write" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Each_route_asks_for_its_scope_before_it_reads_anything(string method, string path, string scope)
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        string[] all = ["read", "write", "licenses", "links", "pings:keys", "streams"];
        var without = await shop.AddTokenAsync([.. all.Where(s => s != scope)]);
        var with = await shop.AddTokenAsync(scope);

        var refusal = (await SendAsync(shop, method, path, without)).MustRefuse(403, "missing_scope");
        Assert.Contains(scope, (string)refusal["detail"]!, StringComparison.Ordinal);
        Assert.False((await SendAsync(shop, method, path, with)).Status is 401 or 403);
        Assert.False((await SendAsync(shop, method, path, shared.Server.AdminToken)).Status is 401 or 403);
        (await SendAsync(shop, method, path, null)).MustRefuse(401, "unauthorized");
    }

    [Fact]
    public async Task Every_wrong_token_gets_one_answer()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var other = await Shop.OpenEmptyAsync(shared.Server);
        var answers = new List<string>();
        foreach (var (path, bearer) in new[]
        {
            (shop.Path, null), (shop.Path, "wrong"), (shop.Path, other.ApiToken), (shop.Path, shop.PingToken), ("/v1/tenants/nobody", shop.ApiToken), ("/v1/tenants/nobody", null),
        })
        {
            var reply = await shared.Server.GetAsync(path + "/licenses", bearer);
            var problem = reply.MustRefuse(401, "unauthorized").AsObject();
            Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.ToString());
            problem.Remove("request_id");
            answers.Add(problem.ToJsonString());
        }

        Assert.Single(answers.Distinct());
        (await shared.Server.GetAsync("/v1/tenants/nobody/licenses", shared.Server.AdminToken)).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task The_tenants_own_token_does_not_open_the_installation()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        foreach (var bearer in new[] { shop.ApiToken, "wrong", null })
        {
            (await shared.Server.GetAsync("/v1/tenants", bearer)).MustRefuse(401, "unauthorized");
            (await shared.Server.GetAsync(shop.Path, bearer)).MustRefuse(401, "unauthorized");
        }
    }

    private static Task<Reply> SendAsync(Shop shop, string method, string path, string? bearer) =>
        shop.Server.SendAsync(new HttpMethod(method), shop.Path + path, method is "PUT" or "POST" ? new JsonObject() : null, bearer);
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Pings;

public sealed class WrongAddressTests(SharedServer shared)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Every_wrong_address_gets_the_same_bytes_before_any_body_was_sent()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server);
        var closed = await Shop.OpenAsync(server);
        (await server.AdminAsync(HttpMethod.Patch, closed.Path, new JsonObject { ["state"] = "closed" })).Must(200);
        var off = await Shop.OpenAsync(server);
        (await off.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { ["enabled"] = false })).Must(200);

        var expiring = await AddPingTokenAsync(shop, server.Time.GetUtcNow() + Hour);
        var removed = await AddPingTokenAsync(shop, null);
        (await shop.SellerAsync(HttpMethod.Delete, $"/ping-tokens/{removed.Id}")).Must(204);
        Assert.Contains("200 OK", await AnswerAsync(server, PathOf(shop, expiring.Secret), "Content-Length: 0\r\n"), StringComparison.Ordinal);
        server.Advance(Hour);

        string[] wrong =
        [
            $"/webhooks/gumroad/nobody?token={shop.PingToken}",
            $"/webhooks/gumroad/NOT_A_TENANT?token={shop.PingToken}",
            $"/webhooks/gumroad/{shop.Id}",
            $"/webhooks/gumroad/{shop.Id}?token=",
            $"/webhooks/gumroad/{shop.Id}?token=wrong",
            $"/webhooks/gumroad/{shop.Id}?token={shop.PingToken}&token={shop.PingToken}",
            $"/webhooks/gumroad/{shop.Id}?token={closed.PingToken}",
            $"/webhooks/gumroad/{shop.Id}?token={shop.ApiToken}",
            $"/webhooks/gumroad/{shop.Id}?token={server.AdminToken}",
            PathOf(shop, expiring.Secret),
            PathOf(shop, removed.Secret),
            closed.PingPath,
            off.PingPath,
        ];
        string[] bodies =
        [
            "Content-Length: 0\r\n",
            "Content-Length: 1000\r\nExpect: 100-continue\r\n",
            "Content-Length: 9000000000\r\n",
            "Transfer-Encoding: chunked\r\n",
        ];
        foreach (var body in bodies)
        {
            var answers = await Task.WhenAll(wrong.Select(path => AnswerAsync(server, path, body)));
            Assert.StartsWith("HTTP/1.1 404 Not Found", answers[0], StringComparison.Ordinal);
            Assert.All(answers, a => Assert.Equal(answers[0], a));
        }

        Assert.Contains("200 OK", await AnswerAsync(server, shop.PingPath, "Content-Length: 0\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_stored_for_a_wrong_address()
    {
        var shop = await shared.OpenShopAsync();
        Assert.Equal((404, ""), await PingAsync(shop, shop.PingPath + "x"));
        Assert.Empty((await shop.SellerGetAsync("/pings")).Data);
    }

    [Fact]
    public async Task The_token_may_come_as_the_basic_password()
    {
        var shop = await shared.OpenShopAsync();
        var bare = $"/webhooks/gumroad/{shop.Id}";
        (await shop.PingAsync(Sale.New().Form(), path: bare, headers: Basic($"anyone:{shop.PingToken}"))).Must(200);
        Assert.Equal((404, ""), await PingAsync(shop, bare, Basic("anyone:wrong")));
        Assert.Equal((404, ""), await PingAsync(shop, bare, Basic(shop.PingToken)));
        Assert.Equal((404, ""), await PingAsync(shop, bare, ("Authorization", "Basic ***")));
    }

    [Fact]
    public async Task Several_tokens_are_live_at_once_and_each_ends_alone()
    {
        var shop = await shared.OpenShopAsync();
        var second = await AddPingTokenAsync(shop, null);
        (await shop.PingAsync(Sale.New().Form())).Must(200);
        (await shop.PingAsync(Sale.New().Form(), path: PathOf(shop, second.Secret))).Must(200);

        (await shop.SellerAsync(HttpMethod.Delete, $"/ping-tokens/{second.Id}")).Must(204);
        Assert.Equal((404, ""), await PingAsync(shop, PathOf(shop, second.Secret)));
        (await shop.PingAsync(Sale.New().Form())).Must(200);
    }

    [Fact]
    public async Task Address_tokens_are_base32()
    {
        var shop = await shared.OpenShopAsync();
        Assert.Matches("^[0-9A-Za-z]{20,}$", shop.PingToken);
    }

    private static async Task<(int, string)> PingAsync(Shop shop, string path, params (string, string)[] headers)
    {
        var reply = await shop.PingAsync(Sale.New().Form(), path: path, headers: headers);
        return (reply.Status, reply.Text);
    }

    private static (string, string) Basic(string pair) => ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));

    private static string PathOf(Shop shop, string token) => $"/webhooks/gumroad/{shop.Id}?token={token}";

    private static Task<string> AnswerAsync(RunningServer server, string path, string bodyHeaders) => RawHttp.HeadOfAnswerAsync(
        server.Address, $"POST {path} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Type: {Shop.FormType}\r\n{bodyHeaders}\r\n");

    private static async Task<(string Id, string Secret)> AddPingTokenAsync(Shop shop, DateTimeOffset? end)
    {
        var body = new JsonObject { ["label"] = "another", ["expires_at"] = end?.ToString("O", CultureInfo.InvariantCulture) };
        var made = (await shop.SellerAsync(HttpMethod.Post, "/ping-tokens", body)).Must(201);
        Assert.EndsWith("?token=" + made["token"], (string)made["ping_url"]!, StringComparison.Ordinal);
        return ((string)made["id"]!, (string)made["token"]!);
    }
}

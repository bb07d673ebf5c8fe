using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Streams;

public sealed class SubjectTokenTests(SharedServer shared)
{
    [Fact]
    public async Task A_token_names_its_subject_and_ends_within_ten_minutes()
    {
        var shop = await shared.OpenShopAsync();
        var reply = await shop.SellerAsync(HttpMethod.Post, "/entitlements/user:42/token");
        var token = (string)reply.Must(200)["token"]!;
        Assert.Equal("no-store", reply.Headers.CacheControl?.ToString());
        Assert.Equal("user:42", (string?)reply["subject"]);
        Assert.Equal(["alg", "kid", "typ"], LeaseReader.Header(token).AsObject().Select(p => p.Key));
        Assert.Equal("subject+jwt", (string?)LeaseReader.Header(token)["typ"]);
        var claims = LeaseReader.Claims(token);
        Assert.Equal((shop.Issuer, "entitlements", "user:42"), ((string?)claims["iss"], (string?)claims["aud"], (string?)claims["sub"]));
        Assert.Equal(600, (long)claims["exp"]! - (long)claims["iat"]!);

        var shorter = (await shop.SellerAsync(HttpMethod.Post, "/entitlements/user:42/token", new JsonObject { ["expires_in"] = 60 })).Must(200);
        claims = LeaseReader.Claims((string)shorter["token"]!);
        Assert.Equal(60, (long)claims["exp"]! - (long)claims["iat"]!);
        foreach (var wrong in new[] { 0, -5, 601 })
        {
            (await shop.SellerAsync(HttpMethod.Post, "/entitlements/user:42/token", new JsonObject { ["expires_in"] = wrong })).MustFault("expires_in");
        }

        (await shop.SellerAsync(HttpMethod.Post, "/entitlements/42/token")).MustFault("subject");
        (await shop.Server.SendAsync(HttpMethod.Post, shop.Path + "/entitlements/user:42/token", (JsonNode?)null, await shop.AddTokenAsync("read"))).MustRefuse(403, "missing_scope");
    }

    [Fact]
    public async Task It_opens_what_its_subject_may_do_and_nothing_else()
    {
        var shop = await shared.OpenShopAsync();
        var other = await shared.OpenShopAsync();
        var subject = "email:mara+a/b@example.org";
        var token = await TokenAsync(shop, subject);
        await using (var stream = await OpenStream.OfAsync(shop, subject, bearer: token))
        {
            Assert.Equal(subject, (string?)(await stream.NextAsync()).Data["subject"]);
        }

        Assert.Equal(subject, (string?)(await shop.Server.GetAsync($"{shop.Path}/entitlements/{Uri.EscapeDataString(subject)}", token)).Must(200)["subject"]);
        foreach (var path in new[]
        {
            $"{shop.Path}/events/stream", $"{shop.Path}/licenses",
            $"{other.Path}/entitlements/{Uri.EscapeDataString(subject)}/stream", $"{other.Path}/entitlements/{Uri.EscapeDataString(subject)}",
        })
        {
            (await shop.Server.GetAsync(path, token)).MustRefuse(401, "unauthorized");
        }

        (await shop.Server.SendAsync(HttpMethod.Post, $"{shop.Path}/entitlements/{Uri.EscapeDataString(subject)}/token", (JsonNode?)null, token)).MustRefuse(401, "unauthorized");
        (await shop.Server.GetAsync($"{shop.Path}/entitlements/{Uri.EscapeDataString(subject)}/stream", token[..^4] + "AAAA")).MustRefuse(401, "unauthorized");
    }

    [Fact]
    public async Task A_lease_is_no_subject_token()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var lease = (string)(await shop.ActivateAsync(sold.Key, "laptop")).Must(201)["lease"]!;
        (await shop.Server.GetAsync($"{shop.Path}/entitlements/{sold.License}", lease)).MustRefuse(401, "unauthorized");
        (await shop.Server.GetAsync($"{shop.Path}/entitlements/user:1", lease)).MustRefuse(401, "unauthorized");
    }

    [Fact]
    public async Task When_it_has_ended_it_opens_nothing_and_its_stream_ends()
    {
        await using var server = await RunningServer.StartAsync(new ServerSetup { Settings = ["--Latchkey:Streams:HeartbeatSeconds", "0.05"] });
        var shop = await Shop.OpenAsync(server);
        var token = await TokenAsync(shop, "user:42");
        await using var stream = await OpenStream.OfAsync(shop, "user:42", bearer: token);
        await stream.NextAsync();
        server.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(await stream.EndAsync());
        (await server.GetAsync($"{shop.Path}/entitlements/user:42/stream", token)).MustRefuse(401, "unauthorized");
    }

    private static async Task<string> TokenAsync(Shop shop, string subject) =>
        (string)(await shop.SellerAsync(HttpMethod.Post, $"/entitlements/{Uri.EscapeDataString(subject)}/token")).Must(200)["token"]!;
}

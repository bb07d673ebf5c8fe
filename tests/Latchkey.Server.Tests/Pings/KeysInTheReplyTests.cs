using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Pings;

/// <summary>For a forwarder that reads the reply and mails the key itself.</summary>
public sealed class KeysInTheReplyTests(SharedServer shared)
{
    [Fact]
    public async Task A_bearer_that_may_have_keys_gets_them_on_every_delivery()
    {
        var shop = await shared.OpenShopAsync();
        var bearer = await shop.AddTokenAsync("pings:keys");
        var sale = Sale.New();

        var first = (await shop.PingAsync(sale.Form(), bearer: bearer)).Must(200);
        var given = Assert.Single(first["licenses"]!.AsArray())!;
        Assert.Equal((Shop.Product, "pro"), ((string?)given["product"], (string?)given["key_type"]));
        Assert.Equal(200, (await shop.ValidateAsync((string)given["key"]!)).Status);
        Assert.Equal("ok", (await shop.ValidateAsync((string)given["key"]!)).Code);

        var again = (await shop.PingAsync(sale.Form(), bearer: bearer)).Must(200);
        Assert.True((bool)again["duplicate"]!);
        Assert.Equal(first["licenses"]!.ToJsonString(), again["licenses"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_that_bearer_the_ping_is_stored_and_no_key_is_given()
    {
        var shop = await shared.OpenShopAsync();
        var other = await shared.OpenShopAsync();
        var foreign = await other.AddTokenAsync("pings:keys");
        var sale = Sale.New();
        foreach (var bearer in new[] { null, "wrong", shop.ApiToken, shop.PingToken, foreign, shared.Server.AdminToken })
        {
            var reply = await shop.PingAsync(sale.Form(), bearer: bearer);
            Assert.Null(reply.Must(200)["licenses"]);
            await shop.HandledAsync((string)reply["id"]!);
            Assert.DoesNotContain(Shop.Prefix, reply.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_bearer_does_not_open_the_address()
    {
        var shop = await shared.OpenShopAsync();
        var bearer = await shop.AddTokenAsync("pings:keys");
        Assert.Equal(404, (await shop.PingAsync(Sale.New().Form(), path: $"/webhooks/gumroad/{shop.Id}", bearer: bearer)).Status);
    }

    [Fact]
    public async Task What_is_held_has_no_keys_yet()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var bearer = await shop.AddTokenAsync("pings:keys");
        var sale = Sale.New();
        Assert.Empty((await shop.PingAsync(sale.Form(), bearer: bearer)).Must(200)["licenses"]!.AsArray());

        await shop.PutProductAsync();
        await shop.PutRuleAsync();
        await Eventually.HoldsAsync(
            async () => (await shop.PingAsync(sale.Form(), bearer: bearer)).Must(200)["licenses"]!.AsArray().Count == 1, "the repeat brought no key");
    }
}

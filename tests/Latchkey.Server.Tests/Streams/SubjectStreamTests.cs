using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Streams;

public sealed class SubjectStreamTests(SharedServer shared)
{
    [Fact]
    public async Task The_first_message_is_the_present_state_as_the_plain_route_says_it()
    {
        var shop = await shared.OpenShopAsync();
        await using (var nobody = await OpenStream.OfAsync(shop, "user:nobody"))
        {
            var empty = await nobody.NextAsync();
            Assert.Equal("text/event-stream", nobody.ContentType);
            Assert.Equal(("entitlements", 0, 0), (empty.Event, (int)empty.Data["version"]!, empty.Data["products"]!.AsArray().Count));
        }

        var sold = await shop.SellAsync();
        var subject = "email:" + sold.Sale.Email;
        await using var stream = await OpenStream.OfAsync(shop, subject);
        var state = await stream.NextAsync();
        var plain = (await shop.SellerGetAsync("/entitlements/" + Uri.EscapeDataString(subject))).Must(200);
        Assert.Equal("pro", state.Tier);
        Assert.True(state.Position > 0);
        Assert.True(JsonNode.DeepEquals(plain, state.Data), $"{plain} is not {state.Data}");
    }

    [Fact]
    public async Task A_purchase_and_its_refund_are_heard_while_the_stream_is_open()
    {
        var shop = await shared.OpenShopAsync();
        var sale = Sale.New();
        await using var stream = await OpenStream.OfAsync(shop, "email:" + sale.Email);
        var before = await stream.NextAsync();
        Assert.Null(before.Tier);

        var sold = await shop.SellAsync(sale);
        var bought = await stream.NextAsync();
        Assert.Equal("pro", bought.Tier);
        await shop.RefundAsync(sold);
        var refunded = await stream.NextAsync();
        Assert.Null(refunded.Tier);
        Assert.True((long)before.Data["version"]! < (long)bought.Data["version"]! && (long)bought.Data["version"]! < (long)refunded.Data["version"]!);
        Assert.True(before.Position < bought.Position && bought.Position < refunded.Position);
    }

    [Fact]
    public async Task What_concerns_others_is_not_heard()
    {
        var shop = await shared.OpenShopAsync();
        var mine = Sale.New();
        await using var stream = await OpenStream.OfAsync(shop, "email:" + mine.Email);
        await stream.NextAsync();
        await shop.SellAsync();
        await shop.SellAsync(mine);
        Assert.Equal("email:" + mine.Email, (string?)(await stream.NextAsync()).Data["subject"]);
        Assert.Empty(stream.Unread());
    }

    [Fact]
    public async Task A_claimed_address_and_the_user_who_claimed_it_hear_the_same()
    {
        var shop = await shared.OpenShopAsync();
        var sale = Sale.New();
        await using var address = await OpenStream.OfAsync(shop, "email:" + sale.Email);
        await using var user = await OpenStream.OfAsync(shop, "user:42");
        await address.NextAsync();
        await user.NextAsync();
        (await shop.SellerAsync(HttpMethod.Post, "/entitlements/user:42/claim", new JsonObject { ["email"] = sale.Email })).Must(200);

        var sold = await shop.SellAsync(sale);
        Assert.Equal("pro", (await address.NextAsync()).Tier);
        Assert.Equal("pro", (await user.NextAsync()).Tier);
        await shop.RefundAsync(sold);
        Assert.Null((await address.NextAsync()).Tier);
        Assert.Null((await user.NextAsync()).Tier);
    }

    [Fact]
    public async Task Five_hundred_streams_all_hear_of_one_change()
    {
        var shop = await shared.OpenShopAsync();
        var sale = Sale.New();
        var streams = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => OpenStream.OfAsync(shop, "email:" + sale.Email)));
        await Task.WhenAll(streams.Select(s => s.NextAsync()));
        await shop.SellAsync(sale);
        var heard = await Task.WhenAll(streams.Select(s => s.NextAsync()));
        Assert.All(heard, h => Assert.Equal("pro", h.Tier));
        await Task.WhenAll(streams.Select(async s => await s.DisposeAsync()));
    }

    [Fact]
    public async Task Wrong_tokens_are_refused_as_everywhere()
    {
        var shop = await shared.OpenShopAsync();
        var other = await shared.OpenShopAsync();
        var read = await shop.AddTokenAsync("read");
        foreach (var path in new[] { "/entitlements/user:1/stream", "/events/stream" })
        {
            (await shop.Server.GetAsync(shop.Path + path)).MustRefuse(401, "unauthorized");
            (await shop.Server.GetAsync(shop.Path + path, other.ApiToken)).MustRefuse(401, "unauthorized");
            (await shop.Server.GetAsync("/v1/tenants/nobody" + path, shop.ApiToken)).MustRefuse(401, "unauthorized");
            (await shop.Server.GetAsync("/v1/tenants/nobody" + path, shop.Server.AdminToken)).MustRefuse(404, "not_found");
            (await shop.Server.GetAsync(shop.Path + path, read)).MustRefuse(403, "missing_scope");
        }

        (await shop.SellerGetAsync("/entitlements/somebody/stream")).MustFault("subject");
    }
}

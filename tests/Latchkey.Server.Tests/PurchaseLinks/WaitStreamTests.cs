using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;
using Latchkey.Server.Tests.Streams;

namespace Latchkey.Server.Tests.PurchaseLinks;

public sealed class WaitStreamTests(SharedServer shared)
{
    private static readonly string[] QuickBeats = ["--Latchkey:Streams:HeartbeatSeconds", "1"];

    [Fact]
    public async Task Whoever_waits_is_told_the_moment_the_payment_is_there_and_where_to_go()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync($$"""{"return_url":"{{LinkShop.ReturnUrl}}"}""");
        await using var one = await OpenAsync(link);
        await using var two = await OpenAsync(link);
        var first = await one.NextAsync("state");
        Assert.Equal(("open", null, false, null), (Text(first, "state"), Text(first, "reason"), (bool)first.Data["ended"]!, Text(first, "url")));
        Assert.Equal("Waiting for your payment at Gumroad…", Text(first, "title"));
        await two.NextAsync("state");

        await link.PayAsync();
        foreach (var stream in new[] { one, two })
        {
            var paid = await stream.NextAsync("state");
            Assert.Equal(("redeemed", null, true), (Text(paid, "state"), Text(paid, "reason"), (bool)paid.Data["ended"]!));
            Assert.Equal("redeemed", (await WaitPageTests.VerifyAsync(link, new Uri(Text(paid, "url")!))).State);
            Assert.Null(await stream.EndAsync());
        }

        await using var late = await OpenAsync(link);
        Assert.Equal("redeemed", Text(await late.NextAsync("state"), "state"));
        Assert.Null(await late.EndAsync());
    }

    [Fact]
    public async Task A_held_payment_is_said_and_the_sellers_word_still_brings_the_user_back()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync($$"""{"return_url":"{{LinkShop.ReturnUrl}}","quantity":4}""");
        await using var stream = await OpenAsync(link);
        await stream.NextAsync("state");
        var ping = await link.PayAsync();
        var held = await stream.NextAsync("state");
        Assert.Equal(("held", "quantity_mismatch", false), (Text(held, "state"), Text(held, "reason"), (bool)held.Data["ended"]!));
        (await shop.SellerAsync(HttpMethod.Post, $"/purchase-links/{link.Id}/accept", new JsonObject { ["purchase"] = (string)ping["purchase"]! })).Must(200);
        Assert.Equal("redeemed", Text(await stream.NextAsync("state"), "state"));
    }

    [Fact]
    public async Task A_link_taken_back_ends_the_waiting()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync();
        await using var stream = await OpenAsync(link);
        await stream.NextAsync("state");
        (await shop.SellerAsync(HttpMethod.Delete, $"/purchase-links/{link.Id}")).Must(200);
        var told = await stream.NextAsync("state");
        Assert.Equal(("cancelled", true), (Text(told, "state"), (bool)told.Data["ended"]!));
        Assert.Null(await stream.EndAsync());
    }

    [Fact]
    public async Task Expiry_is_said_and_a_payment_made_in_time_is_still_noticed()
    {
        await using var server = await RunningServer.StartAsync(new ServerSetup { Settings = QuickBeats });
        var shop = await Shop.OpenAsync(server);
        var link = await shop.MakeLinkAsync("""{"expires_in":60}""");
        var sale = MadeLink.Sold(await link.ReferenceAsync());
        await using var stream = await OpenAsync(link);
        await stream.NextAsync("state");
        await stream.NextAsync("beat");
        server.Advance(TimeSpan.FromSeconds(61));
        var told = await stream.NextAsync("state");
        Assert.Equal(("expired", false), (Text(told, "state"), (bool)told.Data["ended"]!));
        await link.PayAsync(sale);
        Assert.Equal("redeemed", Text(await stream.NextAsync("state"), "state"));
    }

    [Fact]
    public async Task Hundreds_wait_at_once_and_only_the_one_who_paid_is_told()
    {
        var shop = await shared.OpenShopAsync();
        var links = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => shop.MakeLinkAsync()));
        var streams = await Task.WhenAll(links.Select(OpenAsync));
        try
        {
            foreach (var stream in streams)
            {
                await stream.NextAsync("state");
            }

            await links[77].PayAsync();
            Assert.Equal("redeemed", Text(await streams[77].NextAsync("state"), "state"));
            Assert.All(streams.Except([streams[77]]), s => Assert.DoesNotContain(s.Unread(), m => m.Event == "state"));
        }
        finally
        {
            await Task.WhenAll(streams.Select(s => s.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task Pages_of_the_sellers_origins_may_wait_too()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { ["allowed_origins"] = new JsonArray("https://app.example") })).Must(200);
        var link = await shop.MakeLinkAsync();
        async Task<bool> MayAsync(string origin) =>
            (await shop.Server.SendAsync(HttpMethod.Post, link.WaitPath + "/check", (JsonNode?)null, null, ("Origin", origin))).Headers.Contains("Access-Control-Allow-Origin");
        Assert.Equal((true, false), (await MayAsync("https://app.example"), await MayAsync("https://evil.example")));
    }

    [Fact]
    public async Task Streams_end_when_the_server_stops()
    {
        await using var server = await RunningServer.StartAsync();
        await using var stream = await OpenAsync(await (await Shop.OpenAsync(server)).MakeLinkAsync());
        await stream.NextAsync("state");
        await server.DisposeAsync();
        Assert.Null(await stream.EndAsync());
    }

    private static Task<OpenStream> OpenAsync(MadeLink link) => OpenStream.OpenAsync(link.Shop.Server, link.WaitPath + "/stream", "none");

    private static string? Text(Heard heard, string name) => (string?)heard.Data[name];
}

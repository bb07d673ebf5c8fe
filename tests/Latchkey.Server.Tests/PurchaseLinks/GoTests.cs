using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.PurchaseLinks;

public sealed class GoTests(SharedServer shared)
{
    [Fact]
    public async Task It_leads_to_the_checkout_and_uses_nothing_up()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync("""{"quantity":2,"variant":"Pro"}""");
        Assert.Null((await link.ReadAsync())["opened_at"]);
        var first = await link.GoAsync();
        var opened = (string?)(await link.ReadAsync())["opened_at"];
        Assert.NotNull(opened);
        var second = await link.GoAsync();
        Assert.Equal((302, 302, first.Headers.Location), (first.Status, second.Status, second.Headers.Location));
        Assert.Equal(opened, (string?)(await link.ReadAsync())["opened_at"]);
        Assert.Contains($"/l/{Sale.Product.Permalink}?", first.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("quantity=2", first.Headers.Location.Query, StringComparison.Ordinal);
        Assert.True(first.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", Assert.Single(first.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("open", await link.StateAsync());
    }

    [Fact]
    public async Task A_link_that_is_used_or_over_leads_to_the_page_that_says_so()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server);
        var used = await shop.MakeLinkAsync();
        await used.PayAsync();
        await SaysAsync(used, "This link was used already", "?used");
        var cancelled = await shop.MakeLinkAsync();
        (await shop.SellerAsync(HttpMethod.Delete, $"/purchase-links/{cancelled.Id}")).Must(200);
        await SaysAsync(cancelled, "This link was taken back", "");
        var held = await shop.MakeLinkAsync("""{"quantity":3}""");
        await held.PayAsync();
        await SaysAsync(held, "This payment does not fit", "");
        var expired = await shop.MakeLinkAsync("""{"expires_in":60}""");
        server.Advance(TimeSpan.FromSeconds(61));
        await SaysAsync(expired, "This link has expired", "");
    }

    [Fact]
    public async Task Every_wrong_address_is_one_page()
    {
        var shop = await shared.OpenShopAsync();
        var other = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync();
        var token = link.GoPath.Split('/')[^1];
        var reference = await link.ReferenceAsync();
        var pages = new HashSet<string>();
        foreach (var path in new[] { $"{shop.Id}/nothing", $"{shop.Id}/{token[..^1]}{(token[^1] == '0' ? '1' : '0')}", $"{other.Id}/{token}", $"nobody/{token}", $"{shop.Id}/{reference}", $"{shop.Id}/{link.Id}" })
        {
            foreach (var place in new[] { "go", "wait" })
            {
                var reply = await shop.Server.GetAsync($"/{place}/{path}");
                Assert.Equal((404, "text/html"), (reply.Status, reply.ContentType));
                pages.Add(System.Text.RegularExpressions.Regex.Replace(reply.Text, "nonce=\"[^\"]+\"", ""));
            }
        }

        Assert.Contains("There is no such link", Assert.Single(pages), StringComparison.Ordinal);
        (await shop.Server.GetAsync($"/wait/{shop.Id}/nothing/stream")).MustRefuse(404, "not_found");
        (await shop.Server.SendAsync(HttpMethod.Post, $"/wait/{shop.Id}/nothing/check", (JsonNode?)null, null)).MustRefuse(404, "not_found");
        Assert.Equal(404, (await shop.Server.GetAsync($"/wait/{shop.Id}/nothing/back")).Status);
    }

    private static async Task SaysAsync(MadeLink link, string title, string query)
    {
        var went = await link.GoAsync();
        Assert.Equal((303, link.WaitPath + query), (went.Status, went.Headers.Location!.PathAndQuery));
        var page = await link.Shop.Server.GetAsync(went.Headers.Location.PathAndQuery);
        Assert.Equal(200, page.Status);
        Assert.Contains($"<h1 id=\"title\">{title}</h1>", page.Text, StringComparison.Ordinal);
    }
}

using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.PurchaseLinks;

public sealed class LinkLifeTests(SharedServer shared)
{
    [Fact]
    public async Task The_sale_that_comes_with_it_redeems_it_and_a_refund_is_seen()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync("""{"subject":"user:42","data":7}""");
        var sale = MadeLink.Sold(await link.ReferenceAsync());
        var ping = await link.PayAsync(sale);
        Assert.Equal("applied", (string?)ping["status"]);
        var read = await link.ReadAsync();
        Assert.Equal(("redeemed", null, 7), ((string)read["state"]!, (string?)read["reason"], (int)read["data"]!));
        Assert.Equal((string)ping["purchase"]!, (string?)read["purchase"]);
        Assert.NotNull(read["opened_at"]);
        Assert.NotNull(read["redeemed_at"]);
        Assert.Equal("pro", (string?)(await shop.SellerGetAsync("/entitlements/user:42")).Must(200)["products"]![0]!["tier"]);

        await shop.DeliverAsync(sale.Form("refund", "refunded"));
        Assert.Equal("redeemed refunded", await link.StateAsync());
    }

    [Fact]
    public async Task A_link_past_its_time_is_expired()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server);
        var link = await shop.MakeLinkAsync("""{"expires_in":60}""");
        var longer = await shop.MakeLinkAsync();
        server.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(("expired expired", "open"), (await link.StateAsync(), await longer.StateAsync()));
        Assert.Equal([link.Id], await IdsAsync(shop, "?state=expired"));
        Assert.Equal([longer.Id], await IdsAsync(shop, "?state=open"));
    }

    [Fact]
    public async Task Links_are_listed_in_order_by_state_and_in_pages()
    {
        var shop = await shared.OpenShopAsync();
        MadeLink[] made = [await shop.MakeLinkAsync(), await shop.MakeLinkAsync(), await shop.MakeLinkAsync()];
        MadeLink[] links = [.. made.OrderBy(l => l.Id, StringComparer.Ordinal)]; // two may be made within one millisecond
        await links[1].PayAsync();
        Assert.Equal(links.Select(l => l.Id), await IdsAsync(shop, ""));
        Assert.Equal([links[1].Id], await IdsAsync(shop, "?state=redeemed"));
        var page = (await shop.SellerGetAsync("/purchase-links?state=open&limit=1")).Must(200);
        Assert.Equal((links[0].Id, links[0].Id), ((string)page["data"]!.AsArray().Single()!["id"]!, (string)page["next"]!));
        var last = (await shop.SellerGetAsync($"/purchase-links?state=open&limit=1&after={page["next"]}")).Must(200);
        Assert.Equal((links[2].Id, null), ((string)last["data"]!.AsArray().Single()!["id"]!, (string?)last["next"]));
        Assert.DoesNotContain("\"data\":{", page["data"]![0]!.ToJsonString(), StringComparison.Ordinal);
        (await shop.SellerGetAsync("/purchase-links?state=lost")).MustFault("state");
        Assert.Empty((await shop.SellerGetAsync("/purchase-links/not-removed")).Data);
        (await shop.SellerGetAsync("/purchase-links/pln_none")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task A_link_taken_back_is_not_redeemed_any_more()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync();
        var reference = await link.ReferenceAsync();
        Assert.Equal("cancelled", (string?)(await CancelAsync(link)).Must(200)["state"]);
        (await CancelAsync(link)).Must(200);
        var ping = await link.PayWithAsync(reference);
        Assert.Equal(("held", "link_cancelled"), await HeldAsync(shop, ping));
        Assert.Equal("cancelled cancelled", await link.StateAsync());
        Assert.Equal("purchase_link.cancel", (string?)(await shop.SellerGetAsync("/audit")).Data[0]!["action"]);
        (await AcceptAsync(link, (string)ping["purchase"]!)).MustRefuse(409, "cancelled");
        (await shop.SellerAsync(HttpMethod.Delete, "/purchase-links/pln_none")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task A_used_link_cannot_be_taken_back_and_a_second_purchase_is_held()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync();
        var reference = await link.ReferenceAsync();
        await link.PayWithAsync(reference);
        (await CancelAsync(link)).MustRefuse(409, "already_used");
        var second = await link.PayWithAsync(reference);
        Assert.Equal(("held", "link_already_used"), await HeldAsync(shop, second));
        Assert.Equal("redeemed", await link.StateAsync());
        (await AcceptAsync(link, (string)second["purchase"]!)).MustRefuse(409, "already_used");
    }

    [Fact]
    public async Task What_does_not_fit_is_held_until_the_seller_accepts_it()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync("""{"min_price_usd_cents":100000000,"subject":"user:7"}""");
        var purchase = (string)(await link.PayAsync())["purchase"]!;
        Assert.Equal("held amount_mismatch", await link.StateAsync());
        Assert.Equal([link.Id], await IdsAsync(shop, "?state=held"));
        (await AcceptAsync(link, "pur_none")).MustFault("purchase");
        (await shop.SellerAsync(HttpMethod.Post, "/purchase-links/pln_none/accept", new JsonObject { ["purchase"] = purchase })).MustRefuse(404, "not_found");

        var accepted = (await AcceptAsync(link, purchase)).Must(200);
        Assert.Equal(("redeemed", null, purchase), ((string)accepted["state"]!, (string?)accepted["reason"], (string)accepted["purchase"]!));
        Assert.Equal("pro", (string?)(await shop.SellerGetAsync("/entitlements/user:7")).Must(200)["products"]![0]!["tier"]);
        (await AcceptAsync(link, purchase)).Must(200);
        Assert.Equal($"{link.Id} > {purchase}", (string?)(await shop.SellerGetAsync("/audit")).Data[0]!["target"]);

        var other = await shop.MakeLinkAsync();
        (await AcceptAsync(other, purchase)).MustRefuse(409, "already_used");
        Assert.Equal("open", await other.StateAsync());
    }

    private static Task<Reply> CancelAsync(MadeLink link) => link.Shop.SellerAsync(HttpMethod.Delete, $"/purchase-links/{link.Id}");

    private static Task<Reply> AcceptAsync(MadeLink link, string purchase) =>
        link.Shop.SellerAsync(HttpMethod.Post, $"/purchase-links/{link.Id}/accept", new JsonObject { ["purchase"] = purchase });

    private static async Task<(string?, string?)> HeldAsync(Shop shop, JsonNode ping)
    {
        var shown = (await shop.SellerGetAsync($"/pings/{ping["id"]}")).Must(200);
        return ((string?)shown["status"], (string?)shown["reason"]);
    }

    private static async Task<string[]> IdsAsync(Shop shop, string query) =>
        [.. (await shop.SellerGetAsync("/purchase-links" + query)).Data.Select(l => (string)l!["id"]!)];
}

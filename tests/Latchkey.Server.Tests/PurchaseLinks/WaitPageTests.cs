using System.Text.Json.Nodes;
using System.Web;
using Latchkey.Contracts.Leases;
using Latchkey.Server.Tests.Leases;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.PurchaseLinks;

public sealed class WaitPageTests(SharedServer shared)
{
    [Fact]
    public async Task The_page_wears_the_sellers_brand_and_runs_nothing_but_its_own_script()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject
        {
            ["allowed_origins"] = new JsonArray("https://app.example"),
            ["brand"] = new JsonObject { ["name"] = "Ink & <Sons>", ["color"] = "#ffee00", ["logo_url"] = "https://cdn.example/a.svg?x=\"y" },
        })).Must(200);
        var page = await PageAsync(await shop.MakeLinkAsync());
        Assert.Contains("Ink &amp; &lt;Sons&gt;", page.Text, StringComparison.Ordinal);
        Assert.Contains("--brand: #ffee00; --ink: #000", page.Text, StringComparison.Ordinal);
        Assert.Contains("src=\"https://cdn.example/a.svg?x=%22y\"", page.Text, StringComparison.Ordinal);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("img-src https://cdn.example;", policy, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'self' https://app.example", policy, StringComparison.Ordinal);
        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task It_opens_the_checkout_in_a_tab_of_its_own_and_works_without_its_script()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync($$"""{"return_url":"{{LinkShop.ReturnUrl}}"}""");
        var page = await PageAsync(link);
        Assert.Contains($"href=\"../..{link.GoPath}\" target=\"_blank\" rel=\"noopener\" >Open the checkout<", page.Text, StringComparison.Ordinal);
        Assert.Contains("<noscript><meta http-equiv=\"refresh\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("Waiting for your payment at Gumroad…", HttpUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        await link.PayAsync();
        var paid = await PageAsync(link);
        Assert.Contains("Paid. Thank you!", paid.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{link.WaitPath.Split('/')[^1]}/back\" >Continue<", paid.Text, StringComparison.Ordinal);
        Assert.Contains("You can close this page.", (await PageAsync(await PaidAsync(shop, "{}"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_the_buyer_and_nothing_of_the_app_is_on_it()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync("""{"subject":"user:marker-1","data":"marker-2","return_url":"https://marker-3.example/"}""");
        var sale = MadeLink.Sold(await link.ReferenceAsync(), "full_name=marker-4");
        await link.PayAsync(sale);
        var text = (await PageAsync(link)).Text;
        Assert.DoesNotContain("marker", text, StringComparison.Ordinal);
        Assert.DoesNotContain(sale.Email, text, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Id, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_back_brings_a_result_that_the_app_can_verify()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync($$"""{"return_url":"{{LinkShop.ReturnUrl}}","subject":"user:42"}""");
        var early = await BackAsync(link);
        Assert.Equal(("open", "not_paid", null, "user:42"), (early.State, early.Reason, early.Purchase, early.Sub));
        var sale = MadeLink.Sold(await link.ReferenceAsync());
        var ping = await link.PayAsync(sale);

        var back = await BackAsync(link);
        Assert.Equal(("redeemed", null, link.Id, (string)ping["purchase"]!), (back.State, back.Reason, back.Link, back.Purchase));
        Assert.Equal((shop.Issuer, "https://app.example", 600), (back.Iss, back.Aud, back.Exp - back.Iat));
        Assert.Equal(back.Jti, (await BackAsync(link)).Jti);
        Assert.StartsWith("evt_", back.Jti, StringComparison.Ordinal);

        await shop.DeliverAsync(sale.Form("refund", "refunded"));
        var refunded = await BackAsync(link);
        Assert.Equal(("redeemed", "refunded", $"{link.Id}:refunded"), (refunded.State, refunded.Reason, refunded.Jti));
    }

    [Fact]
    public async Task A_foreign_library_verifies_the_result_for_its_own_app_only()
    {
        var shop = await shared.OpenShopAsync();
        var link = await PaidAsync(shop, $$"""{"return_url":"{{LinkShop.ReturnUrl}}"}""");
        var address = (await shop.Server.GetAsync(link.WaitPath + "/back")).Headers.Location!;
        var token = HttpUtility.ParseQueryString(address.Query)["latchkey_result"]!;
        var jwks = new Uri(shop.Server.Address, $"{shop.Path}/.well-known/jwks.json").ToString();
        var verified = JsonNode.Parse(await Node.RunAsync("verify-result.mjs", jwks, shop.Issuer, "https://app.example", token))!;
        Assert.Equal(("redeemed", link.Id), ((string?)verified["state"], (string?)verified["link"]));
        Assert.False(verified.AsObject().ContainsKey("sub"));
        Assert.Contains("ERR_JWT_CLAIM_VALIDATION_FAILED", await Node.RunAsync("verify-result.mjs", jwks, shop.Issuer, "https://evil.example", token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_without_a_return_leads_nowhere()
    {
        var link = await (await shared.OpenShopAsync()).MakeLinkAsync();
        var back = await link.Shop.Server.GetAsync(link.WaitPath + "/back");
        Assert.Equal((303, link.WaitPath), (back.Status, back.Headers.Location!.AbsolutePath));
        Assert.Contains("href=\"\" hidden>Back to the app<", (await PageAsync(link)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_Gumroad_needs_an_access_token_and_something_to_ask_for()
    {
        var shop = await shared.OpenShopAsync();
        var link = await shop.MakeLinkAsync();
        Assert.False((bool)(await CheckAsync(link))["checking"]!);
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { ["gumroad_access_token"] = "a-token" })).Must(200);
        var cancelled = await shop.MakeLinkAsync();
        (await shop.SellerAsync(HttpMethod.Delete, $"/purchase-links/{cancelled.Id}")).Must(200);
        Assert.False((bool)(await CheckAsync(cancelled))["checking"]!);
    }

    [Fact]
    public async Task Its_script_is_asked_after_by_its_tag()
    {
        var reply = await shared.Server.GetAsync("/latchkey-wait.js");
        Assert.Equal((200, "text/javascript"), (reply.Status, reply.ContentType));
        var tag = reply.Headers.ETag!.ToString();
        Assert.Equal(304, (await shared.Server.SendAsync(HttpMethod.Get, "/latchkey-wait.js", (JsonNode?)null, null, ("If-None-Match", tag))).Status);
    }

    private static async Task<PurchaseResultClaims> BackAsync(MadeLink link)
    {
        var back = await link.Shop.Server.GetAsync(link.WaitPath + "/back");
        Assert.Equal(303, back.Status);
        return await VerifyAsync(link, back.Headers.Location!);
    }

    /// <summary>As an app does it, with the tenant's published keys.</summary>
    internal static async Task<PurchaseResultClaims> VerifyAsync(MadeLink link, Uri address)
    {
        Assert.StartsWith(LinkShop.ReturnUrl + "&latchkey_link=" + link.Id, address.AbsoluteUri, StringComparison.Ordinal);
        var token = HttpUtility.ParseQueryString(address.Query)["latchkey_result"];
        return Assert.IsType<PurchaseResultReading.Ok>(PurchaseResultToken.Read(token, await PublicKeys.KeysetAsync(link.Shop))).Claims;
    }

    private static async Task<MadeLink> PaidAsync(Shop shop, string more)
    {
        var link = await shop.MakeLinkAsync(more);
        await link.PayAsync();
        return link;
    }

    private static Task<Reply> PageAsync(MadeLink link) => link.Shop.Server.GetAsync(link.WaitPath);

    private static async Task<JsonNode> CheckAsync(MadeLink link) =>
        (await link.Shop.Server.SendAsync(HttpMethod.Post, link.WaitPath + "/check", (JsonNode?)null, null)).Must(200);
}

using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Pings;

public sealed class HeldPingTests(SharedServer shared)
{
    [Fact]
    public async Task A_suspended_tenants_pings_are_held_and_resuming_releases_them_by_itself()
    {
        var shop = await shared.OpenShopAsync();
        await SetStateAsync(shop, "suspended");
        var sale = Sale.New();
        var held = await shop.DeliverAsync(sale.Form());
        Assert.Equal(("held", "tenant_suspended"), ((string?)held["status"], (string?)held["reason"]));
        Assert.Empty(await shop.PurchasesAsync());

        await SetStateAsync(shop, "active");
        await Eventually.HoldsAsync(async () => (await shop.PurchasesAsync()).Count == 1, "resuming did not release the ping");
        await Eventually.HoldsAsync(() => shared.Server.Mails.To(sale.Email).Count == 1, "no mail came");
        Assert.Equal("applied", (string?)(await shop.HandledAsync((string)held["id"]!))["status"]);
    }

    [Fact]
    public async Task A_suspended_tenants_apps_go_on_validating()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var activation = await shop.ActivatedAsync(sold, "laptop");
        await SetStateAsync(shop, "suspended");
        Assert.Equal("ok", (await shop.ValidateAsync(sold.Key, activation)).Code);
    }

    [Fact]
    public async Task An_unmapped_product_is_held_until_a_rule_fits_and_then_makes_one_license_and_one_mail()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        await shop.PutProductAsync();
        var sale = Sale.New();
        var held = await shop.DeliverAsync(sale.Form());
        Assert.Equal(("held", "unmapped_product"), ((string?)held["status"], (string?)held["reason"]));
        var purchase = (await shop.SellerGetAsync($"/purchases/{held["purchase"]}")).Must(200);
        Assert.Equal(("held", "unmapped_product"), ((string?)purchase["state"], (string?)purchase["reason"]));
        (await shop.PingAsync(sale.Form())).Must(200);

        await shop.PutRuleAsync();
        await Eventually.HoldsAsync(() => shared.Server.Mails.To(sale.Email).Count > 0, "no mail came");
        await shop.PutRuleAsync();
        (await shop.PingAsync(sale.Form())).Must(200);
        await SettledAsync(shop);

        Assert.Equal("applied", (string?)(await shop.HandledAsync((string)held["id"]!))["status"]);
        var license = Assert.Single((await shop.SellerGetAsync("/licenses")).Data)!;
        var mail = Assert.Single(shared.Server.Mails.To(sale.Email));
        Assert.Contains(await shop.RevealAsync((string)license["id"]!), mail.Text, StringComparison.Ordinal);
        Assert.Single((await shop.SellerGetAsync("/mails")).Data);
    }

    [Fact]
    public async Task A_refund_before_its_sale_waits_and_the_license_is_born_blocked_without_a_mail()
    {
        var shop = await shared.OpenShopAsync();
        var sale = Sale.New();
        var refund = await shop.DeliverAsync(sale.Form("refund", "refunded"));
        Assert.Equal("waits_for_sale", (string?)refund["reason"]);
        await shop.DeliverAsync(sale.Form());
        await SettledAsync(shop);

        var license = Assert.Single((await shop.SellerGetAsync("/licenses")).Data)!;
        Assert.Equal(("revoked", "refunded"), ((string?)license["state"], (string?)license["reason"]));
        Assert.Empty((await shop.SellerGetAsync("/mails")).Data);
        Assert.Equal("applied", (string?)(await shop.HandledAsync((string)refund["id"]!))["status"]);
    }

    [Fact]
    public async Task A_sale_of_another_seller_is_held_once_the_seller_is_known()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { ["seller_id"] = "someone_else==" })).Must(200);
        Assert.Equal("other_seller", (string?)(await shop.DeliverAsync(Sale.New().Form()))["reason"]);
    }

    /// <summary>A later sale's mail has come, so whatever the earlier ones owed has been decided.</summary>
    private async Task SettledAsync(Shop shop)
    {
        var marker = await Shop.OpenAsync(shared.Server);
        var sold = await marker.SellAsync();
        await Eventually.HoldsAsync(() => shared.Server.Mails.To(sold.Sale.Email).Count == 1, "the marker's mail did not come");
        await Eventually.HoldsAsync(async () => (await shop.SellerGetAsync("/pings?status=received")).Data.Count == 0, "pings wait");
    }

    private static async Task SetStateAsync(Shop shop, string state) =>
        (await shop.Server.AdminAsync(HttpMethod.Patch, shop.Path, new JsonObject { ["state"] = state })).Must(200);
}

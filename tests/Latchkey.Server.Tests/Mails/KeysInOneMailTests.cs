using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Mails;

public sealed class KeysInOneMailTests(SharedServer shared)
{
    [Fact]
    public async Task A_buyer_of_three_keys_gets_one_mail_with_all_of_them()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}/key-types/pro", new JsonObject { ["name"] = "Pro", ["quantity"] = "keys" })).Must(200);
        var sale = Sale.New("quantity=3");
        var purchase = (string)(await shop.DeliverAsync(sale.Form()))["purchase"]!;
        await Eventually.HoldsAsync(async () => (await shop.SellerGetAsync("/mails?state=sent")).Data.Count == 1, "no mail was sent");

        var licenses = (await shop.SellerGetAsync($"/licenses?purchase={purchase}")).Data.Select(l => (string)l!["id"]!).ToList();
        Assert.Equal(3, licenses.Count);
        var mail = Assert.Single(shared.Server.Mails.To(sale.Email));
        Assert.Equal("Your 3 license keys for Acme Studio", mail.Subject);
        foreach (var license in licenses)
        {
            Assert.Contains(await shop.RevealAsync(license), mail.Text, StringComparison.Ordinal);
        }

        Assert.Single((await shop.SellerGetAsync("/mails")).Data);
    }

    [Fact]
    public async Task Where_Gumroads_own_key_is_the_key_the_others_still_come_by_mail()
    {
        var shop = await shared.OpenShopAsync();
        await shop.PutProductAsync(keySource: "shop");
        (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}/key-types/pro", new JsonObject { ["name"] = "Pro", ["quantity"] = "keys" })).Must(200);
        var sale = Sale.New("quantity=2");
        await shop.DeliverAsync(sale.Form());
        await Eventually.HoldsAsync(async () => (await shop.SellerGetAsync("/mails?state=sent")).Data.Count == 1, "no mail was sent");
        var mail = Assert.Single(shared.Server.Mails.To(sale.Email));
        Assert.Equal("Your 2 license keys for Acme Studio", mail.Subject);
    }

    [Fact]
    public async Task A_key_that_the_seller_has_suspended_is_left_out_of_the_next_mail()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server);
        (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}/key-types/pro", new JsonObject { ["name"] = "Pro", ["quantity"] = "keys" })).Must(200);
        var sold = await shop.SellAsync(Sale.New("quantity=2"));
        var purchase = (string)(await shop.LicenseAsync(sold))["purchase"]!;
        var other = (await shop.SellerGetAsync($"/licenses?purchase={purchase}")).Data.Select(l => (string)l!["id"]!).Single(l => l != sold.License);
        await Eventually.HoldsAsync(() => server.Mails.To(sold.Sale.Email).Count == 1, "no mail was sent");
        await shop.ActAsync(sold, "suspend");
        server.Advance(TimeSpan.FromMinutes(2));
        (await shop.SellerAsync(HttpMethod.Post, $"/licenses/{other}/resend")).Must(202);
        await Eventually.HoldsAsync(() => server.Mails.To(sold.Sale.Email).Count == 2, "the second mail was not sent");
        var mail = server.Mails.To(sold.Sale.Email)[1];
        Assert.Equal("Your license key for Acme Studio", mail.Subject);
        Assert.Contains(await shop.RevealAsync(other), mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sold.Key, mail.Text, StringComparison.Ordinal);
    }
}

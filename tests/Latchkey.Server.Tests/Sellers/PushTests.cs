using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class PushTests(SharedServer shared)
{
    private const string Push = $"/products/{Shop.Product}/key-types/pro/push";

    [Fact]
    public async Task Present_settings_are_counted_first_then_put_in_force_once()
    {
        var shop = await shared.OpenShopAsync(limit: 3);
        Sold[] before = [await shop.SellAsync(), await shop.SellAsync()];
        await shop.PutProductAsync(limit: 5);
        var after = await shop.SellAsync();

        var dry = (await shop.SellerAsync(HttpMethod.Post, Push, new JsonObject { ["dry_run"] = true })).Must(200);
        Assert.Equal((2, true), ((int)dry["purchases"]!, (bool)dry["dry_run"]!));
        Assert.Equal(3, (int?)(await shop.LicenseAsync(before[0]))["activation_limit"]);
        Assert.DoesNotContain("key_type.push", (await shop.SellerGetAsync("/audit")).Text, StringComparison.Ordinal);

        Assert.Equal(2, (int)(await shop.SellerAsync(HttpMethod.Post, Push)).Must(200)["purchases"]!);
        await Eventually.HoldsAsync(
            async () => (int?)(await shop.LicenseAsync(before[0]))["activation_limit"] == 5 && (int?)(await shop.LicenseAsync(before[1]))["activation_limit"] == 5, "the push did not arrive");
        Assert.Equal(5, (int?)(await shop.LicenseAsync(after))["activation_limit"]);
        Assert.Equal(0, (int)(await shop.SellerAsync(HttpMethod.Post, Push)).Must(200)["purchases"]!);
        Assert.Contains((await shop.SellerGetAsync("/audit")).Data, a => (string?)a!["action"] == "key_type.push" && (string?)a["target"] == "studio/pro");
    }

    [Fact]
    public async Task Keys_stay_whatever_has_become_of_the_products_prefix()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}", new JsonObject { ["name"] = "Acme Studio", ["key_prefix"] = "NEW", ["key_source"] = "own" })).Must(200);
        Assert.Equal(0, (int)(await shop.SellerAsync(HttpMethod.Post, Push)).Must(200)["purchases"]!);
        var type = new JsonObject { ["name"] = "Pro", ["activation_limit"] = 9 };
        (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}/key-types/pro", type)).Must(200);
        Assert.Equal(1, (int)(await shop.SellerAsync(HttpMethod.Post, Push)).Must(200)["purchases"]!);
        await Eventually.HoldsAsync(async () => (int?)(await shop.LicenseAsync(sold))["activation_limit"] == 9, "the push did not arrive");
        Assert.Equal(sold.Key, await shop.RevealAsync(sold.License));
        Assert.Equal("ok", (await shop.ValidateAsync(sold.Sale.GumroadKey)).Code);
    }

    [Fact]
    public async Task A_buyer_of_several_keys_keeps_them_all_when_the_key_type_counts_seats_now()
    {
        var shop = await shared.OpenShopAsync();
        var type = new JsonObject { ["name"] = "Pro", ["quantity"] = "keys" };
        (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}/key-types/pro", type)).Must(200);
        var sold = await shop.SellAsync(Sale.New("quantity=3"));
        var purchase = (string)(await shop.LicenseAsync(sold))["purchase"]!;
        type = new JsonObject { ["name"] = "Pro", ["quantity"] = "seats", ["activation_limit"] = 9 };
        (await shop.SellerAsync(HttpMethod.Put, $"/products/{Shop.Product}/key-types/pro", type)).Must(200);
        Assert.Equal(1, (int)(await shop.SellerAsync(HttpMethod.Post, Push)).Must(200)["purchases"]!);
        await Eventually.HoldsAsync(async () => (int?)(await shop.LicenseAsync(sold))["activation_limit"] == 9, "the push did not arrive");
        Assert.Equal(3, (await shop.SellerGetAsync($"/licenses?purchase={purchase}")).Data.Count);
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_pushed() =>
        (await (await shared.OpenShopAsync()).SellerAsync(HttpMethod.Post, $"/products/{Shop.Product}/key-types/none/push")).MustRefuse(404, "not_found");
}

using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Apps;

public sealed class DeactivationTests(SharedServer shared)
{
    [Fact]
    public async Task A_slot_is_freed_once_and_repeating_is_no_fault()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        Assert.True((bool)(await shop.DeactivateAsync(sold.Key, id)).Must(200)["released"]!);
        Assert.False((bool)(await shop.DeactivateAsync(sold.Key, id)).Must(200)["released"]!);
        Assert.Equal(0, (int?)(await shop.LicenseAsync(sold))["activations_used"]);
    }

    [Fact]
    public async Task An_unknown_activation_is_a_404_of_its_own()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        (await shop.DeactivateAsync(sold.Key, "act_unknown")).MustRefuse(404, "activation_not_found");
        var body = new JsonObject { ["key"] = sold.Key, ["product"] = Shop.Product };
        (await shop.AppAsync("deactivate", body)).MustFault("activation_id");
    }

    [Fact]
    public async Task A_refunded_buyer_can_still_free_a_slot()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        await shop.RefundAsync(sold);
        Assert.True((bool)(await shop.DeactivateAsync(sold.Key, id)).Must(200)["released"]!);
    }

    [Fact]
    public async Task The_allowance_of_releases_says_when_the_next_is_possible_and_then_it_is()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server, limit: 1);
        var sold = await shop.SellAsync();
        var firstAt = server.Time.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            (await shop.DeactivateAsync(sold.Key, await shop.ActivatedAsync(sold, "laptop"))).Must(200);
            server.Advance(TimeSpan.FromDays(1));
        }

        var id = await shop.ActivatedAsync(sold, "laptop");
        var problem = (await shop.DeactivateAsync(sold.Key, id)).MustRefuse(429, "release_limit_reached");
        var next = (DateTimeOffset)problem["next_release_at"]!;
        Assert.InRange(next, firstAt.AddDays(30), firstAt.AddDays(30).AddMinutes(1));
        Assert.Equal(1, (int?)(await shop.LicenseAsync(sold))["activations_used"]);

        server.Advance(next - server.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
        Assert.True((bool)(await shop.DeactivateAsync(sold.Key, id)).Must(200)["released"]!);
    }

    [Fact]
    public async Task The_seller_is_never_limited()
    {
        var shop = await shared.OpenShopAsync(limit: 1);
        var sold = await shop.SellAsync();
        for (var i = 0; i < 5; i++)
        {
            var id = await shop.ActivatedAsync(sold, "laptop");
            (await shop.SellerAsync(HttpMethod.Delete, $"/licenses/{sold.License}/activations/{id}")).Must(204);
        }

        (await shop.DeactivateAsync(sold.Key, await shop.ActivatedAsync(sold, "laptop"))).Must(200);
    }
}

using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Apps;

public sealed class ActivationLimitTests(SharedServer shared)
{
    [Fact]
    public async Task A_full_license_says_which_devices_fill_it_without_ids_and_hashes()
    {
        var shop = await shared.OpenShopAsync(limit: 2);
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        await shop.ActivatedAsync(sold, "desktop");
        var refusal = await shop.ActivateAsync(sold.Key, "phone");
        var problem = refusal.MustRefuse(409, "activation_limit_reached");

        Assert.Equal((2, 2), ((int?)problem["limit"], (int?)problem["used"]));
        var devices = problem["devices"]!.AsArray();
        Assert.Equal(["desktop", "laptop"], devices.Select(d => (string)d!["name"]!).Order(StringComparer.Ordinal));
        Assert.All(devices, d => Assert.Equal(["name", "last_seen"], d!.AsObject().Select(f => f.Key)));
        Assert.All(devices, d => Assert.InRange((DateTimeOffset)d!["last_seen"]!, shared.Server.Time.GetUtcNow().AddMinutes(-1), shared.Server.Time.GetUtcNow()));
        Assert.DoesNotContain(id, refusal.Text, StringComparison.Ordinal);
        Assert.DoesNotContain((string)Ask.Device("laptop")["hash"]!, refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_released_slot_is_free_at_once_and_its_old_device_is_refused_when_full()
    {
        var shop = await shared.OpenShopAsync(limit: 1);
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        (await shop.DeactivateAsync(sold.Key, id)).Must(200);
        (await shop.ActivateAsync(sold.Key, "phone")).Must(201);
        (await shop.ActivateAsync(sold.Key, "laptop")).MustRefuse(409, "activation_limit_reached");
    }

    [Fact]
    public async Task Two_hundred_devices_at_once_on_a_limit_of_three_are_exactly_three()
    {
        var shop = await shared.OpenShopAsync(limit: 3);
        var sold = await shop.SellAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => shop.ActivateAsync(sold.Key, $"device {i}")));

        Assert.Equal(3, replies.Count(r => r.Status == 201));
        Assert.All(replies.Where(r => r.Status != 201), r => r.MustRefuse(409, "activation_limit_reached"));
        Assert.Equal(3, (int?)(await shop.LicenseAsync(sold))["activations_used"]);
        Assert.Equal(3, (await shop.SellerGetAsync($"/licenses/{sold.License}/activations")).Data.Count);
    }

    [Fact]
    public async Task Twenty_calls_of_one_device_at_once_are_one_activation()
    {
        var shop = await shared.OpenShopAsync(limit: 3);
        var sold = await shop.SellAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.ActivateAsync(sold.Key, "laptop")));

        Assert.Single(replies.Select(r => (string)r["activation"]!["id"]!).Distinct());
        Assert.Single(replies, r => (bool)r["created"]! && r.Status == 201);
        Assert.Equal(19, replies.Count(r => r.Status == 200));
        Assert.Single((await shop.SellerGetAsync($"/licenses/{sold.License}/activations")).Data);
    }

    [Fact]
    public async Task Twenty_calls_of_one_device_at_once_leave_twenty_different_leases_in_order()
    {
        var shop = await shared.OpenShopAsync(limit: 3);
        var sold = await shop.SellAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.ActivateAsync(sold.Key, "laptop")));
        Assert.Equal(20, replies.Select(r => LeaseReader.Claims((string)r["lease"]!)["seq"]!.GetValue<long>()).Distinct().Count());
    }
}

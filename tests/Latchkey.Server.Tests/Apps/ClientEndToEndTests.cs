using Latchkey.Client;
using Latchkey.Server.Tests.Leases;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Apps;

/// <summary>The library that sold apps link, against the real server.</summary>
public sealed class ClientEndToEndTests(SharedServer shared)
{
    [Fact]
    public async Task From_activation_over_refund_to_release()
    {
        var shop = await shared.OpenShopAsync(limit: 1);
        var sold = await shop.SellAsync();
        var roots = await PublicKeys.RootTextsAsync(shop);
        using var laptop = new DeviceClient(shop, roots, "laptop");
        var diagnosed = new List<string>();
        laptop.Client.Diagnosed += (_, e) => diagnosed.Add(e.Detail);

        Assert.IsType<ActivationOutcome.Activated>(await laptop.Client.ActivateAsync(sold.Key));
        Assert.Equal((LicenseStatus.Fresh, "pro"), (laptop.Client.State.Status, laptop.Client.State.Tier));
        Assert.True(laptop.Client.Has("export"));
        Assert.False(laptop.Client.Has("teleport"));

        using var phone = new DeviceClient(shop, roots, "phone");
        var full = Assert.IsType<ActivationOutcome.Refused>(await phone.Client.ActivateAsync(sold.Key));
        Assert.Equal(("activation_limit_reached", 1), (full.Code, full.Limit));
        Assert.Equal("laptop", Assert.Single(full.Devices).Name);
        Assert.Equal(LicenseStatus.Unlicensed, phone.Client.State.Status);

        await shop.RefundAsync(sold);
        Assert.True(laptop.Client.Has("export"));
        Assert.IsType<RefreshOutcome.Refreshed>(await laptop.Client.RefreshAsync());
        Assert.Equal((LicenseStatus.Refused, "refunded"), (laptop.Client.State.Status, laptop.Client.State.Reason));
        Assert.False(laptop.Client.Has("export"));

        Assert.IsType<DeactivationOutcome.Released>(await laptop.Client.DeactivateAsync());
        Assert.Equal(LicenseStatus.Unlicensed, laptop.Client.State.Status);
        Assert.Equal(0, (int?)(await shop.LicenseAsync(sold))["activations_used"]);
        Assert.Empty(diagnosed);
    }

    [Fact]
    public async Task A_suspended_license_comes_back_by_itself()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        using var laptop = new DeviceClient(shop, await PublicKeys.RootTextsAsync(shop), "laptop");
        await laptop.Client.ActivateAsync(sold.Sale.GumroadKey);

        await shop.ActAsync(sold, "suspend");
        await laptop.Client.RefreshAsync();
        Assert.Equal((LicenseStatus.Refused, "blocked_by_seller"), (laptop.Client.State.Status, laptop.Client.State.Reason));
        await shop.ActAsync(sold, "reinstate");
        await laptop.Client.RefreshAsync();
        Assert.Equal(LicenseStatus.Fresh, laptop.Client.State.Status);
    }

    [Fact]
    public async Task A_device_that_the_seller_released_learns_it()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        using var laptop = new DeviceClient(shop, await PublicKeys.RootTextsAsync(shop), "laptop");
        await laptop.Client.ActivateAsync(sold.Key);
        var id = (string)(await shop.SellerGetAsync($"/licenses/{sold.License}/activations")).Data[0]!["id"]!;
        (await shop.SellerAsync(HttpMethod.Delete, $"/licenses/{sold.License}/activations/{id}")).Must(204);

        await laptop.Client.RefreshAsync();
        Assert.False(laptop.Client.State.IsUsable);
        Assert.IsType<ActivationOutcome.Activated>(await laptop.Client.ActivateAsync(sold.Key));
        Assert.Equal(id, (string?)(await shop.SellerGetAsync($"/licenses/{sold.License}/activations")).Data[0]!["id"]);
    }

    [Fact]
    public async Task Apps_that_pin_other_roots_believe_nothing()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        using var laptop = new DeviceClient(shop, await PublicKeys.RootTextsAsync(await shared.OpenShopAsync()), "laptop");
        Assert.IsNotType<ActivationOutcome.Activated>(await laptop.Client.ActivateAsync(sold.Key));
        Assert.False(laptop.Client.State.IsUsable);
    }
}

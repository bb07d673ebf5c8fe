using System.Text.Json.Nodes;
using Latchkey.Client;
using Latchkey.Contracts.Leases;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Leases;

public sealed class KeyRotationTests : IAsyncLifetime
{
    private static readonly TimeSpan LeaseLife = TimeSpan.FromDays(14);

    // 90 days and 90 of grace, the most that a key type can ask for.
    private static readonly TimeSpan LongestLeaseLife = TimeSpan.FromDays(180);
    private RunningServer _server = null!;
    private Shop _shop = null!;
    private Sold _sold = null!;

    [Fact]
    public async Task A_key_is_next_then_current_then_old_then_gone()
    {
        var first = Assert.Single(await PublicKeys.StatusesAsync(_shop));
        Assert.Equal("current", first.Value);
        var before = await LeaseAsync();
        Assert.Equal(first.Key, KidOf(before));

        var made = (await RotateAsync(null)).Must(200);
        var second = (string)made["kid"]!;
        Assert.InRange((DateTimeOffset)made["current_from"]! - _server.Time.GetUtcNow(), LeaseLife - TimeSpan.FromMinutes(1), LeaseLife);
        await MustBeAsync((first.Key, "current"), (second, "next"));
        Assert.Equal(first.Key, KidOf(await LeaseAsync()));

        _server.Advance(LeaseLife);
        await MustBeAsync((first.Key, "old"), (second, "current"));
        var after = await LeaseAsync();
        Assert.Equal(second, KidOf(after));
        Assert.All([before, after], (string lease) => Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(lease, PublicKeys.KeysetAsync(_shop).Result)));

        _server.Advance(LeaseLife);
        await MustBeAsync((first.Key, "old"), (second, "current"));
        _server.Advance(LongestLeaseLife - LeaseLife);
        await MustBeAsync((second, "current"));
        Assert.Equal(new LeaseReading.Refused(LeaseFault.UnknownKey), LeaseToken.Read(before, await PublicKeys.KeysetAsync(_shop)));
        Assert.Single((await _server.GetAsync($"{_shop.Path}/.well-known/jwks.json")).Must(200)["keys"]!.AsArray());
    }

    [Fact]
    public async Task A_withdrawn_key_is_told_to_apps_and_left_out_of_the_plain_key_set()
    {
        var stolen = Assert.Single(await PublicKeys.StatusesAsync(_shop)).Key;
        var before = await LeaseAsync();
        var next = (string)(await RotateAsync(stolen)).Must(200)["kid"]!;

        await MustBeAsync((stolen, "withdrawn"), (next, "current"));
        Assert.Equal(new LeaseReading.Refused(LeaseFault.WithdrawnKey), LeaseToken.Read(before, await PublicKeys.KeysetAsync(_shop)));
        var plain = (await _server.GetAsync($"{_shop.Path}/.well-known/jwks.json")).Must(200)["keys"]!.AsArray();
        Assert.Equal(next, (string?)Assert.Single(plain)!["kid"]);
        Assert.Equal(next, KidOf(await LeaseAsync()));
    }

    [Fact]
    public async Task A_client_that_has_seen_the_withdrawal_refuses_the_old_lease_and_lives_on_with_the_new()
    {
        using var client = new DeviceClient(_shop, await PublicKeys.RootTextsAsync(_shop), "laptop");
        Assert.IsType<ActivationOutcome.Activated>(await client.Client.ActivateAsync(_sold.Key));
        var stored = client.Storage.Text;
        (await RotateAsync(Assert.Single(await PublicKeys.StatusesAsync(_shop)).Key)).Must(200);

        Assert.IsType<RefreshOutcome.Refreshed>(await client.Client.RefreshAsync());
        Assert.Equal(LicenseStatus.Fresh, client.Client.State.Status);
        Assert.NotEqual(stored, client.Storage.Text);
    }

    [Fact]
    public async Task Withdrawing_names_a_lease_key_of_this_tenant_and_is_audited()
    {
        (await RotateAsync("k-unknown")).MustFault("withdraw");
        (await RotateAsync(Assert.Single(await PublicKeys.StatusesAsync(_shop)).Key)).Must(200);
        Assert.Contains((await _shop.SellerGetAsync("/audit")).Data, a => (string?)a!["action"] == "keys.withdraw");
        (await _server.SendAsync(HttpMethod.Post, $"{_shop.Path}/keyset/rotate", new JsonObject(), null)).MustRefuse(401, "unauthorized");
    }

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _shop = await Shop.OpenAsync(_server);
        _sold = await _shop.SellAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<string> LeaseAsync() => (string)(await _shop.ActivateAsync(_sold.Key, "laptop"))["lease"]!;

    private static string KidOf(string lease) => (string)LeaseReader.Header(lease)["kid"]!;

    private Task<Reply> RotateAsync(string? withdraw) => _shop.SellerAsync(HttpMethod.Post, "/keyset/rotate", new JsonObject { ["withdraw"] = withdraw });

    private async Task MustBeAsync(params (string Kid, string Status)[] expected) =>
        Assert.Equal(expected.ToDictionary(e => e.Kid, e => e.Status), await PublicKeys.StatusesAsync(_shop));
}

using Latchkey.Contracts.Leases;

namespace Latchkey.Client.Tests;

public sealed class KeysetTests : IDisposable
{
    private readonly TestDevice _device = new();
    private readonly Ed25519Signer _next = new("k2", [.. Enumerable.Repeat((byte)2, 32)]);

    public void Dispose() => _device.Dispose();

    private FakeServer Server => _device.Server;

    [Fact]
    public async Task Keyset_is_fetched_once_and_kept()
    {
        using var client = await _device.LaunchActivatedAsync();
        await client.RefreshAsync();
        await _device.Launch().RefreshAsync();

        Assert.Equal(1, Server.Count("keyset"));
    }

    [Fact]
    public async Task Rotation_is_followed_when_an_unknown_key_signs()
    {
        using var client = await _device.LaunchActivatedAsync();
        Server.Publish((_next, "current"), (Server.Signer, "old"));
        Assert.IsType<RefreshOutcome.Refreshed>(await client.RefreshAsync());
        Assert.Equal(1, Server.Count("keyset"));

        Server.Signer = _next;
        Assert.IsType<RefreshOutcome.Refreshed>(await client.RefreshAsync());
        Assert.Equal(2, Server.Count("keyset"));
    }

    [Fact]
    public async Task Key_that_no_keyset_knows_is_a_temporary_failure()
    {
        using var client = await _device.LaunchActivatedAsync();
        Server.Signer = _next;

        Assert.Equal(new RefreshOutcome.Unreachable(null), await client.RefreshAsync());
        Assert.Equal(2, Server.Count("keyset"));
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);
    }

    [Fact]
    public async Task Leases_of_a_withdrawn_key_end_at_once_and_come_back_with_a_refresh()
    {
        using var client = await _device.LaunchActivatedAsync();
        var stolen = Server.Signer;
        Server.Publish((stolen, "withdrawn"), (_next, "current"));
        Server.Signer = _next;
        Server.Alter = c => c with { Non = "AAAAAAAAAAAAAAAAAAAAAA" };

        // The keyset arrives with a lease that is not ours: it counts by itself.
        await client.RefreshAsync();
        Assert.Equal(LicenseStatus.Unlicensed, client.State.Status);

        // The thief has the key, and its numbers are high; the honest server's are believed again all the same.
        Server.Alter = c => c;
        Server.Signer = stolen;
        Assert.Equal(new RefreshOutcome.Unreachable(null), await client.RefreshAsync());
        Assert.Equal(LicenseStatus.Unlicensed, client.State.Status);

        Server.Signer = _next;
        Assert.IsType<RefreshOutcome.Refreshed>(await client.RefreshAsync());
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);
    }

    [Fact]
    public async Task Older_keyset_cannot_bring_a_withdrawn_key_back()
    {
        using var client = await _device.LaunchActivatedAsync();
        var (stolen, old) = (Server.Signer, Server.Keyset);
        Server.Publish((stolen, "withdrawn"), (_next, "current"));
        Server.Signer = _next;
        await client.RefreshAsync();

        Server.Keyset = old;
        Server.Signer = new("k3", [.. Enumerable.Repeat((byte)3, 32)]);
        await client.RefreshAsync();
        Server.Signer = stolen;

        Assert.Equal(new RefreshOutcome.Unreachable(null), await client.RefreshAsync());
        Assert.Contains(ClientCheck.Keyset, _device.Diagnosed);
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keyset_of_another_issuer_or_root_is_not_believed(bool otherRoot)
    {
        using var client = _device.Launch(o =>
        {
            if (otherRoot)
            {
                o.RootKeys = [Jwk.Of("r", _next.PublicKey).X];
            }
        });
        Server.Keyset = otherRoot ? Server.Keyset : Server.Keyset with { Iss = "https://licenses.example/other" };

        Assert.Equal(new ActivationOutcome.Unreachable(null), await client.ActivateAsync(TestDevice.Key));
        Assert.Contains(ClientCheck.Keyset, _device.Diagnosed);
    }

    [Fact]
    public async Task Keyset_that_has_run_out_is_fetched_anew()
    {
        using var client = await _device.LaunchActivatedAsync();
        _device.Time.Advance(TimeSpan.FromDays(401));
        Server.Publish((Server.Signer, "current"));

        Assert.IsType<RefreshOutcome.Refreshed>(await client.RefreshAsync());
        Assert.Equal(2, Server.Count("keyset"));
    }
}

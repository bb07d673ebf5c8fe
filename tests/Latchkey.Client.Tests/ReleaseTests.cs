using System.Net;
using Latchkey.Contracts;

namespace Latchkey.Client.Tests;

public sealed class ReleaseTests : IDisposable
{
    private readonly TestDevice _device = new();

    public void Dispose() => _device.Dispose();

    [Fact]
    public async Task Releasing_frees_the_slot_and_forgets_the_license()
    {
        using var client = await _device.LaunchActivatedAsync();

        Assert.Equal(new DeactivationOutcome.Released(), await client.DeactivateAsync());
        Assert.Equal(new LicenseState(), client.State);
        Assert.Empty(_device.Server.Activations);
        Assert.Equal(new DeactivationOutcome.NotActivated(), await client.DeactivateAsync());
        Assert.Equal(new RefreshOutcome.NotActivated(), await client.RefreshAsync());
    }

    [Fact]
    public async Task Release_without_a_network_is_kept_and_done_at_the_next_start()
    {
        using (var client = await _device.LaunchActivatedAsync())
        {
            _device.Unplug();
            var release = client.DeactivateAsync();
            Assert.Equal(LicenseStatus.Unlicensed, client.State.Status);
            Assert.Equal(new DeactivationOutcome.Pending(null), await _device.RunAsync(release));
        }

        Assert.Single(_device.Server.Activations);
        _device.Plug();
        var tried = _device.Server.Count("deactivate");
        using var restarted = _device.Launch();
        restarted.Start();
        await _device.Time.NextDelayAsync();

        Assert.Equal(tried + 1, _device.Server.Count("deactivate"));
        Assert.Empty(_device.Server.Activations);
        Assert.DoesNotContain("ACME", _device.Storage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slot_that_was_taken_again_is_no_longer_released()
    {
        using (var client = await _device.LaunchActivatedAsync())
        {
            _device.Unplug();
            await _device.RunAsync(client.DeactivateAsync());
            _device.Plug();
            Assert.IsType<ActivationOutcome.Activated>(await client.ActivateAsync(TestDevice.Key));
        }

        var tried = _device.Server.Count("deactivate");
        using var restarted = _device.Launch();
        restarted.Start();
        await _device.Time.NextDelayAsync();

        Assert.Equal(tried, _device.Server.Count("deactivate"));
        Assert.Single(_device.Server.Activations);
    }

    [Fact]
    public async Task Release_beyond_the_allowance_says_when_and_is_kept()
    {
        using var client = await _device.LaunchActivatedAsync();
        var next = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
        _device.Server.Instead = _ => FakeServer.Refusal(HttpStatusCode.TooManyRequests, new() { Code = Codes.ReleaseLimitReached, NextReleaseAt = next });

        Assert.Equal(new DeactivationOutcome.Refused(Codes.ReleaseLimitReached, null, next), await client.DeactivateAsync());
        Assert.Equal(LicenseStatus.Unlicensed, client.State.Status);
        Assert.Contains("pending_releases\":[{", _device.Storage.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lease_that_comes_after_the_release_is_too_late()
    {
        using var client = await _device.LaunchActivatedAsync();
        Task<DeactivationOutcome>? release = null;
        _device.Server.Instead = verb =>
        {
            release ??= client.DeactivateAsync();
            return null;
        };

        Assert.Equal(new RefreshOutcome.NotActivated(), await client.RefreshAsync());
        Assert.Equal(new DeactivationOutcome.Released(), await release!);
        Assert.Equal(new LicenseState(), client.State);
    }
}

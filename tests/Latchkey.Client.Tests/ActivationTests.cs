using System.Net;
using Latchkey.Contracts;
using Latchkey.Contracts.Keys;

namespace Latchkey.Client.Tests;

public sealed class ActivationTests : IDisposable
{
    private readonly TestDevice _device = new();

    public void Dispose() => _device.Dispose();

    [Fact]
    public async Task Activating_gives_what_the_lease_says_and_outlives_a_restart()
    {
        using var client = _device.Launch();
        Assert.Equal(LicenseStatus.Unlicensed, client.State.Status);

        var outcome = Assert.IsType<ActivationOutcome.Activated>(await client.ActivateAsync($"  {TestDevice.Key.ToLowerInvariant()} "));

        var expected = new LicenseState { Status = LicenseStatus.Fresh, Tier = "pro", Rank = 20, Entitlements = ["export", "sync"] };
        Assert.Equal(expected, outcome.State);
        Assert.Equal(expected, client.State);
        Assert.True(client.Has("export"));
        Assert.False(client.Has("other"));

        _device.Unplug();
        Assert.Equal(expected, _device.Launch().State);
    }

    [Fact]
    public async Task Device_is_named_to_the_server_by_its_hash_only()
    {
        await _device.LaunchActivatedAsync();

        // SHA-256 of "dev1|studio|machine-1"
        Assert.Contains("\"hash\":\"WfTnZEINxO4VAYytBjQTaZBA1VFNca4vCE4CsviQ5Jo\"", _device.Server.Requests.First(), StringComparison.Ordinal);
        Assert.DoesNotContain("machine-1", string.Concat(_device.Server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistyped_key_never_leaves_the_device()
    {
        using var client = _device.Launch();

        Assert.Equal(new ActivationOutcome.KeyMalformed(new KeyReading.WrongLength(3)), await client.ActivateAsync("ACME-123"));
        Assert.Equal(new ActivationOutcome.KeyMalformed(new KeyReading.WrongPrefix()), await client.ActivateAsync("something else"));
        Assert.Empty(_device.Server.Requests);
    }

    [Theory]
    [InlineData("a1b2c3d4-e5f60718-293a4b5c-6d7e8f90", false)]
    [InlineData("imported key", true)]
    public async Task Foreign_keys_are_accepted(string key, bool imported)
    {
        using var client = _device.Launch(o => o.AcceptImportedKeys = imported);

        Assert.IsType<ActivationOutcome.Activated>(await client.ActivateAsync(key));
        Assert.Contains(key.ToUpperInvariant(), _device.Server.Requests.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_license_says_which_devices_take_the_slots()
    {
        _device.Server.Instead = _ => FakeServer.Refusal(HttpStatusCode.Conflict, new()
        {
            Code = Codes.ActivationLimitReached,
            Detail = "All 2 devices are in use.",
            Limit = 2,
            Used = 2,
            Devices = [new() { Name = "Laptop" }, new() { Name = "Desk" }],
            Portal = "https://licenses.example/portal",
        });

        var refused = Assert.IsType<ActivationOutcome.Refused>(await _device.Launch().ActivateAsync(TestDevice.Key));

        Assert.Equal((Codes.ActivationLimitReached, "All 2 devices are in use.", 2, "https://licenses.example/portal"), (refused.Code, refused.Detail, refused.Limit, refused.Portal));
        Assert.Equal(["Laptop", "Desk"], refused.Devices.Select(d => d.Name));
    }

    [Fact]
    public async Task Refused_activation_leaves_what_was_there()
    {
        using var client = await _device.LaunchActivatedAsync();
        var (before, stored) = (client.State, _device.Storage.Text);

        _device.Server.Instead = _ => FakeServer.Refusal(HttpStatusCode.NotFound, new() { Code = Codes.KeyNotFound });
        Assert.IsType<ActivationOutcome.Refused>(await client.ActivateAsync(LicenseKey.FromBits("ACME", [.. Enumerable.Repeat((byte)3, 15)]).Display));

        Assert.Equal(before, client.State);
        Assert.Equal(stored, _device.Storage.Text);
    }

    [Fact]
    public async Task Without_a_network_three_tries_are_made_with_growing_pauses()
    {
        using var client = _device.Launch();
        _device.Unplug();

        var activation = client.ActivateAsync(TestDevice.Key);
        foreach (var (least, most) in new[] { (0.5, 1.0), (1.0, 2.0) })
        {
            var pause = await _device.Time.NextDelayAsync();
            Assert.InRange(pause.TotalSeconds, least, most);
            _device.Time.Advance(pause);
        }

        Assert.Equal(new ActivationOutcome.Unreachable(null), await activation);
        Assert.Equal(3, _device.Server.Count("activate"));
        Assert.Single(_device.Server.Requests.Distinct());
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(2, 3)]
    public async Task Retry_After_wins_over_our_own_pauses(int seconds, int tries)
    {
        using var client = _device.Launch();
        _device.Server.Instead = _ =>
        {
            var reply = FakeServer.Refusal(HttpStatusCode.ServiceUnavailable, new() { Code = Codes.TemporarilyUnavailable });
            reply.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
            return reply;
        };

        var outcome = await _device.RunAsync(client.ActivateAsync(TestDevice.Key));

        Assert.Equal(new ActivationOutcome.Unreachable(TimeSpan.FromSeconds(seconds)), outcome);
        Assert.Equal(tries, _device.Server.Count("activate"));
    }

    [Fact]
    public async Task Lost_file_costs_one_activation_of_the_same_slot()
    {
        await _device.LaunchActivatedAsync();
        _device.Storage.Text = null;

        using var client = _device.Launch();
        Assert.Equal(LicenseStatus.Unlicensed, client.State.Status);
        Assert.IsType<ActivationOutcome.Activated>(await client.ActivateAsync(TestDevice.Key));
        Assert.Single(_device.Server.Activations);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"lease\":\"a.b.c\",\"key\":\"ACME-1\",\"activation_id\":\"act_1\",\"keyset\":\"x\"}")]
    public void Damaged_state_is_no_state(string text)
    {
        _device.Storage.Text = text;
        Assert.Equal(new LicenseState(), _device.Launch().State);
    }

    [Fact]
    public async Task Another_key_releases_the_slot_of_the_former_one()
    {
        using (var client = await _device.LaunchActivatedAsync())
        {
            Assert.IsType<ActivationOutcome.Activated>(await client.ActivateAsync(LicenseKey.FromBits("ACME", [.. Enumerable.Repeat((byte)3, 15)]).Display));
            Assert.Equal(2, _device.Server.Activations.Count);
        }

        _device.Launch().Start();
        while (await _device.Server.NextAsync() != "validate")
        {
        }

        Assert.Single(_device.Server.Activations);
    }

    [Fact]
    public void Wrong_options_are_told_at_once()
    {
        Assert.Throws<ArgumentException>(() => _device.Launch(o => o.Server = new("http://licenses.example")));
        Assert.Throws<ArgumentException>(() => _device.Launch(o => o.RootKeys = []));
        Assert.Throws<ArgumentException>(() => _device.Launch(o => o.RootKeys = ["AAAA"]));
        Assert.Throws<ArgumentException>(() => _device.Launch(o => o.KeyPrefixes = ["acme"]));
        Assert.Throws<ArgumentException>(() => _device.Launch(o => o.Tenant = ""));
    }
}

using System.Net;
using Latchkey.Contracts;
using Latchkey.Contracts.Leases;

namespace Latchkey.Client.Tests;

/// <summary>Only a valid signature over what we asked for may change the state, in either direction.</summary>
public sealed class BeliefTests : IDisposable
{
    private readonly TestDevice _device = new();

    public void Dispose() => _device.Dispose();

    public static TheoryData<string, ClientCheck> Lies() => new()
    {
        { "iss", ClientCheck.Issuer },
        { "aud", ClientCheck.Product },
        { "key", ClientCheck.Key },
        { "dev", ClientCheck.Device },
        { "act", ClientCheck.Activation },
        { "non", ClientCheck.Nonce },
        { "null nonce", ClientCheck.Nonce },
        { "seq", ClientCheck.Sequence },
        { "same seq", ClientCheck.Sequence },
        { "iat", ClientCheck.Times },
        { "exp", ClientCheck.Times },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Lease_that_is_not_ours_is_ignored_though_signed(string lie, ClientCheck check)
    {
        using var client = await _device.LaunchActivatedAsync();
        var (before, stored) = (client.State, _device.Storage.Text);
        var seq = Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(_device.Server.LastLease, _device.Server.Keyset)).Claims.Seq;

        _device.Server.Alter = c => Altered(c with { St = LeaseStates.Revoked, Rsn = Codes.Abuse, Ent = [] }, lie, seq);

        Assert.Equal(new RefreshOutcome.Unreachable(null), await client.RefreshAsync());
        Assert.Equal(before, client.State);
        Assert.Equal(stored, _device.Storage.Text);
        Assert.Equal([check], _device.Diagnosed);

        _device.Server.Alter = c => c;
        Assert.IsType<RefreshOutcome.Refreshed>(await client.RefreshAsync());
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("key")]
    [InlineData("dev")]
    [InlineData("act")]
    [InlineData("non")]
    [InlineData("iat")]
    public async Task First_activation_is_as_strict(string lie)
    {
        using var client = _device.Launch();
        _device.Server.Alter = c => Altered(c, lie, 0);

        Assert.Equal(new ActivationOutcome.Unreachable(null), await client.ActivateAsync(TestDevice.Key));
        Assert.Equal(LicenseStatus.Unlicensed, client.State.Status);
    }

    [Fact]
    public async Task Older_lease_put_back_into_the_reply_is_ignored()
    {
        using var client = await _device.LaunchActivatedAsync();
        var old = _device.Server.LastLease;
        _device.Server.Alter = c => c with { St = LeaseStates.Revoked, Rsn = Codes.Refunded, Ent = [] };
        await client.RefreshAsync();

        _device.Server.Instead = verb => FakeServer.Json(HttpStatusCode.OK, $$"""{"valid":true,"code":"ok","lease":"{{old}}"}""");
        Assert.Equal(new RefreshOutcome.Unreachable(null), await client.RefreshAsync());
        Assert.Equal(LicenseStatus.Refused, client.State.Status);
    }

    [Theory]
    [InlineData(LeaseStates.Suspended, Codes.Disputed)]
    [InlineData(LeaseStates.Revoked, Codes.Refunded)]
    [InlineData(LeaseStates.Ended, Codes.SubscriptionEnded)]
    [InlineData(LeaseStates.Released, Codes.ActivationReleased)]
    [InlineData("a_later_state", Codes.Expired)]
    public async Task Signed_refusal_replaces_the_lease_and_lasts(string state, string reason)
    {
        using var client = await _device.LaunchActivatedAsync();
        var changes = 0;
        client.StateChanged += (_, _) => changes++;

        _device.Server.Alter = c => c with { St = state, Rsn = reason, Ent = [], Exp = c.Iat + 600, Grc = c.Iat + 600 };
        Assert.IsType<RefreshOutcome.Refreshed>(await client.RefreshAsync());

        var expected = new LicenseState { Status = LicenseStatus.Refused, Reason = reason };
        Assert.Equal(expected, client.State);
        Assert.False(client.Has("export"));
        Assert.Equal(1, changes);

        _device.Unplug();
        _device.Time.Advance(TimeSpan.FromDays(400));
        Assert.Equal(expected, _device.Launch().State);

        _device.Plug();
        _device.Server.Alter = c => c;
        Assert.IsType<RefreshOutcome.Refreshed>(await client.RefreshAsync());
        Assert.True(client.Has("export"));
    }

    [Fact]
    public async Task Limited_right_keeps_its_entitlements_and_its_reason()
    {
        using var client = await _device.LaunchActivatedAsync();
        _device.Server.Alter = c => c with { St = LeaseStates.Limited, Rsn = Codes.SubscriptionEnded, Ent = ["export"], Pxp = 1767225600, Test = true };
        await client.RefreshAsync();

        Assert.Equal(LicenseStatus.Fresh, client.State.Status);
        Assert.Equal((Codes.SubscriptionEnded, DateTimeOffset.FromUnixTimeSeconds(1767225600), true), (client.State.Reason, client.State.EndsAt, client.State.Test));
        Assert.True(client.Has("export"));
        Assert.False(client.Has("sync"));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "<html>Welcome to the hotel</html>")]
    [InlineData(HttpStatusCode.OK, "")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.OK, "{\"valid\":false,\"code\":\"abuse\",\"lease\":null}")]
    [InlineData(HttpStatusCode.OK, "{\"valid\":true,\"code\":\"ok\",\"lease\":\"e.y.J\"}")]
    [InlineData(HttpStatusCode.Found, "")]
    [InlineData(HttpStatusCode.Forbidden, "<html>Blocked by your administrator</html>")]
    [InlineData(HttpStatusCode.Forbidden, "{\"code\":\"refunded\"}")]
    [InlineData(HttpStatusCode.NotFound, "{\"code\":\"key_not_found\"}")]
    [InlineData(HttpStatusCode.BadGateway, "{\"code\":\"abuse\"}")]
    public async Task Words_without_a_signature_change_nothing(HttpStatusCode status, string body)
    {
        using var client = await _device.LaunchActivatedAsync();
        var (before, stored) = (client.State, _device.Storage.Text);

        _device.Server.Instead = _ => FakeServer.Json(status, body);
        Assert.IsNotType<RefreshOutcome.Refreshed>(await _device.RunAsync(client.RefreshAsync()));

        Assert.Equal(before with { }, client.State);
        Assert.Equal(stored, _device.Storage.Text);
    }

    [Fact]
    public async Task Edited_store_is_not_believed()
    {
        using (await _device.LaunchActivatedAsync())
        {
        }

        // The seal aside, which the memory storage has not: the signature alone must hold.
        var lease = _device.Server.LastLease!;
        var forged = new Ed25519Signer("k1", new byte[32]);
        var claims = Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(lease, _device.Server.Keyset)).Claims;
        _device.Storage.Text = _device.Storage.Text!.Replace(lease, LeaseToken.Write(claims with { Grc = long.MaxValue }, forged), StringComparison.Ordinal);

        Assert.Equal(LicenseStatus.Unlicensed, _device.Launch().State.Status);
    }

    private static LeaseClaims Altered(LeaseClaims c, string lie, long storedSeq) => lie switch
    {
        "iss" => c with { Iss = "https://licenses.example/other" },
        "aud" => c with { Aud = "other" },
        "key" => c with { Key = c.Dev },
        "dev" => c with { Dev = c.Key },
        "act" => c with { Act = "act_other" },
        "non" => c with { Non = "AAAAAAAAAAAAAAAAAAAAAA" },
        "null nonce" => c with { Non = null },
        "seq" => c with { Seq = storedSeq - 1 },
        "same seq" => c with { Seq = storedSeq },
        "iat" => c with { Iat = c.Exp + 1 },
        "exp" => c with { Exp = c.Grc + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(lie)),
    };
}

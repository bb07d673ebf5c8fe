using System.Buffers.Text;
using Latchkey.Contracts.Leases;
using Latchkey.Leases;
using Latchkey.Licenses;

namespace Latchkey.Tests.Leases;

public class LeaseIssuerTests
{
    private static readonly DateTimeOffset Now = Acme.Start.AddDays(1);
    private static readonly LeaseQuestion Question = new("act_01", "key-hash", "device-hash", "q83vEjRWeJA");

    [Fact]
    public void A_lease_says_what_the_license_says_and_verifies_with_the_published_keys()
    {
        var license = TestLicense.Of();
        var token = LeaseIssuer.Issue(Acme.Tenant, license, license.StandingAt(Now), Question, 42, Now);
        var claims = Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(token, PublishedKeys(Now))).Claims;

        Assert.Equal(("https://licenses.example/acme", "studio", "lic_1", "act_01"), (claims.Iss, claims.Aud, claims.Sub, claims.Act));
        Assert.Equal(("key-hash", "device-hash", "q83vEjRWeJA", 42), (claims.Key, claims.Dev, claims.Non, claims.Seq));
        Assert.Equal(("active", (string?)null, "pro", 20, false), (claims.St, claims.Rsn, claims.Tier, claims.Rank, claims.Test));
        Assert.Equal(["export", "sync"], claims.Ent);
        Assert.Equal((Seconds(Now), Seconds(Now.AddDays(7)), Seconds(Now.AddDays(14))), (claims.Iat, claims.Exp, claims.Grc));
        Assert.Null(claims.Pxp);
    }

    [Fact]
    public void A_lease_of_another_tenant_does_not_verify()
    {
        var license = TestLicense.Of();
        var stranger = Acme.Tenant with
        {
            SigningKeys = [.. SigningKeys.CreateFirst(Acme.Master, "acme", Acme.Start).Select(r => SigningKey.Unwrap(Acme.Master, "acme", r))],
        };
        var token = LeaseIssuer.Issue(stranger, license, license.StandingAt(Now), Question, 1, Now);
        Assert.Equal(new LeaseReading.Refused(LeaseFault.UnknownKey), LeaseToken.Read(token, PublishedKeys(Now)));
    }

    [Theory]
    [InlineData(30.0, 7.0, 14.0)]
    [InlineData(14.0, 7.0, 14.0)]
    [InlineData(10.0, 7.0, 10.0)]
    [InlineData(7.0, 7.0, 7.0)]
    [InlineData(2.0, 2.0, 2.0)]
    [InlineData(0.01, 0.01, 0.01)]
    public void No_lease_outlives_the_right(double endsAfterDays, double freshDays, double usableDays)
    {
        var claims = Claims(TestLicense.Of(endsAt: Now.AddDays(endsAfterDays)));
        Assert.Equal((Seconds(Now.AddDays(freshDays)), Seconds(Now.AddDays(usableDays))), (claims.Exp, claims.Grc));
        Assert.Equal(Seconds(Now.AddDays(endsAfterDays)), claims.Pxp);
        Assert.InRange(claims.Rfr, claims.Iat, claims.Exp);
    }

    [Fact]
    public void The_paid_end_is_shown_and_ends_nothing()
    {
        var claims = Claims(TestLicense.Of(paidUntil: Now.AddDays(1)));
        Assert.Equal((Seconds(Now.AddDays(1)), Seconds(Now.AddDays(7)), Seconds(Now.AddDays(14))), (claims.Pxp, claims.Exp, claims.Grc));
    }

    [Theory]
    [InlineData("refund", null, "revoked", "refunded")]
    [InlineData("dispute", null, "suspended", "disputed")]
    [InlineData("manual", 1, "suspended", "blocked_by_seller")]
    [InlineData(null, 0, "ended", "expired")]
    [InlineData(null, -3, "ended", "expired")]
    public void A_refusal_is_uncapped_and_gives_nothing(string? hold, int? endsAfterDays, string state, string reason)
    {
        var claims = Claims(TestLicense.Of(holds: hold is null ? [] : [hold], endsAt: endsAfterDays is { } days ? Now.AddDays(days) : null));
        Assert.Equal((state, reason, (string?)null, 0), (claims.St, claims.Rsn, claims.Tier, claims.Rank));
        Assert.Empty(claims.Ent);
        Assert.Equal((Seconds(Now.AddDays(7)), Seconds(Now.AddDays(7))), (claims.Exp, claims.Grc));
    }

    [Fact]
    public void A_test_purchase_says_so_and_a_file_lease_has_no_nonce()
    {
        var claims = LeaseIssuer.ClaimsOf(
            Acme.Tenant, TestLicense.Of(isTest: true), TestLicense.Of().StandingAt(Now), Question with { Nonce = null }, 1, Now);
        Assert.True(claims.Test);
        Assert.Null(claims.Non);
    }

    [Fact]
    public void Refreshes_are_spread_around_six_hours_and_steady_for_each_device()
    {
        var wanted = Enumerable.Range(0, 500).Select(i => Claims(TestLicense.Of(), activation: $"act_{i}").Rfr - Seconds(Now)).ToList();
        Assert.All(wanted, seconds => Assert.InRange(seconds, 0.9 * 6 * 3600 - 1, 1.1 * 6 * 3600));
        Assert.True(wanted.Min() < 0.92 * 6 * 3600);
        Assert.True(wanted.Max() > 1.08 * 6 * 3600);
        Assert.Equal(Claims(TestLicense.Of(), activation: "act_7").Rfr, Claims(TestLicense.Of(), activation: "act_7").Rfr);
    }

    [Fact]
    public void A_short_lease_is_refreshed_by_halfway()
    {
        Assert.Equal(Seconds(Now) + 1800, Claims(TestLicense.Of(leaseDays: 1 / 24.0)).Rfr);
        Assert.Equal(Seconds(Now) + 600, Claims(TestLicense.Of(endsAt: Now.AddMinutes(20))).Rfr);
    }

    private static LeaseClaims Claims(License license, string activation = "act_01") =>
        LeaseIssuer.ClaimsOf(Acme.Tenant, license, license.StandingAt(Now), Question with { Activation = activation }, 1, Now);

    /// <summary>What an app that pins the roots believes.</summary>
    private static KeysetClaims PublishedKeys(DateTimeOffset now)
    {
        var roots = Keysets.Roots(Acme.Tenant).Select(r => Base64Url.DecodeFromChars(r.X)).ToList();
        return Assert.IsType<KeysetReading.Ok>(KeysetToken.Read(Keysets.Signed(Acme.Tenant, now), roots)).Claims;
    }

    private static long Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds();
}

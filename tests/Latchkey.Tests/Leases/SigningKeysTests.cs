using Latchkey.Contracts.Leases;
using Latchkey.Keys;
using Latchkey.Leases;
using Latchkey.Tenants;

namespace Latchkey.Tests.Leases;

public class SigningKeysTests
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(14);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly DateTimeOffset T = Acme.Start;

    // The first key signs from T; a rotation on day 100 makes the second current one lease life later.
    private static readonly SigningKeyRow First = SigningKeys.Create(Acme.Master, "acme", SigningKeyRole.Lease, T, T);
    private static readonly DateTimeOffset Rotated = T.AddDays(100);
    private static readonly DateTimeOffset Changed = Rotated + Life;
    private static readonly SigningKeyRow Second = SigningKeys.Create(Acme.Master, "acme", SigningKeyRole.Lease, Rotated, Changed);
    private static readonly SigningKeyRow Root = SigningKeys.Create(Acme.Master, "acme", SigningKeyRole.Root, T, T);

    public static TheoryData<DateTimeOffset, string, string> Timeline => new()
    {
        { Rotated, "Current", "Next" },
        { Changed - Tick, "Current", "Next" },
        { Changed, "Old", "Current" },
        { Changed + Life - Tick, "Old", "Current" },
        { Changed + Life, "Dropped", "Current" },
        { Changed.AddYears(5), "Dropped", "Current" },
    };

    [Theory, MemberData(nameof(Timeline))]
    public void A_key_goes_from_next_to_current_to_old_to_dropped(DateTimeOffset now, string first, string second)
    {
        Assert.Equal(first, Status(First, now, First, Second, Root));
        Assert.Equal(second, Status(Second, now, First, Second, Root));
    }

    [Fact]
    public void The_key_that_signs_is_the_current_one()
    {
        var keys = Unwrapped(Second, Root, First);
        Assert.Equal(First.KeyId, SigningKeys.Current(keys, Changed - Tick).KeyId);
        Assert.Equal(Second.KeyId, SigningKeys.Current(keys, Changed).KeyId);
    }

    [Fact]
    public void A_withdrawn_key_never_signs_and_never_counts_as_successor()
    {
        var stolen = Second with { WithdrawnAt = Changed.AddDays(1) };
        var now = Changed.AddDays(1);
        Assert.Equal("Withdrawn", Status(stolen, now, First, stolen));
        Assert.Equal("Current", Status(First, now, First, stolen));
        Assert.Equal(First.KeyId, SigningKeys.Current(Unwrapped(First, stolen), now).KeyId);

        var third = SigningKeys.Create(Acme.Master, "acme", SigningKeyRole.Lease, now, now);
        Assert.Equal(third.KeyId, SigningKeys.Current(Unwrapped(First, stolen, third), now).KeyId);
        Assert.Equal("Old", Status(First, now, First, stolen, third));
    }

    [Fact]
    public void With_every_key_withdrawn_nothing_is_signed() =>
        Assert.Throws<InvalidOperationException>(() => SigningKeys.Current(Unwrapped(First with { WithdrawnAt = T }, Root), Changed));

    [Fact]
    public void Two_keys_of_one_moment_have_one_order_on_every_node()
    {
        var twin = SigningKeys.Create(Acme.Master, "acme", SigningKeyRole.Lease, T, T);
        var expected = string.CompareOrdinal(First.KeyId, twin.KeyId) > 0 ? First.KeyId : twin.KeyId;
        Assert.Equal(expected, SigningKeys.Current(Unwrapped(First, twin), T).KeyId);
        Assert.Equal(expected, SigningKeys.Current(Unwrapped(twin, First), T).KeyId);
        Assert.Single(new[] { First, twin }, k => Status(k, T, First, twin) == "Current");
    }

    [Fact]
    public void A_tenant_begins_with_one_lease_key_and_two_roots_all_different()
    {
        var rows = SigningKeys.CreateFirst(Acme.Master, "acme", T);
        Assert.Equal([SigningKeyRole.Lease, SigningKeyRole.Root, SigningKeyRole.Root], rows.Select(r => r.Role));
        Assert.Equal(3, rows.Select(r => r.KeyId).Distinct().Count());
        Assert.Equal(3, rows.Select(r => Convert.ToHexString(r.PublicKey)).Distinct().Count());
    }

    [Fact]
    public void A_wrapped_seed_opens_only_for_its_own_tenant_and_key()
    {
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => SigningKey.Unwrap(Acme.Master, "bolt", First));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => SigningKey.Unwrap(Acme.Master, "acme", First with { KeyId = Second.KeyId }));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => SigningKey.Unwrap(MasterKey.Create(), "acme", First));
    }

    [Fact]
    public void The_keyset_shows_every_key_that_counts_and_the_plain_set_no_withdrawn_one()
    {
        var stolen = First with { WithdrawnAt = Changed };
        var tenant = Acme.Tenant with { SigningKeys = Unwrapped(Second, Root, stolen) };
        var published = Published(tenant, Changed);
        Assert.Equal([(stolen.KeyId, JwkStatus.Withdrawn), (Second.KeyId, JwkStatus.Current)], published.Keys.Select(k => (k.Kid, k.Status!)));
        Assert.Equal([(Second.KeyId, (string?)null)], Keysets.Jwks(tenant, Changed).Keys.Select(k => (k.Kid, k.Status)));
        Assert.Equal([Root.KeyId], Keysets.Roots(tenant).Select(k => k.Kid));
    }

    [Fact]
    public void Leases_of_old_current_and_next_keys_are_believed_and_those_of_a_withdrawn_one_are_not()
    {
        var license = TestLicense.Of();
        var tenant = Acme.Tenant with { SigningKeys = Unwrapped(First, Second, Root) };
        var before = Issue(tenant, Changed - Tick);
        var after = Issue(tenant, Changed);
        foreach (var now in new[] { Rotated, Changed })
        {
            Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(before, Published(tenant, now)));
            Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(after, Published(tenant, now)));
        }

        // A grant keeps the lease days it was made with, so an old key counts as long as any setting ever allowed: 90 days and 90 of grace.
        var longest = TimeSpan.FromDays(180);
        Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(before, Published(tenant, Changed + longest - Tick)));
        Assert.Equal(new LeaseReading.Refused(LeaseFault.UnknownKey), LeaseToken.Read(before, Published(tenant, Changed + longest)));
        var robbed = tenant with { SigningKeys = Unwrapped(First, Second with { WithdrawnAt = Changed }, Root) };
        Assert.Equal(new LeaseReading.Refused(LeaseFault.WithdrawnKey), LeaseToken.Read(after, Published(robbed, Changed)));

        string Issue(TenantContext by, DateTimeOffset now) =>
            LeaseIssuer.Issue(by, license, license.StandingAt(now), new("act", "key", "dev", null), 1, now);
    }

    [Fact]
    public void The_keyset_is_signed_by_a_root_that_is_online_and_not_withdrawn()
    {
        var offline = SigningKeys.Create(Acme.Master, "acme", SigningKeyRole.Root, T, T) with { WrappedSeed = null };
        var withdrawn = SigningKeys.Create(Acme.Master, "acme", SigningKeyRole.Root, T, T) with { WithdrawnAt = T };
        var tenant = Acme.Tenant with { SigningKeys = Unwrapped(offline, withdrawn, First, Root) };
        Assert.IsType<KeysetReading.Ok>(KeysetToken.Read(Keysets.Signed(tenant, T), [Root.PublicKey]));
        Assert.IsType<KeysetReading.Refused>(KeysetToken.Read(Keysets.Signed(tenant, T), [offline.PublicKey, withdrawn.PublicKey]));
        Assert.Throws<InvalidOperationException>(() => Keysets.Signed(tenant with { SigningKeys = Unwrapped(offline, withdrawn, First) }, T));
    }

    [Fact]
    public void A_lease_lives_as_long_as_the_longest_key_type_and_two_weeks_at_least()
    {
        Assert.Equal(TimeSpan.FromDays(14), Keysets.LeaseLife(Acme.With(keyTypes: [Acme.Pro with { LeaseDays = 1, LeaseGraceDays = 0 }])));
        Assert.Equal(TimeSpan.FromDays(120), Keysets.LeaseLife(Acme.With(keyTypes: [Acme.Pro, Acme.Pro with { Id = "studio", LeaseDays = 90, LeaseGraceDays = 30 }])));
    }

    private static string Status(SigningKeyRow key, DateTimeOffset now, params SigningKeyRow[] all) =>
        SigningKeys.StatusOf(key, all, now, Life).ToString();

    private static SigningKey[] Unwrapped(params SigningKeyRow[] rows) => [.. rows.Select(r => SigningKey.Unwrap(Acme.Master, "acme", r))];

    private static KeysetClaims Published(TenantContext tenant, DateTimeOffset now) =>
        Assert.IsType<KeysetReading.Ok>(KeysetToken.Read(Keysets.Signed(tenant, now), [Root.PublicKey])).Claims;
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Licenses;
using Latchkey.Rights;

namespace Latchkey.Tests.Licenses;

public class KeyFinderTests
{
    private const string Key = "ACME-FKR28-E1BQN-24GQA-WXRYF-8N75A";
    private const string Canonical = "ACME-FKR28E1BQN24GQAWXRYF8N75A";

    [Theory]
    [InlineData(Key)]
    [InlineData(Canonical)]
    [InlineData(" acme fkr28 elbqn 24gqa wxryf 8n75a ")]
    public async Task A_key_is_found_however_it_was_typed(string typed)
    {
        var found = await FindAsync(typed, (TestLicense.Of(), Canonical, false));
        Assert.Equal("lic_1", found!.License.Id);
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("key1|" + Canonical))), found.KeyHash);
        Assert.False(found.Reissued);
    }

    [Theory]
    [InlineData("ACME-FKR28-E1BQN-24GQA-WXRYF-8N75B")]
    [InlineData("")]
    [InlineData("let me in")]
    public async Task Anything_else_finds_nothing(string typed) => Assert.Null(await FindAsync(typed, (TestLicense.Of(), Canonical, false)));

    [Fact]
    public async Task A_key_of_another_product_finds_nothing() =>
        Assert.Null(await FindAsync(Key, (TestLicense.Of() with { Product = "editor" }, Canonical, false)));

    [Fact]
    public async Task A_key_is_found_after_its_products_prefix_was_changed()
    {
        var tenant = Acme.With(product: Acme.Studio with { KeyPrefix = "NEWER" });
        Assert.NotNull(await FindAsync(Key, tenant, (TestLicense.Of(), Canonical, false)));
    }

    [Fact]
    public async Task A_replaced_key_is_found_as_reissued() =>
        Assert.True((await FindAsync(Key, (TestLicense.Of(), Canonical, true)))!.Reissued);

    [Fact]
    public async Task Of_several_licenses_of_one_foreign_key_the_usable_one_wins_then_the_earliest()
    {
        var refunded = TestLicense.Of(holds: [HoldNames.Refund]) with { Id = "lic_refunded", CreatedAt = Acme.Start.AddDays(-9) };
        var late = TestLicense.Of() with { Id = "lic_late", CreatedAt = Acme.Start.AddDays(2) };
        var early = TestLicense.Of() with { Id = "lic_early", CreatedAt = Acme.Start.AddDays(1) };
        var retired = TestLicense.Of() with { Id = "lic_retired", CreatedAt = Acme.Start.AddDays(-10) };
        (License, string, bool)[] rows = [(retired, Ping.GumroadKey, true), (refunded, Ping.GumroadKey, false), (late, Ping.GumroadKey, false), (early, Ping.GumroadKey, false)];

        Assert.Equal("lic_early", (await FindAsync(" ef8f9e9e-1bf44e7c-aea6b1ca-67c9d311 ", rows))!.License.Id);
        Assert.Equal("lic_refunded", (await FindAsync(Ping.GumroadKey, rows[..2]))!.License.Id);
        Assert.True((await FindAsync(Ping.GumroadKey, rows[..1]))!.Reissued);
    }

    private static Task<FoundLicense?> FindAsync(string typed, params (License License, string Canonical, bool Retired)[] rows) =>
        FindAsync(typed, Acme.Tenant, rows);

    private static Task<FoundLicense?> FindAsync(
        string typed, Latchkey.Tenants.TenantContext tenant, params (License License, string Canonical, bool Retired)[] rows)
    {
        var installation = Acme.Installation();
        var store = new Rows([.. rows.Select(r => new KeyMatch(
            r.License, new LicenseKeyRow("acme", installation.KeyLookup.Of(r.Canonical), r.License.Id, Foreign: false, r.Retired, Sealed: null)))]);
        return new KeyFinder(store, installation, new Clock(Acme.Start.AddDays(3))).FindAsync(tenant, "studio", typed, CancellationToken.None);
    }

    private sealed class Rows(IReadOnlyList<KeyMatch> rows) : ILicenseStore
    {
        public Task<IReadOnlyList<KeyMatch>> FindByKeyAsync(string tenant, byte[] lookup, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<KeyMatch>>([.. rows.Where(r => r.Key.Tenant == tenant && r.Key.Lookup.AsSpan().SequenceEqual(lookup))]);

        public Task<License?> FindAsync(string tenant, string license, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<LicenseKeyRow>> KeysAsync(string tenant, string license, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<License>> ListAsync(string tenant, LicenseFilter filter, string? after, int limit, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<License>> ListGrantedAsync(string tenant, string product, string keyType, string? after, int limit, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, int>> LiveCountsAsync(string tenant, IReadOnlyCollection<string> licenses, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Activation>> ActivationsAsync(
            string tenant, string license, bool liveOnly, string? after, int limit, CancellationToken ct) => throw new NotSupportedException();

        public Task<T> DecideAsync<T>(
            string tenant, string license, string? deviceHash, string? activationId, DateTimeOffset now, Func<Slots, SlotDecision<T>> decide, CancellationToken ct) =>
            throw new NotSupportedException();
    }
}

using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Leases;
using Latchkey.Products;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

public abstract class TenantConformance : StoreConformance
{
    [Fact]
    public async Task A_tenant_is_read_back_as_it_was_added_and_its_id_is_taken_then()
    {
        var row = TenantOf("third") with
        {
            Integration = new Integration("seller", false, false, "shop@example.org")
            {
                AllowedOrigins = ["https://app.example"],
                Brand = new Brand("Acme Audio", "#c0392b", "https://acme.example/logo.svg"),
            },
            Tokens = [new AccessToken("tok_1", TokenKind.Api, [1, 2], "ci", [Scopes.Read, Scopes.Write], Time.GetUtcNow(), Time.GetUtcNow().AddDays(1))],
            KeyTypes = [new KeyType("app", "pro", "Pro", null, 30, ["export", "sync"], "gold", 2, 0.5, 1.25, 9)],
            Rules = new RuleSet(4, [new Rule("a", "Tier", "monthly", 1, 2, "app", "pro"), new Rule("b", Ignore: true)]),
            SigningKeys = [new SigningKeyRow("k1", SigningKeyRole.Root, [3], null, Time.GetUtcNow(), Time.GetUtcNow(), Time.GetUtcNow())],
        };
        Assert.True(await Store.Tenants.AddAsync(row, default));
        Assert.False(await Store.Tenants.AddAsync(row, default));

        Assert.Equivalent(row, await Store.Tenants.FindAsync("third", default), strict: true);
        Assert.Null(await Store.Tenants.FindAsync("nobody", default));
        Assert.Equal([Other, "third"], (await Store.Tenants.ListAsync(Acme, 10, default)).Select(t => t.Id));
    }

    [Fact]
    public async Task Every_change_of_settings_raises_the_version_of_its_tenant_alone()
    {
        var key = new SigningKeyRow("k1", SigningKeyRole.Lease, [3], [4], Time.GetUtcNow(), Time.GetUtcNow());
        var token = new AccessToken("tok_1", TokenKind.Ping, [1], "first", [], Time.GetUtcNow(), null);
        Func<Task>[] changes =
        [
            () => Store.Tenants.SetStateAsync(Acme, TenantState.Closed, default),
            () => Store.Tenants.SetIntegrationAsync(Acme, new Integration("s"), default),
            () => Store.Tenants.AddTokenAsync(Acme, token, default),
            () => Store.Tenants.RemoveTokenAsync(Acme, TokenKind.Ping, "tok_1", default),
            () => Store.Tenants.PutProductAsync(Acme, new Product("app", "New name", "KBW", KeySource.Own), default),
            () => Store.Tenants.PutKeyTypeAsync(Acme, new KeyType("app", "lite", "Lite"), default),
            () => Store.Tenants.PutRulesAsync(Acme, [], null, default),
            () => Store.Tenants.AddSigningKeyAsync(Acme, key, null, default),
        ];
        for (var i = 0; i < changes.Length; i++)
        {
            await changes[i]();
            Assert.Equal(2 + i, (await Store.Tenants.FindAsync(Acme, default))!.Version);
        }

        var row = (await Store.Tenants.FindAsync(Acme, default))!;
        Assert.Equal((TenantState.Closed, "s", "New name", 2, 2), (row.Tenant.State, row.Integration.SellerId, row.Products.Single().Name, row.KeyTypes.Count, row.Rules.Version));
        Assert.Empty(row.Tokens);
        Assert.Equal("k1", row.SigningKeys.Single().KeyId);
        Assert.Equal(1, (await Store.Tenants.FindAsync(Other, default))!.Version);
    }

    [Fact]
    public async Task Two_rotations_at_once_lose_neither_key_and_no_withdrawal()
    {
        SigningKeyRow Key(string id) => new(id, SigningKeyRole.Lease, [3], [4], Time.GetUtcNow(), Time.GetUtcNow());
        await Store.Tenants.AddSigningKeyAsync(Acme, Key("k1"), null, default);
        await Task.WhenAll(
            Store.Tenants.AddSigningKeyAsync(Acme, Key("k2"), "k1", default),
            Store.Tenants.AddSigningKeyAsync(Acme, Key("k3"), null, default));

        var keys = (await Store.Tenants.FindAsync(Acme, default))!.SigningKeys;
        Assert.Equal(["k1", "k2", "k3"], keys.Select(k => k.KeyId).Order());
        Assert.Equal(["k1"], keys.Where(k => k.WithdrawnAt is not null).Select(k => k.KeyId));
    }

    [Fact]
    public async Task A_token_is_removed_only_by_its_own_tenant_and_kind()
    {
        await Store.Tenants.AddTokenAsync(Acme, new AccessToken("tok_1", TokenKind.Api, [1], "ci", [Scopes.Read], Time.GetUtcNow(), null), default);

        Assert.False(await Store.Tenants.RemoveTokenAsync(Other, TokenKind.Api, "tok_1", default));
        Assert.False(await Store.Tenants.RemoveTokenAsync(Acme, TokenKind.Ping, "tok_1", default));
        Assert.Single((await Store.Tenants.FindAsync(Acme, default))!.Tokens);
        Assert.True(await Store.Tenants.RemoveTokenAsync(Acme, TokenKind.Api, "tok_1", default));
    }

    [Theory]
    [InlineData(EntryReasons.UnmappedProduct, "rules", true)]
    [InlineData(EntryReasons.IgnoredByRule, "rules", true)]
    [InlineData(EntryReasons.TenantSuspended, "rules", false)]
    [InlineData(EntryReasons.UnmappedProduct, "product", true)]
    [InlineData(EntryReasons.UnmappedProduct, "key type", true)]
    [InlineData(EntryReasons.OtherSeller, "integration", true)]
    [InlineData(EntryReasons.TestPurchasesOff, "integration", true)]
    [InlineData(EntryReasons.UnmappedProduct, "integration", false)]
    [InlineData(EntryReasons.TenantSuspended, "resume", true)]
    [InlineData(EntryReasons.TenantSuspended, "close", false)]
    public async Task A_change_releases_what_it_may_have_unblocked_and_only_that(string reason, string change, bool released)
    {
        foreach (var tenant in new[] { Acme, Other })
        {
            await Store.Inbox.AppendAsync(AnEntry("one", tenant));
        }

        await FoldAllAsync(new StubFolder(Directory, Time) { HeldFor = reason });
        await (change switch
        {
            "rules" => Store.Tenants.PutRulesAsync(Acme, [], null, default),
            "product" => Store.Tenants.PutProductAsync(Acme, new Product("app", "App", "APP", null), default),
            "key type" => Store.Tenants.PutKeyTypeAsync(Acme, new KeyType("app", "pro", "Pro"), default),
            "integration" => Store.Tenants.SetIntegrationAsync(Acme, Integration.Default, default),
            "resume" => Store.Tenants.SetStateAsync(Acme, TenantState.Active, default),
            _ => Store.Tenants.SetStateAsync(Acme, TenantState.Closed, default),
        });

        var due = await Store.Inbox.ListAsync(Acme, EntryStatus.Received, null, 10, default);
        Assert.Equal(released ? 1 : 0, due.Count);
        Assert.Empty(await Store.Inbox.ListAsync(Other, EntryStatus.Received, null, 10, default));
    }

    [Fact]
    public async Task Changing_a_tenant_that_is_not_there_changes_nothing()
    {
        Assert.False(await Store.Tenants.SetStateAsync("nobody", TenantState.Active, default));
        Assert.Null(await Store.Tenants.PutRulesAsync("nobody", [], null, default));
        await Store.Tenants.PutProductAsync("nobody", new Product("app", "App", "APP", null), default);
        Assert.Null(await Store.Tenants.FindAsync("nobody", default));
    }

    [Fact]
    public async Task The_audit_log_is_read_newest_first_and_by_its_own_tenant_only()
    {
        for (var i = 0; i < 5; i++)
        {
            await Store.Audit.AddAsync(new AuditEntry(Acme, Ids.New("aud_", Time.GetUtcNow()), Time.GetUtcNow(), "admin", "license.reveal", $"lic_{i}"), default);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        var page = await Store.Audit.ListAsync(Acme, null, 3, default);
        Assert.Equal(["lic_4", "lic_3", "lic_2"], page.Select(e => e.Target));
        Assert.Equal(["lic_1", "lic_0"], (await Store.Audit.ListAsync(Acme, page[^1].Id, 3, default)).Select(e => e.Target));
        Assert.Empty(await Store.Audit.ListAsync(Other, null, 3, default));
    }
}

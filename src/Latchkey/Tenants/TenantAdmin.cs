using Latchkey.Keys;
using Latchkey.Leases;
using Latchkey.Products;

namespace Latchkey.Tenants;

/// <summary>A token as it is shown, once.</summary>
internal sealed record NewToken(AccessToken Token, string Secret);

/// <summary>Everything that changes a tenant. Each change is stored, the tenant reloaded, and what it may have released is folded.</summary>
internal sealed class TenantAdmin(ITenantStore store, TenantDirectory directory, Installation installation, FoldSignal signal, TimeProvider time)
{
    /// <param name="issuer">The <c>iss</c> of its leases, for good.</param>
    /// <returns>Null when the id is taken.</returns>
    public async Task<(TenantContext Tenant, NewToken Ping, NewToken Api)?> AddAsync(string id, string name, string issuer, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var ping = CreateToken(TokenKind.Ping, "first", [], null);
        var api = CreateToken(TokenKind.Api, "first", [.. Scopes.All.Where(s => s != Scopes.PingKeys)], null);
        var row = new TenantRow(
            new Tenant(id, name, TenantState.Active, issuer, now), Integration.Default, 1,
            TenantSecrets.CreateWrapped(installation.MasterKey, id), [ping.Token, api.Token], [], [], RuleSet.Empty,
            SigningKeys.CreateFirst(installation.MasterKey, id, now));
        return await store.AddAsync(row, ct) && await directory.ReloadAsync(id, ct) is { } made ? (made, ping, api) : null;
    }

    /// <returns>False when there is no such tenant.</returns>
    public async Task<bool> SetStateAsync(string tenant, TenantState state, CancellationToken ct) =>
        await store.SetStateAsync(tenant, state, ct) && await ChangedAsync(tenant);

    public async Task SetIntegrationAsync(string tenant, Integration integration, CancellationToken ct)
    {
        await store.SetIntegrationAsync(tenant, integration, ct);
        await ChangedAsync(tenant);
    }

    public async Task<NewToken> AddTokenAsync(
        string tenant, TokenKind kind, string label, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, CancellationToken ct)
    {
        var made = CreateToken(kind, label, scopes, expiresAt);
        await store.AddTokenAsync(tenant, made.Token, ct);
        await ChangedAsync(tenant);
        return made;
    }

    public async Task<bool> RemoveTokenAsync(string tenant, TokenKind kind, string id, CancellationToken ct) =>
        await store.RemoveTokenAsync(tenant, kind, id, ct) && await ChangedAsync(tenant);

    public async Task PutProductAsync(string tenant, Product product, CancellationToken ct)
    {
        await store.PutProductAsync(tenant, product, ct);
        await ChangedAsync(tenant);
    }

    public async Task PutKeyTypeAsync(string tenant, KeyType keyType, CancellationToken ct)
    {
        await store.PutKeyTypeAsync(tenant, keyType, ct);
        await ChangedAsync(tenant);
    }

    /// <returns>The new version, or null when another than <paramref name="expected"/> stands.</returns>
    public async Task<int?> PutRulesAsync(string tenant, IReadOnlyList<Rule> rules, int? expected, CancellationToken ct)
    {
        var version = await store.PutRulesAsync(tenant, rules, expected, ct);
        await ChangedAsync(tenant);
        return version;
    }

    /// <summary>Publishes a new signing key as next; it becomes current after one lease life, when every app has seen it.</summary>
    /// <param name="withdraw">A stolen key: its leases are refused at once, and the new key signs from now on.</param>
    public async Task<SigningKeyRow> RotateKeysAsync(TenantContext tenant, string? withdraw, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var from = withdraw is null ? now + Keysets.LeaseLife(tenant) : now;
        var next = SigningKeys.Create(installation.MasterKey, tenant.Id, SigningKeyRole.Lease, now, from);
        await store.AddSigningKeyAsync(tenant.Id, next, withdraw, ct);
        await ChangedAsync(tenant.Id);
        return next;
    }

    private NewToken CreateToken(TokenKind kind, string label, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt)
    {
        var now = time.GetUtcNow();
        var secret = Ids.Token(kind == TokenKind.Api ? "lk_" : string.Empty);
        return new(new AccessToken(Ids.New("tok_", now), kind, Ids.HashOf(secret), label, scopes, now, expiresAt), secret);
    }

    private async Task<bool> ChangedAsync(string tenant)
    {
        // The change is made: a caller who hung up now must not leave the old settings in memory.
        var there = await directory.ReloadAsync(tenant, CancellationToken.None) is not null;
        signal.Poke();
        return there;
    }
}

using Latchkey.Inbox;
using Latchkey.Leases;
using Latchkey.Postgres.Inbox;
using Latchkey.Products;
using Latchkey.Tenants;

namespace Latchkey.Postgres.Tenants;

internal sealed class PostgresTenantStore(PostgresDatabase database, TimeProvider time) : ITenantStore
{
    public Task<TenantRow?> FindAsync(string tenant, CancellationToken ct) =>
        database.SnapshotAsync(s => TenantRows.FindAsync(s, tenant), ct);

    public Task<IReadOnlyList<Tenant>> ListAsync(string? after, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<Tenant>>(async s => await s.QueryAsync(TenantSql.List, TenantRows.ReadTenant, after ?? string.Empty, limit), ct);

    public Task<bool> AddAsync(TenantRow tenant, CancellationToken ct) => database.WriteAsync(s => TenantRows.AddAsync(s, tenant), ct);

    public Task<bool> SetStateAsync(string tenant, TenantState state, CancellationToken ct) => ChangeAsync(
        tenant,
        async s =>
        {
            await s.ExecuteAsync(TenantSql.SetState, tenant, state.Text());
            if (state == TenantState.Active)
            {
                await ReleaseAsync(s, tenant, EntryReasons.TenantSuspended);
            }
        },
        ct);

    public Task SetIntegrationAsync(string tenant, Integration integration, CancellationToken ct) => ChangeAsync(
        tenant,
        async s =>
        {
            await TenantRows.SetIntegrationAsync(s, tenant, integration);
            await ReleaseAsync(s, tenant, EntryReasons.OtherSeller, EntryReasons.TestPurchasesOff);
        },
        ct);

    public Task AddTokenAsync(string tenant, AccessToken token, CancellationToken ct) =>
        ChangeAsync(tenant, s => TenantRows.AddTokenAsync(s, tenant, token), ct);

    public Task<bool> RemoveTokenAsync(string tenant, TokenKind kind, string id, CancellationToken ct) => database.WriteAsync(
        async s =>
        {
            if (await LockAsync(s, tenant) is null || await s.ExecuteAsync(TenantSql.RemoveToken, tenant, kind.Text(), id) == 0)
            {
                return false;
            }

            await RaiseVersionAsync(s, tenant);
            return true;
        },
        ct);

    public Task PutProductAsync(string tenant, Product product, CancellationToken ct) => ChangeAsync(
        tenant,
        async s =>
        {
            await TenantRows.PutProductAsync(s, tenant, product);
            await ReleaseAsync(s, tenant, EntryReasons.UnmappedProduct, EntryReasons.UnmappedPlan);
        },
        ct);

    public Task PutKeyTypeAsync(string tenant, KeyType keyType, CancellationToken ct) => ChangeAsync(
        tenant,
        async s =>
        {
            await TenantRows.PutKeyTypeAsync(s, tenant, keyType);
            await ReleaseAsync(s, tenant, EntryReasons.UnmappedProduct, EntryReasons.UnmappedPlan);
        },
        ct);

    public Task<int?> PutRulesAsync(string tenant, IReadOnlyList<Rule> rules, int? expected, CancellationToken ct) => database.WriteAsync<int?>(
        async s =>
        {
            if (await LockAsync(s, tenant) is not { } version || (expected ?? version) != version)
            {
                return null;
            }

            await s.ExecuteAsync(TenantSql.DeleteRules, tenant);
            await TenantRows.AddRulesAsync(s, tenant, rules);
            await s.ExecuteAsync(TenantSql.SetRulesVersion, tenant, version + 1);
            await RaiseVersionAsync(s, tenant);
            await ReleaseAsync(s, tenant, EntryReasons.UnmappedProduct, EntryReasons.UnmappedPlan, EntryReasons.IgnoredByRule);
            return version + 1;
        },
        ct);

    public Task AddSigningKeyAsync(string tenant, SigningKeyRow key, string? withdraw, CancellationToken ct) => ChangeAsync(
        tenant,
        async s =>
        {
            await TenantRows.AddSigningKeyAsync(s, tenant, key);
            if (withdraw is not null)
            {
                await s.ExecuteAsync(TenantSql.WithdrawSigningKey, tenant, withdraw, key.CreatedAt);
            }
        },
        ct);

    /// <returns>False when there is no such tenant; then nothing is changed.</returns>
    private Task<bool> ChangeAsync(string tenant, Func<PostgresSession, Task> change, CancellationToken ct) => database.WriteAsync(
        async s =>
        {
            if (await LockAsync(s, tenant) is null)
            {
                return false;
            }

            await RaiseVersionAsync(s, tenant);
            await change(s);
            return true;
        },
        ct);

    /// <returns>The version of its rules; null when there is no such tenant.</returns>
    private static Task<int?> LockAsync(PostgresSession s, string tenant) => s.FirstAsync(TenantSql.Lock, r => (int?)r.Int(0), tenant);

    private static async Task RaiseVersionAsync(PostgresSession s, string tenant)
    {
        await s.ExecuteAsync(TenantSql.RaiseVersion, tenant);
        await s.NotifyAsync(WakeUps.Tenant, tenant);
    }

    private async Task ReleaseAsync(PostgresSession s, string tenant, params string[] reasons)
    {
        var now = time.GetUtcNow();
        var released = 0;
        foreach (var reason in reasons)
        {
            released += await s.ExecuteAsync(InboxSql.Release, tenant, reason, now);
        }

        if (released > 0)
        {
            await ReadyRows.AddAsync(s, tenant, now);
            await s.NotifyAsync(WakeUps.Fold, tenant);
        }
    }
}

using Latchkey.Inbox;
using Latchkey.Leases;
using Latchkey.Products;
using Latchkey.Sqlite.Inbox;
using Latchkey.Tenants;

namespace Latchkey.Sqlite.Tenants;

internal sealed class SqliteTenantStore(SqliteDatabase database, TimeProvider time) : ITenantStore
{
    public Task<TenantRow?> FindAsync(string tenant, CancellationToken ct) =>
        database.Readers.SnapshotAsync(s => TenantRows.Find(s, tenant), ct);

    public Task<IReadOnlyList<Tenant>> ListAsync(string? after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<Tenant>>(s => s.Query(TenantSql.List, TenantRows.ReadTenant, after ?? string.Empty, limit), ct);

    public Task<bool> AddAsync(TenantRow tenant, CancellationToken ct) => database.Writer.RunAsync(s => TenantRows.Add(s, tenant), ct);

    public Task<bool> SetStateAsync(string tenant, TenantState state, CancellationToken ct) => ChangeAsync(
        tenant,
        s =>
        {
            s.Execute(TenantSql.SetState, tenant, state.Text());
            if (state == TenantState.Active)
            {
                Release(s, tenant, EntryReasons.TenantSuspended);
            }
        },
        ct);

    public Task SetIntegrationAsync(string tenant, Integration integration, CancellationToken ct) => ChangeAsync(
        tenant,
        s =>
        {
            TenantRows.SetIntegration(s, tenant, integration);
            Release(s, tenant, EntryReasons.OtherSeller, EntryReasons.TestPurchasesOff);
        },
        ct);

    public Task AddTokenAsync(string tenant, AccessToken token, CancellationToken ct) =>
        ChangeAsync(tenant, s => TenantRows.AddToken(s, tenant, token), ct);

    public Task<bool> RemoveTokenAsync(string tenant, TokenKind kind, string id, CancellationToken ct) => database.Writer.RunAsync(
        s => s.Execute(TenantSql.RemoveToken, tenant, kind.Text(), id) > 0 && s.Execute(TenantSql.RaiseVersion, tenant) > 0, ct);

    public Task PutProductAsync(string tenant, Product product, CancellationToken ct) => ChangeAsync(
        tenant,
        s =>
        {
            TenantRows.PutProduct(s, tenant, product);
            Release(s, tenant, EntryReasons.UnmappedProduct, EntryReasons.UnmappedPlan);
        },
        ct);

    public Task PutKeyTypeAsync(string tenant, KeyType keyType, CancellationToken ct) => ChangeAsync(
        tenant,
        s =>
        {
            TenantRows.PutKeyType(s, tenant, keyType);
            Release(s, tenant, EntryReasons.UnmappedProduct, EntryReasons.UnmappedPlan);
        },
        ct);

    public Task<int?> PutRulesAsync(string tenant, IReadOnlyList<Rule> rules, int? expected, CancellationToken ct) => database.Writer.RunAsync<int?>(
        s =>
        {
            if (s.First(TenantSql.RulesVersion, r => (int?)r.GetInt32(0), tenant) is not { } version || (expected ?? version) != version)
            {
                return null;
            }

            s.Execute(TenantSql.DeleteRules, tenant);
            TenantRows.AddRules(s, tenant, rules);
            s.Execute(TenantSql.SetRulesVersion, tenant, version + 1);
            s.Execute(TenantSql.RaiseVersion, tenant);
            Release(s, tenant, EntryReasons.UnmappedProduct, EntryReasons.UnmappedPlan, EntryReasons.IgnoredByRule);
            return version + 1;
        },
        ct);

    public Task AddSigningKeyAsync(string tenant, SigningKeyRow key, string? withdraw, CancellationToken ct) => ChangeAsync(
        tenant,
        s =>
        {
            TenantRows.AddSigningKey(s, tenant, key);
            if (withdraw is not null)
            {
                s.Execute(TenantSql.WithdrawSigningKey, tenant, withdraw, key.CreatedAt);
            }
        },
        ct);

    /// <returns>False when there is no such tenant; then nothing is changed.</returns>
    private Task<bool> ChangeAsync(string tenant, Action<SqliteSession> change, CancellationToken ct) => database.Writer.RunAsync(
        s =>
        {
            if (s.Execute(TenantSql.RaiseVersion, tenant) == 0)
            {
                return false;
            }

            change(s);
            return true;
        },
        ct);

    private void Release(SqliteSession s, string tenant, params ReadOnlySpan<string> reasons)
    {
        foreach (var reason in reasons)
        {
            s.Execute(InboxSql.Release, tenant, reason, time.GetUtcNow());
        }
    }
}

using Latchkey.Leases;
using Latchkey.Products;

namespace Latchkey.Tenants;

/// <summary>A tenant's settings as they stand in the store, read in one moment.</summary>
internal sealed record TenantRow(
    Tenant Tenant,
    Integration Integration,
    int Version,
    WrappedSecrets Secrets,
    IReadOnlyList<AccessToken> Tokens,
    IReadOnlyList<Product> Products,
    IReadOnlyList<KeyType> KeyTypes,
    RuleSet Rules,
    IReadOnlyList<SigningKeyRow> SigningKeys);

/// <summary>
/// Tenants and their settings. Every write raises the tenant's version in the same transaction;
/// a fold that read an older version is thrown away and done again.
/// </summary>
internal interface ITenantStore
{
    Task<TenantRow?> FindAsync(string tenant, CancellationToken ct);

    Task<IReadOnlyList<Tenant>> ListAsync(string? after, int limit, CancellationToken ct);

    /// <returns>False when the id is taken.</returns>
    Task<bool> AddAsync(TenantRow tenant, CancellationToken ct);

    /// <summary>Changes the state. Resuming (to active) makes every entry held as <c>tenant_suspended</c> due again, in the same transaction.</summary>
    Task<bool> SetStateAsync(string tenant, TenantState state, CancellationToken ct);

    Task SetIntegrationAsync(string tenant, Integration integration, CancellationToken ct);

    Task AddTokenAsync(string tenant, AccessToken token, CancellationToken ct);

    Task<bool> RemoveTokenAsync(string tenant, TokenKind kind, string id, CancellationToken ct);

    Task PutProductAsync(string tenant, Product product, CancellationToken ct);

    Task PutKeyTypeAsync(string tenant, KeyType keyType, CancellationToken ct);

    /// <summary>
    /// Replaces the rules, and makes every purchase held as unmapped due again in the same transaction.
    /// </summary>
    /// <param name="expected">The version the caller has seen; null replaces whatever stands.</param>
    /// <returns>The new version, or null when another one stands.</returns>
    Task<int?> PutRulesAsync(string tenant, IReadOnlyList<Rule> rules, int? expected, CancellationToken ct);

    /// <summary>Adds a signing key.</summary>
    /// <param name="withdraw">A key that is withdrawn from the new one's making on, in the same transaction.</param>
    Task AddSigningKeyAsync(string tenant, SigningKeyRow key, string? withdraw, CancellationToken ct);
}

/// <summary>What the installation keeps about itself.</summary>
internal interface IInstallationStore
{
    /// <summary>Whether several nodes may work on this store at once. What they need alike must not be made at random by each.</summary>
    bool IsShared { get; }

    /// <summary>The master key's fingerprint and the wrapped lookup secret; null for an empty store.</summary>
    Task<InstallationRow?> FindAsync(CancellationToken ct);

    /// <summary>Prepares an empty store, unless another node was quicker.</summary>
    /// <returns>The row that stands: this one, or the quicker node's.</returns>
    Task<InstallationRow> AddAsync(InstallationRow row, CancellationToken ct);
}

/// <param name="MasterKeyFingerprint">Of the key that wraps every secret in this store.</param>
/// <param name="LookupSecret">Keys the hash by which license keys are found; wrapped.</param>
internal sealed record InstallationRow(string MasterKeyFingerprint, byte[] LookupSecret);

using System.Collections.Concurrent;
using Latchkey.Keys;
using Latchkey.Leases;

namespace Latchkey.Tenants;

/// <summary>The tenants in use, each read from the store once and kept until something about it changes.</summary>
internal sealed class TenantDirectory(ITenantStore store, Installation installation)
{
    private readonly ConcurrentDictionary<string, TenantContext> _known = new(StringComparer.Ordinal);

    /// <summary>The tenant, or null. Unknown names are not remembered, so that guessing cannot fill the memory.</summary>
    public ValueTask<TenantContext?> FindAsync(string tenant, CancellationToken ct) =>
        _known.TryGetValue(tenant, out var known) ? new(known) : new(LoadAsync(tenant, ct));

    /// <summary>Call after every change of a tenant's settings.</summary>
    public async Task<TenantContext?> ReloadAsync(string tenant, CancellationToken ct)
    {
        _known.TryRemove(tenant, out _);
        return await LoadAsync(tenant, ct);
    }

    /// <summary>Has every tenant read again: changes may have been missed.</summary>
    public void Forget() => _known.Clear();

    private async Task<TenantContext?> LoadAsync(string tenant, CancellationToken ct)
    {
        if (!Tenant.IsValidId(tenant) || await store.FindAsync(tenant, ct) is not { } row)
        {
            return null;
        }

        var master = installation.MasterKey;
        var context = new TenantContext(
            row.Tenant,
            row.Integration,
            row.Version,
            row.Tokens,
            row.Products.ToDictionary(p => p.Id, StringComparer.Ordinal),
            row.KeyTypes.ToDictionary(k => (k.Product, k.Id)),
            row.Rules,
            TenantSecrets.Unwrap(master, row.Tenant.Id, row.Secrets),
            [.. row.SigningKeys.Select(k => SigningKey.Unwrap(master, row.Tenant.Id, k))]);

        // Two loads may race; the one with the later version stays.
        return _known.AddOrUpdate(tenant, context, (_, there) => there.Version >= context.Version ? there : context);
    }
}

using Latchkey.Contracts.Keys;
using Latchkey.Keys;
using Latchkey.Tenants;

namespace Latchkey.Licenses;

/// <summary>A license that a typed key opens.</summary>
/// <param name="KeyHash">What a lease is bound to: the hash of the key as it was typed, canonical.</param>
/// <param name="Reissued">The key was replaced by a newer one.</param>
internal sealed record FoundLicense(License License, string KeyHash, bool Reissued);

/// <summary>From what a person typed to a license. Every way of not finding one takes the same work and gives the same answer.</summary>
internal sealed class KeyFinder(ILicenseStore licenses, Installation installation, TimeProvider time)
{
    public const int LongestKey = 200;

    public async Task<FoundLicense?> FindAsync(TenantContext tenant, string product, string typed, CancellationToken ct)
    {
        var (canonical, hash) = Read(tenant, product, typed);
        var matches = await licenses.FindByKeyAsync(tenant.Id, installation.KeyLookup.Of(canonical), ct);
        var now = time.GetUtcNow();

        // Foreign keys are not unique: the usable one wins, then the earliest.
        var best = matches
            .Where(m => m.License.Product == product)
            .OrderBy(m => m.Key.Retired)
            .ThenBy(m => !m.License.StandingAt(now).IsUsable)
            .ThenBy(m => m.License.CreatedAt)
            .ThenBy(m => m.License.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        return best is null ? null : new FoundLicense(best.License, hash, best.Key.Retired);
    }

    /// <summary>The hash under which a typed key is looked up; for the seller's search.</summary>
    public byte[] LookupOf(TenantContext tenant, string typed) => installation.KeyLookup.Of(Read(tenant, null, typed).Canonical);

    private static (string Canonical, string Hash) Read(TenantContext tenant, string? product, string typed)
    {
        // A product's prefix may have been changed since a key was made, so the one that was typed counts too.
        var prefixes = tenant.Products.Values.Where(p => product is null || p.Id == product).Select(p => p.KeyPrefix).ToList();
        var hyphen = typed.IndexOf('-', StringComparison.Ordinal);
        if (hyphen > 0 && typed[..hyphen].Trim().ToUpperInvariant() is var own && LicenseKey.IsValidPrefix(own) && !prefixes.Contains(own))
        {
            prefixes.Add(own);
        }

        return LicenseKey.Read(typed, prefixes) is KeyReading.Ok ok
            ? (ok.Key.Canonical, ok.Key.Hash())
            : (ForeignKey.Normalize(typed), ForeignKey.Hash(ForeignKey.Normalize(typed)));
    }
}

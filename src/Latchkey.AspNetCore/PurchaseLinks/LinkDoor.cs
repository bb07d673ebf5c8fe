using Latchkey.PurchaseLinks;
using Latchkey.Tenants;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Whoever has a link's address may open its checkout and learn what became of it, and nothing else.</summary>
internal sealed class LinkDoor(TenantDirectory tenants, IPurchaseLinkStore links)
{
    /// <returns>Null for every way in which the address is wrong.</returns>
    public async Task<(TenantContext Tenant, PurchaseLink Link)?> OpenAsync(string tenant, string token, CancellationToken ct) =>
        await tenants.FindAsync(tenant, ct) is { Tenant.State: not TenantState.Closed } found
        && LinkTokens.OfAddress(found, token) is { } id
        && await links.FindAsync(found.Id, id, ct) is { } link
            ? (found, link)
            : null;
}

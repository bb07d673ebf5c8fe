using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks.AtGumroad;

internal interface ILinkReadBack
{
    /// <summary>Has Gumroad asked soon for a link's sale; at most every 30 seconds per link.</summary>
    /// <returns>False when there is nothing to be asked: no access token, a link that no longer waits, or none such.</returns>
    Task<bool> RequestAsync(TenantContext tenant, string link, CancellationToken ct);
}

using Latchkey.AspNetCore.Hosting;
using Latchkey.PurchaseLinks;
using Latchkey.Tenants;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>A link's addresses here.</summary>
internal sealed class LinkAddresses(PublicAddress address)
{
    /// <summary>Answers with Gumroad's checkout.</summary>
    public string Go(TenantContext tenant, string link) => $"{address.Url}/go/{tenant.Id}/{LinkTokens.Address(tenant, link)}";

    /// <summary>The page that waits.</summary>
    public string Wait(TenantContext tenant, string link) => $"{address.Url}/wait/{tenant.Id}/{LinkTokens.Address(tenant, link)}";

    /// <summary>While this server itself is reached on this machine only, apps elsewhere need no https either.</summary>
    public bool IsLocal => PublicAddress.IsLoopback(address.Url);
}

using Latchkey.PurchaseLinks;
using Latchkey.Tenants;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>A return, and what the store says about it.</summary>
/// <param name="Link">Null when it cannot be told which one it is.</param>
internal sealed record PurchaseReturn(TenantContext Tenant, PurchaseLink? Link, PurchaseResult Result);

using Latchkey.Gumroad.Api;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>Takes away again what was made for a link. What is not there any more is taken away.</summary>
internal sealed class LinkRemoval(GumroadProducts products)
{
    /// <exception cref="GumroadException">It may still be there.</exception>
    public async Task RemoveAsync(GumroadClient client, TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        if (link.Made.Removed || link.Strength == LinkStrength.Token)
        {
            return;
        }

        if (await FindAsync(client, tenant, link, ct) is { } made)
        {
            await RemoveAsync(client, made, ct);
        }
    }

    /// <returns>False when it may still be there.</returns>
    public static async Task<bool> TryAsync(GumroadClient client, MadeAtGumroad made, CancellationToken ct)
    {
        try
        {
            await RemoveAsync(client, made, ct);
            return true;
        }
        catch (GumroadException)
        {
            return false; // the sweep goes on with it
        }
    }

    public static async Task<OfferCode?> FindCodeAsync(GumroadClient client, string product, string name, CancellationToken ct) =>
        (await client.OfferCodes.ListAsync(product, ct)).FirstOrDefault(c => string.Equals(c.Code, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What was made, also where the answer that named it was lost.</summary>
    private async Task<MadeAtGumroad?> FindAsync(GumroadClient client, TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        var reference = LinkTokens.Reference(tenant, link.Id);
        if (link.Strength == LinkStrength.Product)
        {
            return link.Made.ProductId is not null ? link.Made
                : await GumroadProducts.AskAsync(client, reference, ct) is { } product ? link.Made with { ProductId = product.Id }
                : null;
        }

        if (link.Made.OfferCodeId is not null)
        {
            return link.Made;
        }

        try
        {
            return (link.Made.ProductId ?? (await products.FindAsync(client, tenant.Id, link.Terms.GumroadProduct!, ct))?.Id) is { } of
                && await FindCodeAsync(client, of, reference, ct) is { } code
                    ? link.Made with { ProductId = of, OfferCodeId = code.Id }
                    : null;
        }
        catch (GumroadNotFoundException)
        {
            return null; // the product is gone, and its codes with it
        }
    }

    private static async Task RemoveAsync(GumroadClient client, MadeAtGumroad made, CancellationToken ct)
    {
        try
        {
            if (made is { ProductId: { } of, OfferCodeId: { } code })
            {
                await client.OfferCodes.DeleteAsync(of, code, ct);
            }
            else if (made.ProductId is { } product)
            {
                await client.Products.DisableAsync(product, ct);
                await client.Products.DeleteAsync(product, ct);
            }
        }
        catch (GumroadNotFoundException)
        {
            // Gone already: by the seller, by an attempt whose answer was lost, or by Gumroad itself, which deletes codes that are used up.
        }
    }
}

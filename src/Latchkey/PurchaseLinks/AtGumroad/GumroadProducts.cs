using System.Collections.Concurrent;
using Latchkey.Gumroad.Api;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <param name="Url">Its page.</param>
internal sealed record KnownProduct(string Id, string? Url);

/// <summary>Finds products by what sellers call them. What was found is remembered for a while: links are made many at a time, products rarely.</summary>
internal sealed class GumroadProducts(TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(string Tenant, string Named), (KnownProduct Product, DateTimeOffset Until)> _known = new();

    /// <param name="named">Id, short id, permalink or address.</param>
    /// <returns>Null when the seller has no such product.</returns>
    /// <exception cref="GumroadException">Gumroad could not be asked.</exception>
    public async Task<KnownProduct?> FindAsync(GumroadClient client, string tenant, string named, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue((tenant, named), out var known) && known.Until > now)
        {
            return known.Product;
        }

        if (await AskAsync(client, named, ct) is not { } product)
        {
            return null;
        }

        var found = new KnownProduct(product.Id, product.Url);
        _known[(tenant, named)] = (found, now + Remembered);
        return found;
    }

    /// <summary>As <see cref="FindAsync"/>, not from memory.</summary>
    public static async Task<Product?> AskAsync(GumroadClient client, string named, CancellationToken ct)
    {
        var name = LinkCheckout.PermalinkOf(named);
        try
        {
            return await client.Products.GetAsync(name, ct);
        }
        catch (GumroadNotFoundException)
        {
            // Not every Gumroad finds a product by a permalink of the seller's own choice.
            return await client.Products.ListAsync(ct).FirstOrDefaultAsync(p => IsCalled(p, name), ct);
        }
    }

    private static bool IsCalled(Product product, string name) =>
        string.Equals(product.CustomPermalink, name, StringComparison.OrdinalIgnoreCase)
        || (product.Url is { } url && string.Equals(LinkCheckout.PermalinkOf(url), name, StringComparison.OrdinalIgnoreCase));
}

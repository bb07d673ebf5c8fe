using Latchkey.Gumroad.Api;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>
/// Makes at Gumroad what a link needs. Everything made bears the link's reference, so a second call after a crash or a lost answer finds
/// what the first one made, and nothing is made twice.
/// </summary>
internal sealed class LinkMaker(GumroadAccess gumroad, GumroadProducts products)
{
    public async Task<LinkMade> MakeAsync(TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        if (link is { Strength: LinkStrength.Token, Terms.GumroadProduct: { } named } && LinkCheckout.HasAddress(named))
        {
            return new LinkMade.Ready(link.Made);
        }

        using var client = gumroad.Open(tenant);
        if (client is null)
        {
            return new LinkMade.Failed(LinkErrors.TokenMissing, LinkErrors.TokenMissingSentence, Left: null);
        }

        return link.Strength == LinkStrength.Product
            ? await MakeProductAsync(client, link.Terms, LinkTokens.Reference(tenant, link.Id), ct)
            : await MakeForProductAsync(client, tenant, link, ct);
    }

    private async Task<LinkMade> MakeForProductAsync(GumroadClient client, TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        try
        {
            return await products.FindAsync(client, tenant.Id, link.Terms.GumroadProduct!, ct) is not { } product
                ? new LinkMade.Failed(LinkErrors.ProductUnknown, LinkErrors.ProductUnknownSentence, Left: null)
                : link.Strength == LinkStrength.Code
                    ? await MakeCodeAsync(client, product, link.Terms, LinkTokens.Reference(tenant, link.Id), ct)
                    : new LinkMade.Ready(link.Made with { CheckoutUrl = product.Url });
        }
        catch (GumroadException e)
        {
            return Failed(e, left: null);
        }
    }

    private static async Task<LinkMade> MakeCodeAsync(GumroadClient client, KnownProduct product, LinkTerms terms, string name, CancellationToken ct)
    {
        var made = new MadeAtGumroad(product.Id, null, product.Url, Removed: false);
        try
        {
            return Ready(await CreateCodeAsync(client, product.Id, terms, name, ct));
        }
        catch (GumroadException e) when (MayBeThere(e))
        {
            try
            {
                return await LinkRemoval.FindCodeAsync(client, product.Id, name, ct) is { } there
                    ? Ready(there)
                    : Failed(e, e is GumroadRefusedException ? null : made); // a lost request may still arrive
            }
            catch (GumroadException)
            {
                return Failed(e, made);
            }
        }

        LinkMade.Ready Ready(OfferCode code) => new(made with { OfferCodeId = code.Id });
    }

    /// <summary>Gumroad counts copies, not sales; and it takes a code that takes nothing off: <c>app/models/offer_code.rb</c>.</summary>
    private static Task<OfferCode> CreateCodeAsync(GumroadClient client, string product, LinkTerms terms, string name, CancellationToken ct) =>
        client.OfferCodes.CreateAsync(product, NewOfferCode.PercentOff(name, terms.PercentOff) with { MaxPurchaseCount = Math.Max(terms.Quantity, 1) }, ct);

    private static async Task<LinkMade> MakeProductAsync(GumroadClient client, LinkTerms terms, string permalink, CancellationToken ct)
    {
        Product product;
        try
        {
            product = await CreateOrFindAsync(client, terms, permalink, ct);
        }
        catch (GumroadException e) when (e is GumroadNotFoundException or GumroadScopeException)
        {
            return CannotCreate(e is GumroadScopeException ? LinkErrors.SentenceOf(e) : "This Gumroad makes no products through its API.", left: null);
        }
        catch (GumroadException e)
        {
            return Failed(e, e is GumroadRefusedException or GumroadTokenException or GumroadThrottledException ? null : MadeAtGumroad.Nothing);
        }

        var made = new MadeAtGumroad(product.Id, null, product.Url, Removed: false);
        try
        {
            if (!product.IsPublished)
            {
                await client.Products.EnableAsync(product.Id, ct);
            }

            return new LinkMade.Ready(made);
        }
        catch (GumroadException e)
        {
            var left = await LinkRemoval.TryAsync(client, made, ct) ? null : made;
            return e is GumroadRefusedException or GumroadScopeException
                ? CannotCreate($"The product cannot be put on sale. {LinkErrors.SentenceOf(e)}", left)
                : Failed(e, left);
        }
    }

    private static async Task<Product> CreateOrFindAsync(GumroadClient client, LinkTerms terms, string permalink, CancellationToken ct)
    {
        try
        {
            return await client.Products.CreateAsync(
                new NewProduct(terms.Name!, terms.PriceCents ?? 0)
                {
                    Currency = terms.PricingCurrency,
                    DescriptionHtml = terms.Description,
                    CustomPermalink = permalink,
                    MaxPurchaseCount = Math.Max(terms.Quantity, 1),
                },
                ct);
        }
        catch (GumroadException e) when (MayBeThere(e))
        {
            if (await GumroadProducts.AskAsync(client, permalink, ct) is { } there)
            {
                return there;
            }

            throw;
        }
    }

    /// <summary>A name that is taken is refused, an answer can be lost: either way an earlier attempt may have made it.</summary>
    private static bool MayBeThere(GumroadException e) =>
        e is GumroadRefusedException or GumroadUnavailableException { MayHaveHappened: true } or GumroadAnswerException;

    private static LinkMade.Failed Failed(GumroadException e, MadeAtGumroad? left) => new(LinkErrors.CodeOf(e), LinkErrors.SentenceOf(e), left);

    private static LinkMade.Failed CannotCreate(string sentence, MadeAtGumroad? left) => new(LinkErrors.CannotCreateProducts, sentence, left);
}

using System.Text.Json;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Links as the seller's backend reads them.</summary>
internal sealed class PurchaseLinkReplies(LinkAddresses addresses, IPurchaseStore purchases, TimeProvider time)
{
    public async Task<PurchaseLinkReply> OfAsync(TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        var standing = await LinkStanding.OfAsync(link, purchases, time.GetUtcNow(), ct);
        return new(
            link.Id, addresses.Go(tenant, link.Id), addresses.Wait(tenant, link.Id), link.ExpiresAt, standing.State, standing.Reason,
            link.Strength.ToString().ToLowerInvariant(), link.Subject, link.ReturnUrl, link.Purchase, link.Candidates, link.CreatedAt, link.OpenedAt,
            link.RedeemedAt, TermsOf(link.Terms), GumroadOf(link));
    }

    /// <summary>With the app's own data.</summary>
    public async Task<PurchaseLinkReply> WholeAsync(TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        using var data = JsonDocument.Parse(LinkData.Open(tenant, link) ?? "null"u8.ToArray());
        return await OfAsync(tenant, link, ct) with { Data = data.RootElement.Clone() };
    }

    private static LinkTermsReply TermsOf(LinkTerms t) => new(
        t.GumroadProduct, t.Variant, t.Recurrence, t.MinPriceUsdCents, t.PricingCurrency, t.Quantity, t.Gift, t.Product, t.KeyType, t.RefundRepeats,
        t.PercentOff, t.Name, t.Description, t.PriceCents);

    private static LinkAtGumroadReply? GumroadOf(PurchaseLink link) => link.Made == MadeAtGumroad.Nothing && link.Chore is null
        ? null
        : new(
            link.Made.ProductId, link.Made.OfferCodeId, link.Made.Removed, link.Chore?.Kind, link.Chore?.DueAt, link.Chore?.Attempts ?? 0,
            link.Chore?.LastError);
}

using Latchkey.Gumroad.Api;
using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Reconciliation;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>
/// Looks in Gumroad's sales for the one whose ping did not come, and has it folded like a ping. A code or a product stands in the sale
/// and so redeems its link; of a token nothing stands there, so what it may be is only listed.
/// </summary>
internal sealed class LinkReadBack(GumroadProducts products, IInboxStore inbox, IPurchaseStore purchases, ReadRecorder recorder, TimeProvider time)
{
    private const int MostCandidates = 20;

    /// <returns>Purchases that may be the link's own, where only the seller can tell; null when the link's product is unknown.</returns>
    /// <exception cref="GumroadException">Gumroad could not be asked.</exception>
    public async Task<IReadOnlyList<string>?> ReadAsync(GumroadClient client, TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        if ((link.Made.ProductId ?? (await products.FindAsync(client, tenant.Id, link.Terms.GumroadProduct!, ct))?.Id) is not { } product)
        {
            return null;
        }

        var candidates = new List<string>();
        var readAt = time.GetUtcNow();
        var query = new SalesQuery { ProductId = product, After = DateOnly.FromDateTime(link.CreatedAt.UtcDateTime) };
        await foreach (var sale in client.Sales.ListAsync(query, ct))
        {
            if (sale.IsRecurringCharge || sale.IsBundleProductPurchase || !(IsItsOwn(tenant, link, sale) || MayBeItsOwn(link, sale, readAt)))
            {
                continue;
            }

            var read = GumroadReads.Of(sale, readAt);
            var purchase = tenant.Secrets.Derivation.PurchaseId(read.Name);
            if (await IsDecidedAsync(tenant, purchase, ct))
            {
                continue;
            }

            if (link.Strength != LinkStrength.Token || await purchases.FindAsync(tenant.Id, purchase, ct) is null)
            {
                await recorder.RecordAsync(tenant, read, readAt);
            }

            // Of a gift the giver's half is all that a list shows: it proves the sale, and redeems nothing.
            if (link.Strength == LinkStrength.Token || sale.IsGiftSenderPurchase)
            {
                candidates.Add(purchase);
            }

            if (candidates.Count == MostCandidates)
            {
                break;
            }
        }

        return candidates;
    }

    private static bool IsItsOwn(TenantContext tenant, PurchaseLink link, Sale sale) => link.Strength switch
    {
        LinkStrength.Code => LinkTokens.OfReference(tenant, sale.OfferCode?.Code) == link.Id,
        LinkStrength.Product => true,
        _ => false,
    };

    /// <summary>Somebody bought what the link sells, on its terms, while it waited.</summary>
    private static bool MayBeItsOwn(PurchaseLink link, Sale sale, DateTimeOffset readAt)
    {
        var since = link.OpenedAt ?? link.CreatedAt;
        if (link.Strength != LinkStrength.Token
            || sale.CreatedAt < since.AddTicks(-(since.Ticks % TimeSpan.TicksPerSecond)) // Gumroad's times are whole seconds
            || sale is { Refunded: true } or { Chargedback: true }
            || (sale.IsGiftSenderPurchase && !link.Terms.Gift))
        {
            return false;
        }

        // A list shows neither permalink nor address of the product, and it is the product that was asked for.
        var terms = link.Terms with { GumroadProduct = sale.ProductId };
        return Redeeming.Refusal(link with { Terms = terms }, GumroadReads.Of(sale, readAt).Sale!.Charge, sale.CreatedAt) is null;
    }

    private async Task<bool> IsDecidedAsync(TenantContext tenant, string purchase, CancellationToken ct) =>
        (await inbox.ListByPurchaseAsync(tenant.Id, purchase, ct)).Any(e => e.Source == EntrySource.Redemption);
}

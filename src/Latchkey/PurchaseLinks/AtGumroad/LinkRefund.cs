using Latchkey.Gumroad.Api;
using Latchkey.Purchases;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>Refunds what was bought with a link that was used up already.</summary>
internal sealed class LinkRefund(IPurchaseStore purchases)
{
    /// <summary>Refunds each once, whatever became of the answer to an earlier attempt.</summary>
    /// <returns>Those that are refunded, and the last error where some are not.</returns>
    public async Task<(IReadOnlyList<string> Refunded, string? Error)> RefundAsync(GumroadClient client, PurchaseLink link, CancellationToken ct)
    {
        var refunded = new List<string>();
        string? error = null;
        foreach (var purchase in link.Refunds)
        {
            if ((await purchases.FindAsync(link.Tenant, purchase, ct))?.Charges.FirstOrDefault(c => c.Granting)?.SaleId is not { } sale)
            {
                error = LinkErrors.SaleUnknown;
                continue;
            }

            try
            {
                await RefundAsync(client, sale, ct);
                refunded.Add(purchase);
            }
            catch (GumroadException e)
            {
                error = e is GumroadNotFoundException ? LinkErrors.SaleUnknown : LinkErrors.CodeOf(e);
            }
        }

        return (refunded, error);
    }

    private static async Task RefundAsync(GumroadClient client, string sale, CancellationToken ct)
    {
        if (!(await client.Sales.GetAsync(sale, ct)).Refunded)
        {
            await client.Sales.RefundAsync(sale, ct);
        }
    }
}

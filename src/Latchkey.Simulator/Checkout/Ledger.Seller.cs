using System.Text.Json.Nodes;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <content>The buttons of the seller's pages.</content>
internal sealed partial class Ledger
{
    /// <summary>A fresh <c>sale</c> ping at once.</summary>
    public void Resend(string saleId)
    {
        lock (_gate)
        {
            AnnounceSale(Get(saleId), PingResources.Sale, TimeSpan.Zero);
        }
    }

    /// <summary>What the test button sends: the latest purchase of any state, even a failed one.</summary>
    public JsonObject TestPing()
    {
        lock (_gate)
        {
            return _latest is not null
                ? SalePayload.OfTestPing(_latest, Shop)
                : throw new InvalidOperationException("A test ping repeats the latest sale, and there is none yet.");
        }
    }

    public void MarkShipped(string saleId, string? trackingUrl)
    {
        lock (_gate)
        {
            var sale = Get(saleId);
            if (sale.Product.ShippingRateUsdCents is null)
            {
                throw new InvalidOperationException($"{sale.Product.Name} is not shipped.");
            }

            sale.Shipped = true;
            sale.TrackingUrl = trackingUrl;
        }
    }

    /// <summary>Checks that the sale exists: the simulator mails nothing.</summary>
    public void ResendReceipt(string saleId)
    {
        lock (_gate)
        {
            Get(saleId);
        }
    }
}

using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <content>Money that the buyer's bank takes back.</content>
internal sealed partial class Ledger
{
    /// <summary>The bank takes the money back. Of a gift it is the giver's purchase, whose id no ping has named before.</summary>
    public SimulatedSale Dispute(string saleId)
    {
        lock (_gate)
        {
            var sale = Get(saleId);
            var charged = Charged(sale);
            if (charged.Disputed)
            {
                throw new InvalidOperationException("This sale is disputed already.");
            }

            var owned = charged.Giftee ?? charged;
            charged.Disputed = owned.Disputed = true;
            AnnounceSale(charged, PingResources.Dispute, Pace.AfterOthers);
            if (owned.Subscription is { EndedAt: null } subscription)
            {
                subscription.EndedByDisputeOf = charged;
                CancelAndEnd(subscription, CancelledBy.Buyer, Cancelled);
            }

            return sale.ToSale();
        }
    }

    /// <summary>The bank decides for the seller. What the dispute ended begins again; the sale stays disputed.</summary>
    public SimulatedSale WinDispute(string saleId)
    {
        lock (_gate)
        {
            var sale = Get(saleId);
            var charged = Charged(sale);
            if (!charged.Disputed || charged.DisputeWon)
            {
                throw new InvalidOperationException("This sale has no open dispute.");
            }

            var owned = charged.Giftee ?? charged;
            charged.DisputeWon = owned.DisputeWon = true;
            if (!charged.Refunded)
            {
                AnnounceSale(charged, PingResources.DisputeWon, Pace.AfterOthers);
            }

            if (owned.Subscription is { EndedAt: not null } subscription && subscription.EndedByDisputeOf == charged)
            {
                Restart(subscription);
            }

            return sale.ToSale();
        }
    }
}

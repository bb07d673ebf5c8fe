using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <content>Money that goes back.</content>
internal sealed partial class Ledger
{
    /// <summary>Gives back <paramref name="cents"/>, or all that is left when null.</summary>
    public SimulatedSale Refund(string saleId, int? cents)
    {
        lock (_gate)
        {
            var sale = Get(saleId);
            var paid = sale.Giver ?? sale;
            var left = paid.PriceUsdCents - paid.RefundedUsdCents;
            if (left <= 0)
            {
                throw new InvalidOperationException("There is nothing left to refund.");
            }

            if (cents is < 1 || cents > left)
            {
                throw new ArgumentOutOfRangeException(nameof(cents), cents, $"Between 1 and {left} cents can be refunded.");
            }

            paid.RefundedUsdCents += cents ?? left;
            paid.Refunded = sale.Refunded = paid.RefundedUsdCents == paid.PriceUsdCents;
            if (sale.Giver is null)
            {
                AnnounceRefund(sale);
            }

            return sale.ToSale();
        }
    }

    public SimulatedSale Dispute(string saleId)
    {
        lock (_gate)
        {
            var sale = Get(saleId);
            if (sale.Disputed)
            {
                throw new InvalidOperationException("This sale is disputed already.");
            }

            // Of a gift it is the giver's purchase that is charged back, and its sale_id that is sent.
            var charged = sale.Giver ?? sale;
            charged.Disputed = sale.Disputed = true;
            AnnounceSale(charged, PingResources.Dispute, Pace.AfterOthers);
            if (sale.Subscription is { EndedAt: null } subscription)
            {
                Cancel(subscription, CancelledBy.Buyer, Now);
                End(subscription, "cancelled");
            }

            return sale.ToSale();
        }
    }

    public SimulatedSale WinDispute(string saleId)
    {
        lock (_gate)
        {
            var sale = Get(saleId);
            if (!sale.Disputed || sale.DisputeWon)
            {
                throw new InvalidOperationException("This sale has no open dispute.");
            }

            var charged = sale.Giver ?? sale;
            charged.DisputeWon = sale.DisputeWon = true;
            if (!charged.Refunded)
            {
                AnnounceSale(charged, PingResources.DisputeWon, Pace.AfterOthers);
            }

            if (sale.Subscription is { EndedAt: not null } subscription)
            {
                Restart(subscription);
            }

            return sale.ToSale();
        }
    }

    private void AnnounceRefund(SaleRecord sale)
    {
        AnnounceSale(sale, PingResources.Refund, Pace.AfterOthers);
        if (sale is { Refunded: true, Subscription: { CancelledAt: not null, EndedAt: null } subscription })
        {
            End(subscription, "cancelled");
        }
    }
}

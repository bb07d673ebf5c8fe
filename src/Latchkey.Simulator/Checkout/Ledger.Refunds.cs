using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <content>Money that the seller gives back.</content>
internal sealed partial class Ledger
{
    /// <summary>Gives back <paramref name="cents"/>, or all that is left when null. Of a gift either half may be named.</summary>
    public SimulatedSale Refund(string saleId, int? cents)
    {
        lock (_gate)
        {
            var sale = Get(saleId);
            var paid = Charged(sale);
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
            paid.Refunded = paid.RefundedUsdCents == paid.PriceUsdCents;
            Spread(paid);
            if (paid.Giftee is null)
            {
                AnnounceSale(paid, PingResources.Refund, Pace.AfterOthers);
            }

            EndIfCancelled((paid.Giftee ?? paid).Subscription);
            return sale.ToSale();
        }
    }

    // No ping tells of the receiver's half of a gift or of what was in a bundle.
    private void Spread(SaleRecord paid)
    {
        if (!paid.Refunded)
        {
            return;
        }

        if (paid.Giftee is { } gift)
        {
            gift.Refunded = true;
        }

        if (_options.Version is not GumroadVersion.April2025)
        {
            foreach (var content in _sales.Where(sale => sale.Bundle is { } bundle && (bundle == paid || bundle == paid.Giftee)))
            {
                content.Refunded = true;
            }
        }
    }

    private void EndIfCancelled(SubscriptionRecord? subscription)
    {
        if (subscription is { CancelledAt: not null, EndedAt: null })
        {
            subscription.CancelledAt = Now;
            End(subscription, Cancelled);
        }
    }

    /// <summary>The purchase that was paid for this one.</summary>
    private static SaleRecord Charged(SaleRecord sale)
    {
        var paid = sale.Giver ?? sale;
        return paid.IsCharged ? paid : throw new InvalidOperationException(paid.IsTest
            ? "A test purchase moved no money."
            : "Nothing was charged for this sale.");
    }
}

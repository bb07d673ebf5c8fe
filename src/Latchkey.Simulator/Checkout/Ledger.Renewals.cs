using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <content>What the clock does to memberships.</content>
internal sealed partial class Ledger
{
    private const string Declined = "The card is declined; let it be accepted first.";

    // How long Gumroad goes on trying, once a day, is inferred and not read.
    private const int DaysOfRetries = 5;

    /// <summary>The next payment, before its time or at it. A downgrade that was waiting takes effect with it.</summary>
    public SimulatedSale Renew(string subscriptionId)
    {
        lock (_gate)
        {
            var subscription = GetRunning(subscriptionId);
            if (subscription.CancelledAt is not null)
            {
                throw new InvalidOperationException("A cancelled membership is not renewed.");
            }

            if (subscription.IsPaidOff)
            {
                throw new InvalidOperationException("All payments of this membership are made.");
            }

            return subscription.CardDeclines ? throw new InvalidOperationException(Declined) : ChargePeriod(subscription).ToSale();
        }
    }

    /// <summary>Whether the card refuses the charges to come. A renewal that is overdue is charged as soon as it does not.</summary>
    public void DeclineCard(string subscriptionId, bool declines)
    {
        lock (_gate)
        {
            var subscription = Subscription(subscriptionId);
            subscription.CardDeclines = declines;
            if (!declines && subscription is { CancelledAt: null, EndedAt: null, IsPaidOff: false } && subscription.PaidUntil <= Now)
            {
                ChargePeriod(subscription);
            }
        }
    }

    private void AwaitPeriodEnd(SubscriptionRecord subscription)
    {
        var due = subscription.PaidUntil;
        At(due, () => PeriodOver(subscription, due));
    }

    // A period may have been paid, ended or revived by hand since this was scheduled.
    private void PeriodOver(SubscriptionRecord subscription, DateTimeOffset due)
    {
        if (subscription.EndedAt is not null || subscription.PaidUntil != due)
        {
            return;
        }

        if (subscription.CancelledAt is not null)
        {
            End(subscription, Cancelled);
        }
        else if (subscription.IsPaidOff)
        {
            End(subscription, FixedPeriodEnded);
        }
        else
        {
            TryToCharge(subscription, due, day: 0);
        }
    }

    private void TryToCharge(SubscriptionRecord subscription, DateTimeOffset due, int day)
    {
        if (subscription.EndedAt is not null || subscription.PaidUntil != due)
        {
            return;
        }

        if (!subscription.CardDeclines)
        {
            ChargePeriod(subscription);
            return;
        }

        AddFailedPayment(subscription);
        if (day == DaysOfRetries)
        {
            Fail(subscription);
        }
        else
        {
            At(due.AddDays(day + 1), () => TryToCharge(subscription, due, day + 1));
        }
    }

    private SaleRecord ChargePeriod(SubscriptionRecord subscription)
    {
        subscription.Plan = subscription.NextPlan ?? subscription.Plan;
        subscription.NextPlan = null;
        subscription.MonthsPaid += Recurrences.MonthsOf(subscription.Plan.Recurrence);
        subscription.Charges++;
        var sale = Charge(subscription, subscription.Plan.PriceUsdCents);
        AwaitPeriodEnd(subscription);
        return sale;
    }

    private SaleRecord Charge(SubscriptionRecord subscription, int cents, bool isUpgrade = false)
    {
        var sale = PaymentOf(subscription, cents, isUpgrade, isFailed: false);
        AddPayment(subscription, sale);
        Keep(sale);
        AnnounceSale(sale, PingResources.Sale, Pace.AfterSale, isFirst: true);
        return sale;
    }

    private static void AddPayment(SubscriptionRecord subscription, SaleRecord sale)
    {
        subscription.Purchases.Add(sale);
        subscription.PurchaseIds.Add(sale.SaleId);
    }

    // Pings list it, and the test button repeats it; it is no sale.
    private void AddFailedPayment(SubscriptionRecord subscription)
    {
        _latest = PaymentOf(subscription, (subscription.NextPlan ?? subscription.Plan).PriceUsdCents, isUpgrade: false, isFailed: true);
        subscription.PurchaseIds.Add(_latest.SaleId);
    }

    private SaleRecord PaymentOf(SubscriptionRecord subscription, int cents, bool isUpgrade, bool isFailed)
    {
        var first = subscription.Purchases[0];
        return new SaleRecord
        {
            Item = first.Item,
            SaleId = _identities.NewSaleId(),
            OrderNumber = _identities.NewOrderNumber(),
            At = Now,
            Buyer = first.Buyer,
            Quantity = subscription.Plan.Seats,
            PriceUsdCents = cents,
            Variants = WithTier(first.Variants, subscription.Plan.Tier),
            OfferCode = first.OfferCode,
            IsRecurringCharge = true,
            IsUpgrade = isUpgrade,
            IsFailed = isFailed,
            License = first.License,
            Subscription = subscription,
            Recurrence = subscription.Plan.Recurrence,
        };
    }

    private static Dictionary<string, string> WithTier(IReadOnlyDictionary<string, string> variants, string tier) =>
        variants.ToDictionary(pair => pair.Key, pair => pair.Key == PriceList.Tier ? tier : pair.Value);
}

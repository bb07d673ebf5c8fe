using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <content>What memberships go through.</content>
internal sealed partial class Ledger
{
    private const string Tier = "Tier";

    /// <summary>The next payment. A downgrade that was waiting takes effect with it.</summary>
    public SimulatedSale Renew(string subscriptionId)
    {
        lock (_gate)
        {
            var subscription = GetRunning(subscriptionId);
            if (subscription.CancelledAt is not null)
            {
                throw new InvalidOperationException("A cancelled membership is not renewed.");
            }

            subscription.Plan = subscription.NextPlan ?? subscription.Plan;
            subscription.NextPlan = null;
            subscription.PaidUntil = subscription.PeriodAfter(subscription.PaidUntil);
            return Charge(subscription, subscription.Plan.PriceUsdCents).ToSale();
        }
    }

    public void Cancel(string subscriptionId, CancelledBy by)
    {
        lock (_gate)
        {
            var subscription = GetRunning(subscriptionId);
            Cancel(subscription, by, by is CancelledBy.PaymentFailures ? Now : subscription.PaidUntil);
            if (by is CancelledBy.PaymentFailures)
            {
                End(subscription, "failed_payment");
            }
        }
    }

    /// <summary>The paid period of a cancelled membership, or the whole of a fixed one, is over.</summary>
    public void End(string subscriptionId)
    {
        lock (_gate)
        {
            var subscription = GetRunning(subscriptionId);
            End(subscription, subscription.CancelledAt is null ? "fixed_subscription_period_ended" : "cancelled");
        }
    }

    public void Restart(string subscriptionId)
    {
        lock (_gate)
        {
            var subscription = Subscription(subscriptionId);
            if (subscription is { EndedAt: null, CancelledAt: null })
            {
                throw new InvalidOperationException("This membership is running.");
            }

            Restart(subscription);
        }
    }

    /// <summary>A dearer plan is charged with the difference at once; a cheaper one waits for the next renewal.</summary>
    public void ChangePlan(string subscriptionId, string tier, int? seats)
    {
        lock (_gate)
        {
            var subscription = GetRunning(subscriptionId);
            var before = subscription.Plan;
            var count = seats ?? before.Seats;
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(seats));
            var chosen = PriceList.Choose(subscription.Product, new Dictionary<string, string> { [Tier] = tier });
            var after = new Plan(tier, count, PriceList.UnitPriceOf(subscription.Product, chosen) * count);
            var isUpgrade = after.PriceUsdCents >= before.PriceUsdCents;
            var effective = isUpgrade ? Now : subscription.PaidUntil;
            AnnounceSubscription(PingResources.SubscriptionUpdated, () => SubscriptionPayload.Updated(subscription, before, after, effective));
            if (!isUpgrade)
            {
                subscription.NextPlan = after;
                return;
            }

            subscription.Plan = after;
            subscription.NextPlan = null;
            if (after.PriceUsdCents > before.PriceUsdCents)
            {
                Charge(subscription, after.PriceUsdCents - before.PriceUsdCents);
            }
        }
    }

    private void StartSubscription(SaleRecord first, int price)
    {
        var subscription = new SubscriptionRecord
        {
            Id = _identities.NewId(),
            Product = first.Product,
            Email = first.Email,
            UserId = first.PurchaserId,
            CreatedAt = first.At,
            PaidUntil = first.At,
            Plan = new Plan(first.Variants.GetValueOrDefault(Tier, ""), first.Quantity, price),
        };
        subscription.PaidUntil = subscription.PeriodAfter(first.At);
        subscription.Purchases.Add(first);
        first.Subscription = subscription;
        _subscriptions.Add(subscription.Id, subscription);
    }

    private SaleRecord Charge(SubscriptionRecord subscription, int cents)
    {
        var first = subscription.Purchases[0];
        var sale = new SaleRecord
        {
            Product = first.Product,
            SaleId = _identities.NewId(),
            OrderNumber = _identities.NewOrderNumber(),
            At = Now,
            Email = first.Email,
            FullName = first.FullName,
            PurchaserId = first.PurchaserId,
            Quantity = subscription.Plan.Seats,
            PriceUsdCents = cents,
            Variants = first.Variants.ToDictionary(pair => pair.Key, pair => pair.Key == Tier ? subscription.Plan.Tier : pair.Value),
            IpCountry = first.IpCountry,
            IsTest = first.IsTest,
            IsRecurringCharge = true,
            LicenseKey = first.LicenseKey,
            Subscription = subscription,
        };
        subscription.Purchases.Add(sale);
        _sales.Add(sale);
        AnnounceSale(sale, PingResources.Sale, Pace.AfterSale);
        return sale;
    }

    private void Cancel(SubscriptionRecord subscription, CancelledBy by, DateTimeOffset at)
    {
        subscription.CancelledAt = at;
        subscription.CancelledBy = by;
        AnnounceSubscription(PingResources.Cancellation, () => SubscriptionPayload.Cancellation(subscription));
    }

    private void End(SubscriptionRecord subscription, string reason)
    {
        subscription.EndedAt = Now;
        subscription.EndedReason = reason;
        AnnounceSubscription(PingResources.SubscriptionEnded, () => SubscriptionPayload.Ended(subscription));
    }

    private void Restart(SubscriptionRecord subscription)
    {
        subscription.CancelledAt = subscription.EndedAt = null;
        subscription.EndedReason = null;
        AnnounceSubscription(PingResources.SubscriptionRestarted, () => SubscriptionPayload.Restarted(subscription, Now));
    }

    private SubscriptionRecord GetRunning(string subscriptionId)
    {
        var subscription = Subscription(subscriptionId);
        return subscription.EndedAt is null ? subscription : throw new InvalidOperationException("This membership has ended.");
    }

    private SubscriptionRecord Subscription(string subscriptionId) =>
        _subscriptions.GetValueOrDefault(subscriptionId) ?? throw new KeyNotFoundException("There is no such membership.");
}

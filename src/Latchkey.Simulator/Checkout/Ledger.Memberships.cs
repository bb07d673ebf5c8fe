using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <content>How memberships begin, end and come back.</content>
internal sealed partial class Ledger
{
    private const string Cancelled = "cancelled";
    private const string FailedPayment = "failed_payment";
    private const string FixedPeriodEnded = "fixed_subscription_period_ended";

    /// <summary>Cancels at the end of what is paid; failed payments end it at once.</summary>
    public void Cancel(string subscriptionId, CancelledBy by)
    {
        lock (_gate)
        {
            var subscription = GetRunning(subscriptionId);
            if (by is CancelledBy.PaymentFailures)
            {
                Fail(subscription);
                return;
            }

            if (subscription.CancelledAt is not null)
            {
                throw new InvalidOperationException("This membership is cancelled already.");
            }

            var isOverdue = subscription.PaidUntil <= Now;
            Cancel(subscription, by, isOverdue ? Now : subscription.PaidUntil);
            if (isOverdue)
            {
                End(subscription, Cancelled);
            }
        }
    }

    /// <summary>Ends it now, without waiting for the paid period of a cancelled one or the whole of a fixed one to be over.</summary>
    public void End(string subscriptionId)
    {
        lock (_gate)
        {
            var subscription = GetRunning(subscriptionId);
            End(subscription, subscription.CancelledAt is null ? FixedPeriodEnded : Cancelled);
        }
    }

    /// <summary>Takes back a cancellation, or revives what has ended and charges for a new period where the paid one is over.</summary>
    public void Restart(string subscriptionId)
    {
        lock (_gate)
        {
            var subscription = Subscription(subscriptionId);
            if (subscription is { EndedAt: null, CancelledAt: null })
            {
                throw new InvalidOperationException("This membership is running.");
            }

            if (subscription.IsPaidOff)
            {
                throw new InvalidOperationException("All payments of this membership are made.");
            }

            if (subscription.CardDeclines && subscription.PaidUntil <= Now)
            {
                throw new InvalidOperationException(Declined);
            }

            Restart(subscription);
        }
    }

    private void StartSubscription(SaleRecord first, CheckedOrder order)
    {
        var product = order.Product;
        var trialEnd = product.FreeTrialDays is { } days && !order.Order.InInstallments ? first.At.AddDays(days) : (DateTimeOffset?)null;
        var cents = order.Order.InInstallments ? order.PriceUsdCents / product.Installments!.Value : order.PriceUsdCents;
        var subscription = new SubscriptionRecord
        {
            Id = _identities.NewSubscriptionId(),
            Item = first.Item,
            Email = first.Email,
            UserId = first.PurchaserId,
            CreatedAt = first.At,
            CountedFrom = trialEnd ?? first.At,
            FreeTrialEndsAt = trialEnd,
            Plan = new Plan(first.Variants.GetValueOrDefault(PriceList.Tier, ""), first.Quantity, order.Recurrence!, cents),
            ChargeCount = order.Order.InInstallments ? product.Installments : product.ChargeCount,
            IsInstallmentPlan = order.Order.InInstallments,
            Original = first,
            // Who was given a membership has no card on file.
            CardDeclines = first.Giver is not null,
        };
        if (trialEnd is null)
        {
            subscription.MonthsPaid = Recurrences.MonthsOf(order.Recurrence!);
            subscription.Charges = 1;
        }

        first.Subscription = subscription;
        first.Recurrence = order.Recurrence;
        AddPayment(subscription, first);
        _subscriptions.Add(subscription.Id, subscription);
        AwaitPeriodEnd(subscription);
    }

    // What does not divide is in the first one.
    private static int FirstInstallment(CheckedOrder order)
    {
        var count = order.Product.Installments!.Value;
        return (order.PriceUsdCents / count) + (order.PriceUsdCents % count);
    }

    private void Cancel(SubscriptionRecord subscription, CancelledBy by, DateTimeOffset at)
    {
        subscription.CancelledAt = at;
        subscription.CancelledBy = by;
        if (by is not CancelledBy.PaymentFailures)
        {
            subscription.CancelRequestedAt = Now;
        }

        AnnounceSubscription(PingResources.Cancellation, () => SubscriptionPayload.Cancellation(subscription));
    }

    private void End(SubscriptionRecord subscription, string reason)
    {
        subscription.EndedAt = Now;
        subscription.EndedReason = reason;
        AnnounceSubscription(PingResources.SubscriptionEnded, () => SubscriptionPayload.Ended(subscription));
    }

    private void CancelAndEnd(SubscriptionRecord subscription, CancelledBy by, string reason)
    {
        Cancel(subscription, by, Now);
        End(subscription, reason);
    }

    private void Fail(SubscriptionRecord subscription)
    {
        subscription.FailedAt = Now;
        CancelAndEnd(subscription, CancelledBy.PaymentFailures, FailedPayment);
    }

    private void Restart(SubscriptionRecord subscription)
    {
        var hasEnded = subscription.EndedAt is not null;
        subscription.CancelRequestedAt = subscription.CancelledAt = subscription.EndedAt = subscription.FailedAt = null;
        subscription.EndedReason = null;
        subscription.EndedByDisputeOf = null;
        AnnounceSubscription(PingResources.SubscriptionRestarted, () => SubscriptionPayload.Restarted(subscription, Now));
        if (hasEnded && subscription.PaidUntil <= Now)
        {
            subscription.CountedFrom = Now;
            subscription.MonthsPaid = 0;
            PeriodOver(subscription, subscription.PaidUntil);
        }
    }

    private SubscriptionRecord GetRunning(string subscriptionId)
    {
        var subscription = Subscription(subscriptionId);
        return subscription.EndedAt is null ? subscription : throw new InvalidOperationException("This membership has ended.");
    }

    private SubscriptionRecord Subscription(string subscriptionId) =>
        _subscriptions.GetValueOrDefault(subscriptionId) ?? throw new KeyNotFoundException("There is no such membership.");
}

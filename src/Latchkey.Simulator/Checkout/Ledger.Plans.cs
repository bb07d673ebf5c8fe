using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <content>Other tiers, seats and recurrences.</content>
internal sealed partial class Ledger
{
    /// <summary>
    /// Changes what is given and keeps the rest. A plan that is not cheaper begins at once and the difference is charged (with another
    /// recurrence its period begins at once too); a cheaper one waits for the end of the paid period. Only memberships with tiers
    /// announce it.
    /// </summary>
    public void ChangePlan(string subscriptionId, string? tier, int? seats, string? recurrence)
    {
        lock (_gate)
        {
            var subscription = GetRunning(subscriptionId);
            if (subscription.IsInstallmentPlan)
            {
                throw new InvalidOperationException("Installments have no plan to change.");
            }

            if (subscription.CancelledAt is not null)
            {
                throw new InvalidOperationException("This membership is cancelled; restart it first.");
            }

            Change(subscription, PlanOf(subscription, tier, seats, recurrence));
        }
    }

    private static Plan PlanOf(SubscriptionRecord subscription, string? tier, int? seats, string? recurrence)
    {
        var product = subscription.Item.Product;
        var plan = subscription.Plan with
        {
            Tier = tier ?? subscription.Plan.Tier,
            Seats = seats ?? subscription.Plan.Seats,
            Recurrence = recurrence ?? subscription.Plan.Recurrence,
        };
        if (plan.Seats < 1)
        {
            throw new ArgumentException($"Seats: {plan.Seats} cannot be; take at least 1.");
        }

        if (recurrence is not null && !product.Recurrences.Contains(recurrence))
        {
            throw new ArgumentException($"Recurrence: {product.Name} is not paid '{recurrence}'; it is {string.Join(", ", product.Recurrences)}.");
        }

        if (tier is not null && product.Variants.All(category => category.Title != PriceList.Tier))
        {
            throw new ArgumentException($"Tier: {product.Name} has no tiers; leave it out.");
        }

        var first = subscription.Purchases[0];
        var variants = PriceList.Choose(product, WithTier(first.Variants, plan.Tier));
        var cents = PriceList.UnitPriceOf(product, variants, plan.Recurrence) * plan.Seats;
        return plan with { PriceUsdCents = PriceList.Discounted(cents, plan.Seats, first.OfferCode?.Code) };
    }

    private void Change(SubscriptionRecord subscription, Plan after)
    {
        var before = subscription.Plan;
        if (after with { PriceUsdCents = before.PriceUsdCents } == before)
        {
            // Back to what is paid already: a downgrade that waited is taken back, and there is nothing to tell.
            subscription.NextPlan = null;
            return;
        }

        var isUpgrade = after.PriceUsdCents >= before.PriceUsdCents;
        if (before.Tier.Length > 0)
        {
            var effective = isUpgrade ? Now : subscription.PaidUntil;
            AnnounceSubscription(PingResources.SubscriptionUpdated, () => SubscriptionPayload.Updated(subscription, before, after, effective, Shop));
        }

        subscription.NextPlan = isUpgrade ? null : after;
        if (isUpgrade)
        {
            Upgrade(subscription, before, after);
        }
    }

    // Nothing was paid yet in a free trial, and nothing is due for a period that is overdue.
    private void Upgrade(SubscriptionRecord subscription, Plan before, Plan after)
    {
        subscription.Plan = after;
        if (subscription.MonthsPaid == 0 || subscription.PaidUntil <= Now)
        {
            return;
        }

        if (after.Recurrence != before.Recurrence)
        {
            subscription.CountedFrom = Now;
            subscription.MonthsPaid = Recurrences.MonthsOf(after.Recurrence);
            AwaitPeriodEnd(subscription);
        }

        if (after.PriceUsdCents > before.PriceUsdCents)
        {
            subscription.Original = Charge(subscription, after.PriceUsdCents - before.PriceUsdCents, isUpgrade: true);
        }
    }
}

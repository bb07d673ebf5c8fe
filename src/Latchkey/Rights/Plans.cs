using Latchkey.Purchases;

namespace Latchkey.Rights;

/// <summary>A stretch of time in which one plan holds.</summary>
/// <param name="Name">Tells what settings are matched by: the first charge, and what was said of the plan. Null for what is no membership.</param>
/// <param name="AsBought">The plan is the one that was bought.</param>
internal sealed record PlanSpan(DateTimeOffset From, Plan Plan, string? Name, bool AsBought);

/// <summary>
/// Which plan a membership is on, from what was said about changes of it. Upgrades hold at once, downgrades from their effective
/// date unless something came between. A charge that names another tier shows a change whose ping was lost. Pure.
/// </summary>
internal static class Plans
{
    /// <summary>The spans in order of time, those in the future too; the first one begins with the purchase.</summary>
    public static IReadOnlyList<PlanSpan> Of(PurchaseFacts facts)
    {
        var spans = new Walk(BoughtOf(facts), facts);
        foreach (var step in StepsOf(facts).OrderBy(s => s.At).ThenBy(s => s.Charge is null ? 0 : 1))
        {
            spans.Take(step);
        }

        return spans.Finish();
    }

    public static PlanSpan At(IReadOnlyList<PlanSpan> spans, DateTimeOffset now) => spans.LastOrDefault(s => s.From <= now) ?? spans[0];

    /// <summary>Charges may be told late, with the plan of a later day in them: the plan before the first change is what the change says it was.</summary>
    private static Plan BoughtOf(PurchaseFacts facts)
    {
        var first = facts.First;
        var old = facts.Subscription.Changes.Count > 0 ? facts.Subscription.Changes[0].Old : null;
        return new Plan(
            first?.Tier ?? old?.Tier,
            null,
            old is not null && (first?.Tier is null || SameText(old.Tier, first.Tier)) ? old.Recurrence ?? first?.Recurrence : first?.Recurrence,
            first?.Quantity ?? old?.Seats,
            null);
    }

    private static IEnumerable<Step> StepsOf(PurchaseFacts facts) =>
        facts.Subscription.Changes.Select(c => new Step(c.MadeAt, c, null))
            .Concat(facts.Charges.Where(c => c is { Granting: true, SoldAt: not null }).Skip(1).Select(c => new Step(c.SoldAt!.Value, null, c)));

    private static bool SameText(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private sealed record Step(DateTimeOffset At, PlanChangeFact? Change, Charge? Charge);

    private sealed class Walk(Plan bought, PurchaseFacts facts)
    {
        private readonly List<PlanSpan> _spans = [new(DateTimeOffset.MinValue, bought, NameOf(facts, bought, asBought: true), AsBought: true)];
        private (DateTimeOffset At, DateTimeOffset MadeAt, Plan Plan)? _pending;

        private Plan Current => _spans[^1].Plan;

        public void Take(Step step)
        {
            Settle(step.At);
            if (step.Charge is { } charge)
            {
                TakeCharge(step.At, charge);
            }
            else if (step.Change is { IsUpgrade: true } upgrade)
            {
                _pending = null;
                Begin(step.At, Completed(upgrade.New));
            }
            else if (step.Change is { } downgrade && !IsOutdated(downgrade))
            {
                _pending = (downgrade.EffectiveAt, downgrade.MadeAt, downgrade.New);
                Settle(step.At);
            }
        }

        public List<PlanSpan> Finish()
        {
            Settle(DateTimeOffset.MaxValue);
            return _spans;
        }

        private void TakeCharge(DateTimeOffset at, Charge charge)
        {
            if (charge.Tier is { } tier && !SameText(tier, Current.Tier))
            {
                var waiting = _pending;
                _pending = null; // it came early, or what was paid for replaced it
                if (waiting is { } change && SameText(change.Plan.Tier, tier))
                {
                    Begin(at, Completed(change.Plan));
                    return;
                }

                Begin(at, new(tier, null, charge.Recurrence ?? Current.Recurrence, charge.Quantity, null));
            }
            else if (charge.Quantity != Current.Seats)
            {
                Begin(at, Current with { Seats = charge.Quantity });
            }
        }

        /// <summary>A downgrade from a plan that was left before it came: told late, and overtaken by what followed.</summary>
        private bool IsOutdated(PlanChangeFact downgrade) =>
            downgrade.Old is { } old && !old.SameAs(Current) && _spans.SkipLast(1).Any(s => old.SameAs(s.Plan));

        private void Settle(DateTimeOffset upTo)
        {
            if (_pending is { } pending && pending.At <= upTo)
            {
                _pending = null;
                if (!facts.Subscription.Ends.Any(e => e.At > pending.MadeAt && e.At <= pending.At))
                {
                    Begin(pending.At, Completed(pending.Plan));
                }
            }
        }

        /// <summary>What a change does not say stays as it was.</summary>
        private Plan Completed(Plan plan) =>
            plan with { Tier = plan.Tier ?? Current.Tier, Recurrence = plan.Recurrence ?? Current.Recurrence, Seats = plan.Seats ?? Current.Seats };

        private void Begin(DateTimeOffset from, Plan plan)
        {
            var asBought = plan.SameAs(bought);
            _spans.Add(new(from, plan, NameOf(facts, asBought ? bought : plan, asBought), asBought));
        }

        /// <summary>An earlier charge or a change told late gives another name: settings are then matched by what is now known.</summary>
        private static string? NameOf(PurchaseFacts facts, Plan plan, bool asBought) =>
            facts.SubscriptionId is null ? null
            : $"{facts.First?.SaleId}|{plan.Tier?.Trim().ToLowerInvariant()}|{plan.Recurrence}{(asBought ? null : $"|{plan.TierId}|{plan.PriceCents}")}";
    }
}

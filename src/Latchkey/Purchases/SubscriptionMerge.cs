using Latchkey.Gumroad.Events;
using Latchkey.Inbox;

namespace Latchkey.Purchases;

/// <summary>From entries to what they say about a subscription. Equal statements are one; the latest read replaces all that was last seen before it. Pure.</summary>
internal static class SubscriptionMerge
{
    public static SubscriptionFacts Merge(IReadOnlyCollection<Fact> facts)
    {
        var said = facts
            .Where(f => f.Translation is Translation.OfGumroad { Event: SubscriptionSnapshot })
            .Select(f => (f.Entry, Event: (SubscriptionSnapshot)((Translation.OfGumroad)f.Translation).Event))
            .ToList();
        var reads = facts.Where(f => f.Translation is Translation.OfSubscriber)
            .Select(f => (((Translation.OfSubscriber)f.Translation).Read, f.Entry.RepeatKey))
            .OrderBy(r => r.Read.ReadAt).ThenBy(r => Convert.ToHexString(r.RepeatKey), StringComparer.Ordinal)
            .Select(r => r.Read).ToList();
        if (said.Count == 0 && reads.Count == 0)
        {
            return SubscriptionFacts.None;
        }

        var read = reads.LastOrDefault();
        bool Stands(Entry entry) => read is null || entry.LastSeenAt >= read.ReadAt;

        var cancellations = said.Where(s => s.Event is CancellationEvent && Stands(s.Entry))
            .Select(s => CancellationOf(s.Entry, (CancellationEvent)s.Event)).Concat(CancellationsOf(read))
            .GroupBy(c => (c.At, c.ForFailedPayments, c.IsDated)).Select(g => g.MaxBy(c => c.LastSeenAt)!);
        var ends = said.Where(s => s.Event is SubscriptionEndedEvent && Stands(s.Entry))
            .Select(s => EndOf(s.Entry, (SubscriptionEndedEvent)s.Event)).Concat(EndsOf(read))
            .GroupBy(e => (e.At, e.Reason)).Select(g => g.MaxBy(e => e.LastSeenAt)!);
        var restarts = said.Where(s => s.Event is SubscriptionRestartedEvent)
            .Select(s => new RestartFact(((SubscriptionRestartedEvent)s.Event).RestartedAt ?? s.Entry.FirstSeenAt, s.Entry.LastSeenAt))
            .GroupBy(r => r.At).Select(g => g.MaxBy(r => r.LastSeenAt)!);

        return new(
            [.. cancellations.OrderBy(c => c.At).ThenBy(c => c.ForFailedPayments).ThenBy(c => c.IsDated)],
            [.. ends.OrderBy(e => e.At).ThenBy(e => e.Reason)],
            [.. restarts.OrderBy(r => r.At)],
            ChangesOf(said),
            TrialEndOf(said, reads))
        {
            IsTrialKnown = true,
        };
    }

    private static CancellationFact CancellationOf(Entry entry, CancellationEvent said) =>
        new(said.CancelledAt ?? entry.FirstSeenAt, said.By == CancelledBy.PaymentFailures, entry.LastSeenAt, IsDated: said.CancelledAt is not null);

    private static EndFact EndOf(Entry entry, SubscriptionEndedEvent said) => new(
        said.EndedAt ?? entry.FirstSeenAt,
        said.Reason switch
        {
            SubscriptionEndReason.Cancelled => EndReason.Cancelled,
            SubscriptionEndReason.FailedPayment => EndReason.FailedPayment,
            SubscriptionEndReason.FixedPeriodEnded => EndReason.FixedPeriod,
            _ => EndReason.Unknown,
        },
        entry.LastSeenAt);

    private static IEnumerable<CancellationFact> CancellationsOf(SubscriberRead? read) =>
        read is { CancelledAt: { } at } ? [new(at, ForFailedPayments: false, read.ReadAt)] : [];

    private static IEnumerable<EndFact> EndsOf(SubscriberRead? read) => read switch
    {
        { FailedAt: { } failed } => [new(failed, EndReason.FailedPayment, read.ReadAt)],
        { EndedAt: { } ended } => [new(ended, read.Reason, read.ReadAt)],
        _ => [],
    };

    private static List<PlanChangeFact> ChangesOf(List<(Entry Entry, SubscriptionSnapshot Event)> said) =>
    [
        .. said.Where(s => s.Event is SubscriptionUpdatedEvent { NewPlan: not null })
            .Select(s => ChangeOf(s.Entry, (SubscriptionUpdatedEvent)s.Event))
            .GroupBy(c => (c.IsUpgrade, c.EffectiveAt, c.Old, c.New)).Select(g => g.MinBy(c => c.MadeAt)!)
            .OrderBy(c => c.MadeAt).ThenBy(c => c.EffectiveAt).ThenBy(c => c.IsUpgrade).ThenBy(c => $"{c.New} {c.Old}", StringComparer.Ordinal),
    ];

    private static PlanChangeFact ChangeOf(Entry entry, SubscriptionUpdatedEvent said)
    {
        var effective = said.EffectiveAsOf ?? entry.FirstSeenAt;
        return new(
            said.Type == PlanChange.Upgrade,
            effective,
            effective < entry.FirstSeenAt ? effective : entry.FirstSeenAt,
            said.OldPlan is { } old ? PlanOf(old) : null,
            PlanOf(said.NewPlan!));
    }

    private static Plan PlanOf(SubscriptionPlan plan) => new(plan.TierName, plan.TierId, plan.Recurrence, plan.Quantity, plan.PriceCents);

    /// <summary>A trial's end that was said beats silence; of two, the one said last.</summary>
    private static DateTimeOffset? TrialEndOf(List<(Entry Entry, SubscriptionSnapshot Event)> said, List<SubscriberRead> reads) => said
        .Where(s => s.Event.FreeTrialEndsAt is not null)
        .Select(s => (At: s.Event.FreeTrialEndsAt, Seen: s.Entry.LastSeenAt))
        .Concat(reads.Where(r => r.TrialEndsAt is not null).Select(r => (At: r.TrialEndsAt, Seen: r.ReadAt)))
        .OrderBy(t => t.Seen).ThenBy(t => t.At)
        .LastOrDefault().At;
}

using Latchkey.Inbox;
using Latchkey.Products;
using Latchkey.Purchases;

namespace Latchkey.Rights;

/// <summary>When a subscription ends, and why.</summary>
/// <param name="EndsAt">Null while nothing ends it.</param>
/// <param name="GraceFrom">From here on it lives on billing grace.</param>
/// <param name="IsCancelling">A plain cancellation stands: it goes on until <paramref name="EndsAt"/> and no longer.</param>
/// <param name="IsComplete">Everything is paid: the right lasts.</param>
internal sealed record Ending(DateTimeOffset? EndsAt, DateTimeOffset? GraceFrom = null, bool IsCancelling = false, bool IsComplete = false);

/// <summary>
/// Which of the cancellations, ends and restarts stand. A restart overrules what has a date not later than its own; a cancellation
/// with a later date competes with it by when it was last seen, and within a quarter of an hour access is kept. A charge dated
/// after a cancellation or an end shows a restart, whether its ping came or not. Pure.
/// </summary>
internal static class Endings
{
    /// <summary>How long a membership is kept after what is paid has passed, when nothing is heard and nobody can be asked.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromDays(7);

    private static readonly TimeSpan TooCloseToTell = TimeSpan.FromMinutes(15);

    public static Ending Of(PurchaseFacts facts, BakedSettings settings, IReadOnlyList<PaidPeriod> periods)
    {
        var said = facts.Subscription;
        var cancellations = said.Cancellations.Where(c => !IsOverruled(c, facts)).ToList();
        var ends = said.Ends.Where(e => !IsOverruled(e.At, facts)).ToList();
        var paidUntil = PaidPeriods.Until(periods);
        var cut = PaidPeriods.CutAt(periods);

        if (ends.Any(e => e.Reason == EndReason.FixedPeriod) && settings.OnCompleted != OnCompleted.End)
        {
            return new(cut, IsComplete: cut is null);
        }

        var failedFrom = Earliest([.. cancellations.Where(c => c.ForFailedPayments).Select(c => c.At), .. ends.Where(e => e.Reason == EndReason.FailedPayment).Select(e => e.At)]);
        var cancelledAt = Earliest([.. cancellations.Where(c => !c.ForFailedPayments).Select(c => c.IsDated || !(paidUntil > c.At) ? c.At : paidUntil.Value)]);
        var endedAt = Earliest([.. ends.Where(e => e.Reason != EndReason.FailedPayment).Select(e => e.At)]);
        var graceEnds = failedFrom?.PlusDays(settings.BillingGraceDays);
        var silence = facts.CanAsk ? null : paidUntil?.Plus(Slack);
        var end = Earliest([cancelledAt, endedAt, graceEnds, cut]) ?? silence;
        return new(end, failedFrom < end ? failedFrom : null, cancelledAt is not null && cancelledAt == end);
    }

    private static bool IsOverruled(CancellationFact cancellation, PurchaseFacts facts) =>
        IsOverruled(cancellation.At, facts)
        || facts.Subscription.Restarts.Any(r => cancellation.LastSeenAt <= r.LastSeenAt + TooCloseToTell);

    private static bool IsOverruled(DateTimeOffset at, PurchaseFacts facts) =>
        facts.Subscription.Restarts.Any(r => at <= r.At) || facts.Charges.Any(c => c.Granting && c.SoldAt > at);

    private static DateTimeOffset? Earliest(IReadOnlyList<DateTimeOffset?> times) => times.Min();

    private static DateTimeOffset? Earliest(IReadOnlyList<DateTimeOffset> times) => times.Count > 0 ? times.Min() : null;
}

using Latchkey.Licenses;
using Latchkey.Purchases;
using Latchkey.Rights;

namespace Latchkey.Outbox;

/// <summary>What is worth telling about a membership besides what happens to its licenses. Pure.</summary>
internal static class SubscriptionDifferences
{
    /// <param name="rests">What a message rests on, for its key.</param>
    public static IEnumerable<(string Kind, string Cause, string? Detail)> Of(PurchaseBefore before, Purchase after, IReadOnlyList<License> licenses, string rests)
    {
        // What was never announced is not told on: the first thing told about a purchase is its license.
        if (after.SubscriptionId is null || before.Purchase is not { } earlier || !before.Licenses.Any(l => l.Issued))
        {
            yield break;
        }

        foreach (var charge in after.Charges.Where(c => c is { Granting: true, IsRecurring: true } && !earlier.Charges.Any(e => e.Granting && e.SaleId == c.SaleId)))
        {
            yield return (OutboxKinds.SubscriptionRenewed, charge.SaleId, charge.SaleId);
        }

        if (StateKind(earlier.State, after.State) is { } kind)
        {
            yield return (kind, $"{rests}|{after.State}", null);
        }

        if (TierOf(before.Licenses) is { } was && TierOf(licenses) is { } now && was != now)
        {
            yield return (OutboxKinds.SubscriptionTierChanged, $"{rests}|{now}", now);
        }
    }

    private static string? StateKind(PurchaseState before, PurchaseState after) => (before, after) switch
    {
        _ when before == after => null,
        (_, PurchaseState.Cancelling) => OutboxKinds.SubscriptionCancelling,
        (_, PurchaseState.Ended) => OutboxKinds.SubscriptionEnded,
        (PurchaseState.Cancelling or PurchaseState.Ended or PurchaseState.PastDue, PurchaseState.Active or PurchaseState.Trialing) => OutboxKinds.SubscriptionRestarted,
        _ => null,
    };

    private static string? TierOf(IReadOnlyList<License> licenses) => licenses is [var first, ..] ? first.KeyType : null;
}

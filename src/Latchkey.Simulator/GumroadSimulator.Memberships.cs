namespace Latchkey.Simulator;

/// <content>What members do. The clock renews, ends and charges by itself; these come before their time.</content>
public sealed partial class GumroadSimulator
{
    /// <summary>The next payment of a membership: a new sale with <c>is_recurring_charge=true</c>, the same license key. It pays for the period after the paid one.</summary>
    public Task<SimulatedSale> RenewAsync(string subscriptionId, CancellationToken ct = default) => Now(() => Ledger.Renew(subscriptionId), ct);

    /// <summary>Cancels a membership, which goes on until the paid period is over. Failed payments end it at once.</summary>
    public Task CancelAsync(string subscriptionId, CancelledBy by = CancelledBy.Buyer, CancellationToken ct = default) =>
        Now(() => Ledger.Cancel(subscriptionId, by), ct);

    /// <summary>Ends a membership now: as cancelled if it was, otherwise as one of fixed length that ran out.</summary>
    public Task EndAsync(string subscriptionId, CancellationToken ct = default) => Now(() => Ledger.End(subscriptionId), ct);

    /// <summary>Brings back a membership that was cancelled or has ended. Where the paid period is over a new one is charged.</summary>
    public Task RestartAsync(string subscriptionId, CancellationToken ct = default) => Now(() => Ledger.Restart(subscriptionId), ct);

    /// <summary>Moves a membership to another tier, number of seats or recurrence; null keeps. An upgrade is charged at once, a downgrade waits for the next renewal.</summary>
    public Task ChangePlanAsync(string subscriptionId, string? tier = null, int? seats = null, string? recurrence = null, CancellationToken ct = default) =>
        Now(() => Ledger.ChangePlan(subscriptionId, tier, seats, recurrence), ct);

    /// <summary>
    /// Lets the card refuse (or accept) charges from now on. Refused renewals send nothing until the membership fails after five
    /// days; accepted again before, an overdue one is charged at once.
    /// </summary>
    public Task DeclineCardAsync(string subscriptionId, bool declines = true, CancellationToken ct = default) =>
        Now(() => Ledger.DeclineCard(subscriptionId, declines), ct);
}

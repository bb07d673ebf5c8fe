namespace Latchkey.Simulator;

/// <content>What buyers, sellers and banks do.</content>
public sealed partial class GumroadSimulator
{
    /// <summary>Buys. A membership starts with it.</summary>
    /// <exception cref="ArgumentException">No such product or choice, no address, or a quantity below 1.</exception>
    public Task<SimulatedSale> BuyAsync(BuyOrder order, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Now(() => _ledger.Buy(order), ct);
    }

    /// <summary>Refunds all that is left. The refund of a gift is announced by no ping, as with Gumroad.</summary>
    public Task<SimulatedSale> RefundAsync(string saleId, CancellationToken ct = default) => Now(() => _ledger.Refund(saleId, cents: null), ct);

    /// <summary>Refunds USD cents, 1 to what is left. The ping says neither the amount nor, before the last cent, <c>refunded=true</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than is left, or less than 1.</exception>
    public Task<SimulatedSale> PartialRefundAsync(string saleId, int cents, CancellationToken ct = default) => Now(() => _ledger.Refund(saleId, cents), ct);

    /// <summary>The buyer's bank takes the money back. A membership is cancelled and ended by it.</summary>
    public Task<SimulatedSale> DisputeAsync(string saleId, CancellationToken ct = default) => Now(() => _ledger.Dispute(saleId), ct);

    /// <summary>The bank decides for the seller. A membership restarts.</summary>
    public Task<SimulatedSale> WinDisputeAsync(string saleId, CancellationToken ct = default) => Now(() => _ledger.WinDispute(saleId), ct);

    /// <summary>The next payment of a membership: a new sale with <c>is_recurring_charge=true</c>, the same license key.</summary>
    public Task<SimulatedSale> RenewAsync(string subscriptionId, CancellationToken ct = default) => Now(() => _ledger.Renew(subscriptionId), ct);

    /// <summary>Cancels a membership. It goes on until <see cref="EndAsync"/>, which the simulator does not do by itself.</summary>
    public Task CancelAsync(string subscriptionId, CancelledBy by = CancelledBy.Buyer, CancellationToken ct = default) =>
        Now(() => _ledger.Cancel(subscriptionId, by), ct);

    /// <summary>Ends a membership: as cancelled if it was, otherwise as one of fixed length that ran out.</summary>
    public Task EndAsync(string subscriptionId, CancellationToken ct = default) => Now(() => _ledger.End(subscriptionId), ct);

    /// <summary>Brings back a membership that was cancelled or has ended.</summary>
    public Task RestartAsync(string subscriptionId, CancellationToken ct = default) => Now(() => _ledger.Restart(subscriptionId), ct);

    /// <summary>Moves a membership to another tier or number of seats. An upgrade is charged at once, a downgrade waits for the next renewal.</summary>
    public Task ChangePlanAsync(string subscriptionId, string tier, int? seats = null, CancellationToken ct = default) =>
        Now(() => _ledger.ChangePlan(subscriptionId, tier, seats), ct);
}

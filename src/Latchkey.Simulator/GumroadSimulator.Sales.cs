namespace Latchkey.Simulator;

/// <content>What buyers, sellers and banks do.</content>
public sealed partial class GumroadSimulator
{
    /// <summary>Buys. A membership starts with it, a bundle brings a sale for each product in it, a pre-order is an authorization until the release.</summary>
    /// <exception cref="ArgumentException">The order cannot be carried out: no such product, choice or code, sold out, an address or a required field missing.</exception>
    public Task<SimulatedSale> BuyAsync(BuyOrder order, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        return Now(() => Ledger.Buy(order), ct);
    }

    /// <summary>Refunds all that is left. The refund of a gift is announced by no ping, as with Gumroad.</summary>
    public Task<SimulatedSale> RefundAsync(string saleId, CancellationToken ct = default) => Now(() => Ledger.Refund(saleId, cents: null), ct);

    /// <summary>Refunds USD cents, 1 to what is left. The ping says neither the amount nor, before the last cent, <c>refunded=true</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than is left, or less than 1.</exception>
    public Task<SimulatedSale> PartialRefundAsync(string saleId, int cents, CancellationToken ct = default) => Now(() => Ledger.Refund(saleId, cents), ct);

    /// <summary>The buyer's bank takes the money back. A membership is cancelled and ended by it.</summary>
    public Task<SimulatedSale> DisputeAsync(string saleId, CancellationToken ct = default) => Now(() => Ledger.Dispute(saleId), ct);

    /// <summary>The bank decides for the seller. A membership that the dispute ended restarts.</summary>
    public Task<SimulatedSale> WinDisputeAsync(string saleId, CancellationToken ct = default) => Now(() => Ledger.WinDispute(saleId), ct);

    /// <summary>Releases a pre-ordered product before its time: each authorization becomes a sale with a key.</summary>
    public Task ReleaseAsync(string permalink, CancellationToken ct = default) => Now(() => Ledger.Release(permalink), ct);

    // The ledger answers at once; the tasks leave room for a simulator that lives elsewhere.
    private static Task<T> Now<T>(Func<T> change, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(change());
    }

    private static Task Now(Action change, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        change();
        return Task.CompletedTask;
    }
}

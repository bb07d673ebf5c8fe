namespace Latchkey.Simulator.Checkout;

/// <summary>A discount code and how much of it is used, changed under the ledger's lock only.</summary>
internal sealed class OfferCodeRecord(string id, SimulatedOfferCode code)
{
    public string Id { get; } = id;

    public SimulatedOfferCode Code { get; set; } = code;

    /// <summary>Sums quantity, as Gumroad does.</summary>
    public int TimesUsed { get; set; }

    public bool IsDeleted { get; set; }
}

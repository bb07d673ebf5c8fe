namespace Latchkey.Contracts.Leases;

/// <summary>What became of a purchase result's text.</summary>
public abstract record PurchaseResultReading
{
    private PurchaseResultReading()
    {
    }

    /// <summary>Signed by a known key. Whether it is meant for this app and moment is not yet checked.</summary>
    public sealed record Ok(PurchaseResultClaims Claims) : PurchaseResultReading;

    /// <summary>Not to be believed in anything.</summary>
    public sealed record Refused(LeaseFault Fault) : PurchaseResultReading;
}

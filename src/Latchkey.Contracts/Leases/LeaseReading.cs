namespace Latchkey.Contracts.Leases;

/// <summary>What became of a lease's text.</summary>
public abstract record LeaseReading
{
    private LeaseReading()
    {
    }

    /// <summary>Signed by a known key. Whether it is meant for this app, device and moment is not yet checked.</summary>
    public sealed record Ok(LeaseClaims Claims) : LeaseReading;

    /// <summary>Not to be believed in anything.</summary>
    public sealed record Refused(LeaseFault Fault) : LeaseReading;
}

namespace Latchkey.Contracts.Leases;

/// <summary>What became of a keyset's text.</summary>
public abstract record KeysetReading
{
    private KeysetReading()
    {
    }

    /// <summary>Signed by one of the roots.</summary>
    public sealed record Ok(KeysetClaims Claims) : KeysetReading;

    /// <summary>Not to be believed in anything.</summary>
    public sealed record Refused(LeaseFault Fault) : KeysetReading;
}

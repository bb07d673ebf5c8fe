namespace Latchkey.Contracts.Leases;

/// <summary>What became of a subject token's text.</summary>
public abstract record SubjectReading
{
    private SubjectReading()
    {
    }

    /// <summary>Signed by a known key. Whether it is meant for this tenant, subject and moment is not yet checked.</summary>
    public sealed record Ok(SubjectClaims Claims) : SubjectReading;

    /// <summary>Not to be believed in anything.</summary>
    public sealed record Refused(LeaseFault Fault) : SubjectReading;
}

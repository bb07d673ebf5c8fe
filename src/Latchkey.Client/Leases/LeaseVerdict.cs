using Latchkey.Contracts.Leases;

namespace Latchkey.Client;

/// <summary>What became of a lease that came, or was stored.</summary>
internal abstract record LeaseVerdict
{
    private LeaseVerdict()
    {
    }

    public sealed record Accepted(LeaseClaims Claims) : LeaseVerdict;

    public sealed record Ignored(ClientCheck Check, LeaseFault? Fault = null) : LeaseVerdict;
}

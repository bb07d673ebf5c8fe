using Latchkey.Contracts.Leases;

namespace Latchkey.Client;

/// <summary>What a lease must say to be ours. A null is not asked for.</summary>
internal sealed record LeaseExpectation(string Issuer, string Product, string KeyHash, string DeviceHash)
{
    /// <summary>The activation that is stored.</summary>
    public string? Activation { get; init; }

    /// <summary>The nonce that was sent.</summary>
    public string? Nonce { get; init; }

    /// <summary>The lease that is stored, as text and as claims: a newer one of the same activation must follow it.</summary>
    public (string Text, LeaseClaims Claims)? Stored { get; init; }
}

using Latchkey.Contracts.Keys;

namespace Latchkey.Client;

/// <summary>What this app on this device is, as leases name it.</summary>
/// <param name="Issuer">The tenant's issuer address.</param>
/// <param name="Product">The product's code.</param>
/// <param name="DeviceHash">What the server may know of the device.</param>
/// <param name="Roots">The root public keys built into the app.</param>
internal sealed record ClientIdentity(string Issuer, string Product, string DeviceHash, IReadOnlyList<byte[]> Roots)
{
    /// <summary>What a lease for this key must say. Generated and foreign keys are hashed alike.</summary>
    public LeaseExpectation Expect(string key) => new(Issuer, Product, ForeignKey.Hash(key), DeviceHash);
}

namespace Latchkey.Contracts.Leases;

/// <summary>The public keys a reader trusts.</summary>
public interface ILeaseKeys
{
    /// <summary>Looks up a key by its name.</summary>
    /// <param name="kid">The name in the token's header.</param>
    /// <param name="publicKey">32 bytes if the key is usable; else empty.</param>
    LeaseKeyState Find(string kid, out byte[] publicKey);
}

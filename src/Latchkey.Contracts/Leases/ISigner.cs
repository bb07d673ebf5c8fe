namespace Latchkey.Contracts.Leases;

/// <summary>Holds a private key and signs with it.</summary>
public interface ISigner
{
    /// <summary>The name under which verifiers find the public key (<c>kid</c>).</summary>
    string KeyId { get; }

    /// <summary>The 64 bytes of an Ed25519 signature over the message.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}

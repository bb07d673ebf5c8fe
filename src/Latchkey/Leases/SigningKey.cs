using Latchkey.Contracts.Leases;
using Latchkey.Keys;

namespace Latchkey.Leases;

internal enum SigningKeyRole
{
    /// <summary>Signs leases.</summary>
    Lease,

    /// <summary>Signs keysets; its public half is built into apps.</summary>
    Root,
}

/// <summary>A signing key as it is kept.</summary>
/// <param name="WrappedSeed">The private half under the master key; null once it was taken offline.</param>
/// <param name="CurrentFrom">When it becomes the key that signs. Always in the past for a root.</param>
internal sealed record SigningKeyRow(
    string KeyId,
    SigningKeyRole Role,
    byte[] PublicKey,
    byte[]? WrappedSeed,
    DateTimeOffset CreatedAt,
    DateTimeOffset CurrentFrom,
    DateTimeOffset? WithdrawnAt = null);

/// <summary>A signing key ready for use. <see cref="Signer"/> is null when its private half is kept offline.</summary>
internal sealed record SigningKey(SigningKeyRow Row, ISigner? Signer)
{
    public string KeyId => Row.KeyId;

    public static SigningKey Unwrap(MasterKey master, string tenant, SigningKeyRow row) => new(
        row,
        row.WrappedSeed is { } wrapped ? new Ed25519Signer(row.KeyId, master.Unwrap(wrapped, Purpose(tenant, row.KeyId))) : null);

    public static string Purpose(string tenant, string keyId) => $"tenant:{tenant}:signing:{keyId}";
}

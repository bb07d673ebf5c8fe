using System.Security.Cryptography;
using Latchkey.Contracts.Keys;
using Latchkey.Contracts.Leases;
using Latchkey.Keys;

namespace Latchkey.Leases;

internal enum SigningKeyStatus
{
    Next,
    Current,
    Old,
    Withdrawn,

    /// <summary>Its last lease has passed its grace; it is no longer published.</summary>
    Dropped,
}

/// <summary>Making and rotating signing keys. A key's status follows from times alone, so nothing has to be swept.</summary>
internal static class SigningKeys
{
    /// <summary>The first keys of a tenant: one for leases and two roots, so that an app that builds in both can outlive one of them.</summary>
    public static IReadOnlyList<SigningKeyRow> CreateFirst(MasterKey master, string tenant, DateTimeOffset now) =>
    [
        Create(master, tenant, SigningKeyRole.Lease, now, now),
        Create(master, tenant, SigningKeyRole.Root, now, now),
        Create(master, tenant, SigningKeyRole.Root, now, now),
    ];

    public static SigningKeyRow Create(MasterKey master, string tenant, SigningKeyRole role, DateTimeOffset now, DateTimeOffset currentFrom)
    {
        var seed = RandomNumberGenerator.GetBytes(32);
        var keyId = (role == SigningKeyRole.Root ? "r" : "k") + Crockford32.EncodeLower(RandomNumberGenerator.GetBytes(10), 80);
        return new SigningKeyRow(keyId, role, Ed25519.PublicKey(seed), master.Wrap(seed, SigningKey.Purpose(tenant, keyId)), now, currentFrom);
    }

    /// <param name="all">All keys of the tenant.</param>
    /// <param name="life">How long a lease can live: lease days plus grace of the longest key type.</param>
    public static SigningKeyStatus StatusOf(SigningKeyRow key, IEnumerable<SigningKeyRow> all, DateTimeOffset now, TimeSpan life)
    {
        if (key.WithdrawnAt is not null)
        {
            return SigningKeyStatus.Withdrawn;
        }

        if (now < key.CurrentFrom)
        {
            return SigningKeyStatus.Next;
        }

        var successor = all
            .Where(k => k.Role == key.Role && k.WithdrawnAt is null && IsAfter(k, key) && k.CurrentFrom <= now)
            .MinBy(k => k.CurrentFrom);
        return successor is null ? SigningKeyStatus.Current
            : now < successor.CurrentFrom + life ? SigningKeyStatus.Old
            : SigningKeyStatus.Dropped;
    }

    /// <summary>The key that signs leases now.</summary>
    /// <exception cref="InvalidOperationException">Every key was withdrawn.</exception>
    public static ISigner Current(IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        keys.Where(k => k.Row.Role == SigningKeyRole.Lease && k.Row.WithdrawnAt is null && k.Row.CurrentFrom <= now && k.Signer is not null)
            .OrderBy(k => k.Row.CurrentFrom).ThenBy(k => k.KeyId, StringComparer.Ordinal)
            .LastOrDefault()?.Signer
        ?? throw new InvalidOperationException("The tenant has no signing key in use; rotate its keys.");

    private static bool IsAfter(SigningKeyRow a, SigningKeyRow b) =>
        a.CurrentFrom > b.CurrentFrom || (a.CurrentFrom == b.CurrentFrom && string.CompareOrdinal(a.KeyId, b.KeyId) > 0);
}

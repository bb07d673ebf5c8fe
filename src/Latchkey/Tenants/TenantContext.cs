using System.Security.Cryptography;
using Latchkey.Keys;
using Latchkey.Leases;
using Latchkey.Products;

namespace Latchkey.Tenants;

/// <summary>
/// Everything about a tenant that requests and folds need, read once and then shared: immutable, replaced as a whole when anything in it changes.
/// </summary>
/// <param name="Version">Rises with every change of the tenant's settings in the store.</param>
internal sealed record TenantContext(
    Tenant Tenant,
    Integration Integration,
    int Version,
    IReadOnlyList<AccessToken> Tokens,
    IReadOnlyDictionary<string, Product> Products,
    IReadOnlyDictionary<(string Product, string KeyType), KeyType> KeyTypes,
    RuleSet Rules,
    TenantSecrets Secrets,
    IReadOnlyList<SigningKey> SigningKeys)
{
    public string Id => Tenant.Id;

    /// <summary>Signs user ids that pass through Gumroad; null: they are taken unsigned.</summary>
    public byte[]? SubjectSecret { get; } = IntegrationSecrets.Open(Tenant.Id, Secrets, IntegrationSecrets.SubjectPurpose, Integration.SealedSubjectSecret);

    public bool TakesPings => Integration.Enabled && Tenant.State != TenantState.Closed;
}

/// <summary>A tenant's secrets, unwrapped, in memory.</summary>
internal sealed class TenantSecrets
{
    public TenantSecrets(byte[] derivation, byte[] data)
    {
        Derivation = new KeyDerivation(derivation);
        Data = data;
        Repeat = HKDF.DeriveKey(HashAlgorithmName.SHA256, data, 32, info: "latchkey repeat key"u8.ToArray());
        Links = HKDF.DeriveKey(HashAlgorithmName.SHA256, data, 32, info: "latchkey purchase links"u8.ToArray());
    }

    public KeyDerivation Derivation { get; }

    /// <summary>Seals ping bodies and the tenant's other texts.</summary>
    public byte[] Data { get; }

    /// <summary>Keys the hash by which exact repeats are recognized.</summary>
    public byte[] Repeat { get; }

    /// <summary>Seals the names of purchase links.</summary>
    public byte[] Links { get; }

    public static WrappedSecrets CreateWrapped(MasterKey master, string tenant) => new(
        master.Wrap(RandomNumberGenerator.GetBytes(32), DerivationPurpose(tenant)),
        master.Wrap(RandomNumberGenerator.GetBytes(32), DataPurpose(tenant)));

    public static TenantSecrets Unwrap(MasterKey master, string tenant, WrappedSecrets wrapped) => new(
        master.Unwrap(wrapped.Derivation, DerivationPurpose(tenant)),
        master.Unwrap(wrapped.Data, DataPurpose(tenant)));

    private static string DerivationPurpose(string tenant) => $"tenant:{tenant}:derivation";

    private static string DataPurpose(string tenant) => $"tenant:{tenant}:data";
}

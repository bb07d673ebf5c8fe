namespace Latchkey.Tenants;

internal enum TenantState
{
    Active,

    /// <summary>Pings are stored and held; the apps of buyers go on validating.</summary>
    Suspended,

    /// <summary>Nothing is received any more; the apps of buyers go on validating.</summary>
    Closed,
}

/// <summary>One seller's account in this installation.</summary>
/// <param name="Id">Chosen when it is made: 2 to 40 of <c>a-z 0-9 -</c>, a letter first.</param>
/// <param name="Issuer">The <c>iss</c> of its leases: fixed when the tenant is made, because apps pin it.</param>
internal sealed record Tenant(string Id, string Name, TenantState State, string Issuer, DateTimeOffset CreatedAt)
{
    public static bool IsValidId(string? id) =>
        id is { Length: >= 2 and <= 40 } && id[0] is >= 'a' and <= 'z' && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}

/// <summary>A tenant's own secrets as they stand in the store: wrapped by the master key.</summary>
internal sealed record WrappedSecrets(byte[] Derivation, byte[] Data);

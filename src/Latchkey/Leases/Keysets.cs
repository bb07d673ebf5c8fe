using Latchkey.Contracts.Leases;
using Latchkey.Tenants;

namespace Latchkey.Leases;

/// <summary>The public halves, as apps and generic libraries fetch them.</summary>
internal static class Keysets
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    // 90 days and 90 of grace: a lease signed under settings that have changed since may live so long.
    private static readonly TimeSpan LongestLeaseLife = TimeSpan.FromDays(180);

    /// <summary>How long a lease of this tenant can live, from its longest key type; at least two weeks.</summary>
    public static TimeSpan LeaseLife(TenantContext tenant) =>
        TimeSpan.FromDays(tenant.KeyTypes.Values.Select(k => k.LeaseDays + k.LeaseGraceDays).Append(14).Max());

    /// <summary>Signed by the tenant's online root, so that an app that pins the root can trust it over any network.</summary>
    public static string Signed(TenantContext tenant, DateTimeOffset now)
    {
        var root = tenant.SigningKeys.FirstOrDefault(k => k.Row.Role == SigningKeyRole.Root && k.Row.WithdrawnAt is null && k.Signer is not null)
            ?? throw new InvalidOperationException("The tenant has no root key online to sign its keyset.");
        var claims = new KeysetClaims
        {
            Iss = tenant.Tenant.Issuer,
            Seq = now.ToUnixTimeMilliseconds(),
            Iat = now.ToUnixTimeSeconds(),
            Exp = (now + Life).ToUnixTimeSeconds(),
            Keys = Published(tenant, now, withWithdrawn: true),
        };
        return KeysetToken.Write(claims, root.Signer!);
    }

    /// <summary>The plain JWK set: keys that may have signed a lease that still counts.</summary>
    public static JwkSet Jwks(TenantContext tenant, DateTimeOffset now) =>
        new() { Keys = [.. Published(tenant, now, withWithdrawn: false).Select(k => k with { Status = null })] };

    /// <summary>The root public keys an app builds in.</summary>
    public static IReadOnlyList<Jwk> Roots(TenantContext tenant) =>
        [.. tenant.SigningKeys.Where(k => k.Row.Role == SigningKeyRole.Root && k.Row.WithdrawnAt is null).Select(k => Jwk.Of(k.KeyId, k.Row.PublicKey))];

    private static List<Jwk> Published(TenantContext tenant, DateTimeOffset now, bool withWithdrawn)
    {
        var rows = tenant.SigningKeys.Select(k => k.Row).Where(k => k.Role == SigningKeyRole.Lease).ToList();
        return [.. rows
            .Select(k => (Key: k, Status: SigningKeys.StatusOf(k, rows, now, LongestLeaseLife)))
            .Where(k => k.Status != SigningKeyStatus.Dropped && (withWithdrawn || k.Status != SigningKeyStatus.Withdrawn))
            .OrderBy(k => k.Key.CurrentFrom)
            .Select(k => Jwk.Of(k.Key.KeyId, k.Key.PublicKey, StatusText(k.Status)))];
    }

    private static string StatusText(SigningKeyStatus status) => status switch
    {
        SigningKeyStatus.Next => JwkStatus.Next,
        SigningKeyStatus.Current => JwkStatus.Current,
        SigningKeyStatus.Old => JwkStatus.Old,
        _ => JwkStatus.Withdrawn,
    };
}

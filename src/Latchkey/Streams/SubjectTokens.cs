using Latchkey.Contracts.Leases;
using Latchkey.Leases;
using Latchkey.Tenants;

namespace Latchkey.Streams;

/// <summary>Makes and checks the tokens with which a browser reads what one subject may do.</summary>
internal static class SubjectTokens
{
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    public static string Issue(TenantContext tenant, string subject, DateTimeOffset now, TimeSpan life)
    {
        var claims = new SubjectClaims
        {
            Iss = tenant.Tenant.Issuer,
            Aud = SubjectClaims.Audience,
            Sub = subject,
            Iat = now.ToUnixTimeSeconds(),
            Exp = now.ToUnixTimeSeconds() + (long)life.TotalSeconds,
        };
        return SubjectToken.Write(claims, SigningKeys.Current(tenant.SigningKeys, now));
    }

    /// <returns>Whom the token is for and when it ends; null when it is none of this tenant's, or has ended.</returns>
    public static (string Subject, DateTimeOffset EndsAt)? Match(TenantContext tenant, string? bearer, DateTimeOffset now)
    {
        // A signed token and nothing else has two dots.
        if (bearer is null || bearer.AsSpan().Count('.') != 2
            || SubjectToken.Read(bearer, new KeysOf(tenant)) is not SubjectReading.Ok { Claims: var claims }
            || claims.Iss != tenant.Tenant.Issuer || claims.Aud != SubjectClaims.Audience)
        {
            return null;
        }

        var seconds = now.ToUnixTimeSeconds();
        return claims.Exp > seconds && claims.Exp - claims.Iat <= LongestLife.TotalSeconds
            ? (claims.Sub, DateTimeOffset.FromUnixTimeSeconds(claims.Exp))
            : null;
    }

    private sealed class KeysOf(TenantContext tenant) : ILeaseKeys
    {
        public LeaseKeyState Find(string kid, out byte[] publicKey)
        {
            var key = tenant.SigningKeys.FirstOrDefault(k => k.KeyId == kid && k.Row.Role == SigningKeyRole.Lease)?.Row;
            var state = key is null ? LeaseKeyState.Unknown : key.WithdrawnAt is null ? LeaseKeyState.Usable : LeaseKeyState.Withdrawn;
            publicKey = state == LeaseKeyState.Usable ? key!.PublicKey : [];
            return state;
        }
    }
}

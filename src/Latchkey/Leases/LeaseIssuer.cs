using System.Security.Cryptography;
using System.Text;
using Latchkey.Contracts.Leases;
using Latchkey.Licenses;
using Latchkey.Rights;
using Latchkey.Tenants;

namespace Latchkey.Leases;

/// <summary>What a lease says besides what its license says.</summary>
/// <param name="Device">The hash of the asking device.</param>
/// <param name="Nonce">The client's, to prove freshness.</param>
internal sealed record LeaseQuestion(string Activation, string KeyHash, string Device, string? Nonce);

/// <summary>Signs leases. A refusal is a lease too: signed, without entitlements, with its reason.</summary>
internal static class LeaseIssuer
{
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromHours(6);

    /// <param name="seq">Greater than that of every lease of this activation before.</param>
    public static string Issue(TenantContext tenant, License license, Standing standing, LeaseQuestion question, long seq, DateTimeOffset now) =>
        LeaseToken.Write(ClaimsOf(tenant, license, standing, question, seq, now), SigningKeys.Current(tenant.SigningKeys, now));

    public static LeaseClaims ClaimsOf(TenantContext tenant, License license, Standing standing, LeaseQuestion question, long seq, DateTimeOffset now)
    {
        var fresh = now.AddDays(license.LeaseDays);
        var usable = standing.IsUsable;
        var exp = usable ? Earlier(fresh, license.Terms.EndsAt) : fresh;
        var grc = usable ? Earlier(fresh.AddDays(license.LeaseGraceDays), license.Terms.EndsAt) : fresh;
        return new LeaseClaims
        {
            Iss = tenant.Tenant.Issuer,
            Aud = license.Product,
            Sub = license.Id,
            Act = question.Activation,
            Key = question.KeyHash,
            Dev = question.Device,
            Seq = seq,
            Iat = now.ToUnixTimeSeconds(),
            Rfr = RefreshAt(question.Activation, now, exp).ToUnixTimeSeconds(),
            Exp = exp.ToUnixTimeSeconds(),
            Grc = grc.ToUnixTimeSeconds(),
            Pxp = (license.PaidUntil ?? license.Terms.EndsAt)?.ToUnixTimeSeconds(),
            St = standing.LeaseState,
            Rsn = standing.Reason,
            Tier = usable ? license.Tier : null,
            Rank = usable ? license.Rank : 0,
            Ent = usable ? license.Entitlements : standing.State == LicenseState.Limited ? license.Terms.KeptAfterEnd! : [],
            Test = license.Test,
            Non = question.Nonce,
        };
    }

    /// <summary>Six hours on, spread by ±10 % so that devices do not come all at once; never later than halfway through a short lease.</summary>
    private static DateTimeOffset RefreshAt(string activation, DateTimeOffset now, DateTimeOffset exp)
    {
        var spread = (SHA256.HashData(Encoding.UTF8.GetBytes(activation))[0] / 255.0 * 0.2) + 0.9;
        var wanted = now + (RefreshAfter * spread);
        var halfway = now + ((exp - now) / 2);
        return halfway < wanted ? halfway : wanted;
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset? b) => b < a ? b.Value : a;
}

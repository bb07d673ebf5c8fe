using Latchkey.Contracts.Leases;
using Latchkey.Leases;
using Latchkey.Outbox;
using Latchkey.PurchaseLinks;
using Latchkey.Tenants;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>What an app is told when its user comes back: signed, so that nobody can write it into the address himself.</summary>
internal static class PurchaseResults
{
    public const string LinkParameter = "latchkey_link";
    public const string ResultParameter = "latchkey_result";
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <returns>The return address with the result; null when the link has none.</returns>
    public static string? AddressOf(TenantContext tenant, PurchaseLink link, LinkStanding standing, DateTimeOffset now)
    {
        if (link.ReturnUrl is not { } url)
        {
            return null;
        }

        var address = new UriBuilder(url);
        var ours = $"{LinkParameter}={link.Id}&{ResultParameter}={Issue(tenant, link, standing, now)}";
        address.Query = address.Query.Length > 1 ? $"{address.Query}&{ours}" : ours;
        return address.Uri.AbsoluteUri;
    }

    /// <param name="token">A result that somebody brought back.</param>
    /// <param name="audience">The origin of the app that asks.</param>
    /// <returns>Null when it is none of this tenant's, is for another app, or has ended.</returns>
    public static PurchaseResultClaims? Read(TenantContext tenant, string? token, string audience, DateTimeOffset now) =>
        PurchaseResultToken.Read(token, new KeysOf(tenant)) is PurchaseResultReading.Ok { Claims: var claims }
        && claims.Iss == tenant.Tenant.Issuer && claims.Aud == audience && claims.Exp > now.ToUnixTimeSeconds()
            ? claims
            : null;

    /// <summary>Of an address: scheme, host and port, as browsers send it.</summary>
    public static string OriginOf(string url) => new Uri(url).GetLeftPart(UriPartial.Authority);

    /// <summary>What to do once for a redeemed link by: the id of the message that tells of it in streams and webhooks.</summary>
    public static string KeyOf(PurchaseLink link) => OutboxIds.Of(new OutboxMessage(
        link.Tenant, $"{OutboxKinds.PurchaseLinkRedeemed}|{link.Id}", OutboxKinds.PurchaseLinkRedeemed, null, link.Purchase, link.Id, link.CreatedAt));

    private static string Issue(TenantContext tenant, PurchaseLink link, LinkStanding standing, DateTimeOffset now)
    {
        // Whoever comes back before anything was paid has not paid: that is a result too.
        var state = standing.State == LinkStanding.Preparing ? LinkStanding.Open : standing.State;
        var reason = state == LinkStanding.Open ? LinkReasons.NotPaid : standing.Reason;
        var claims = new PurchaseResultClaims
        {
            Iss = tenant.Tenant.Issuer,
            Aud = OriginOf(link.ReturnUrl!),
            Sub = link.Subject,
            Link = link.Id,
            Purchase = state == LinkStanding.Redeemed ? link.Purchase : null,
            State = state,
            Reason = reason,
            Iat = now.ToUnixTimeSeconds(),
            Exp = (now + Life).ToUnixTimeSeconds(),
            Jti = reason is null ? KeyOf(link) : $"{link.Id}:{reason}",
        };
        return PurchaseResultToken.Write(claims, SigningKeys.Current(tenant.SigningKeys, now));
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

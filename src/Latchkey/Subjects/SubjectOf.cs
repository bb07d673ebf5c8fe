using System.Security.Cryptography;
using System.Text;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Subjects;

/// <summary>
/// Whom a purchase belongs to: the seller's own user, when his id was passed through Gumroad, else the e-mail address. A buyer can
/// edit what passes through an address bar, so a tenant may require a signature. Pure.
/// </summary>
internal static class SubjectOf
{
    private const int LongestUser = 128;
    private const int SignatureBytes = 16;

    /// <summary>Whom the link that sold it names; the user it was granted to, for good; else whom its sales name now. Null while not even an address is known.</summary>
    public static string? Purchase(TenantContext tenant, PurchaseFacts facts) =>
        facts.Redemption?.Subject is { } buyer ? buyer
        : (facts.User ?? UserOf(tenant, facts.Charges)) is { } user ? Subject.User(user)
        : facts.First?.Email is { } email ? Subject.Email(email)
        : null;

    /// <summary>What the seller's app puts behind the parameter: the id, a dot, and the first 16 bytes of HMAC-SHA256 over it, base64url.</summary>
    public static string Sign(byte[] secret, string user) => $"{user}.{SignatureOf(secret, user)}";

    /// <summary>The user whom the sales name, signed where that is asked for; null when they name none.</summary>
    public static string? UserOf(TenantContext tenant, IReadOnlyList<Charge> charges)
    {
        if (tenant.Integration.Subject is not { } field)
        {
            return null;
        }

        return charges
            .Where(c => c.Granting)
            .Select(c => (field.From == SubjectSource.UrlParam ? c.UrlParams : c.CustomFields)?.GetValueOrDefault(field.Name)?.Trim())
            .Select(said => said is null ? null : tenant.SubjectSecret is { } secret ? Verified(secret, said) : said)
            .FirstOrDefault(user => user is { Length: > 0 and <= LongestUser } && !user.Any(char.IsControl));
    }

    private static string? Verified(byte[] secret, string said)
    {
        var dot = said.LastIndexOf('.');
        return dot > 0 && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(SignatureOf(secret, said[..dot])), Encoding.UTF8.GetBytes(said[(dot + 1)..]))
            ? said[..dot]
            : null;
    }

    private static string SignatureOf(byte[] secret, string user) =>
        System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(user)).AsSpan(0, SignatureBytes));
}

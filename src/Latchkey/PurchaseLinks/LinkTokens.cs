using System.Security.Cryptography;
using System.Text;
using Latchkey.Contracts.Keys;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks;

/// <summary>
/// The two unguessable names of a link: one in our own addresses, one that passes through Gumroad. Each is the link's id with a keyed
/// hash behind it, so nothing of them is stored, and whoever sees the one at Gumroad cannot make the other.
/// </summary>
internal static class LinkTokens
{
    public const string Prefix = "pln_";

    /// <summary>The parameter that carries the reference through Gumroad.</summary>
    public const string Parameter = "latchkey";

    private const string Mark = "lk";
    private const int IdLength = 26;
    private const int SealBits = 100;
    private const int SealLength = SealBits / 5;

    /// <summary>For <c>/go</c> and <c>/wait</c>: who has it may open the checkout and learn what became of it.</summary>
    public static string Address(TenantContext tenant, string link) => link[Prefix.Length..] + SealOf(tenant, "address", link);

    /// <summary>For Gumroad: a URL parameter's value, a discount code, a product's permalink.</summary>
    public static string Reference(TenantContext tenant, string link) => Mark + link[Prefix.Length..] + SealOf(tenant, "reference", link);

    /// <returns>The link's id; null when it is not ours, whatever is wrong with it.</returns>
    public static string? OfAddress(TenantContext tenant, string? said) => Opened(tenant, "address", said);

    /// <summary>As <see cref="OfAddress"/>. Gumroad may change the case of what passes through it.</summary>
    public static string? OfReference(TenantContext tenant, string? said) =>
        said?.Trim().ToLowerInvariant() is { } text && text.StartsWith(Mark, StringComparison.Ordinal) ? Opened(tenant, "reference", text[Mark.Length..]) : null;

    private static string? Opened(TenantContext tenant, string purpose, string? said)
    {
        if (said is not { Length: IdLength + SealLength })
        {
            return null;
        }

        var link = Prefix + said[..IdLength];
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said[IdLength..]), Encoding.UTF8.GetBytes(SealOf(tenant, purpose, link))) ? link : null;
    }

    private static string SealOf(TenantContext tenant, string purpose, string link) =>
        Crockford32.EncodeLower(HMACSHA256.HashData(tenant.Secrets.Links, Encoding.UTF8.GetBytes($"{purpose}|{link}")), SealBits);
}

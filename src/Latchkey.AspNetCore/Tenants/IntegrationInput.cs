using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Latchkey.AspNetCore.Web;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Tenants;

/// <summary>What a seller may say of his integration.</summary>
internal static class IntegrationInput
{
    /// <summary>Asks for a secret instead of bringing one.</summary>
    public const string Generate = "generate";

    private const int ShortestSecretBytes = 16;
    private const int LongestSecretBytes = 256;
    private const int LongestToken = 256;
    private const int LongestName = 100;
    private const int MostOrigins = 50;
    private const int LongestBrand = 80;
    private const int LongestAddress = 2000;

    public static IResult? Fault(IntegrationBody body) =>
        body.SellerId is { } seller && (seller.Length is 0 or > 64 || seller.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '=')))
            ? Problems.Invalid("seller_id", "seller_id is what Gumroad's pings carry under that name: letters, digits, '-', '_' and '='.")
        : body.SmtpFrom is { } from && !System.Net.Mail.MailAddress.TryCreate(from, out _)
            ? Problems.Invalid("smtp_from", "smtp_from is a mail address, for example 'Acme Audio <keys@acme.example>'.")
        : body.GumroadAccessToken is { } token && (token.Length is 0 or > LongestToken || token.Any(c => c is <= ' ' or > '~'))
            ? Problems.Invalid("gumroad_access_token", "gumroad_access_token is the access token of an application at Gumroad (Settings, Advanced); null removes the one that is set.")
        : body.Subject is { } subject && Fault(subject) is { } wrong ? wrong
        : body.SubjectSecret is { } secret && secret != Generate && Encoding.UTF8.GetByteCount(secret) is < ShortestSecretBytes or > LongestSecretBytes
            ? Problems.Invalid("subject_secret", "subject_secret is 16 to 256 bytes of text, or 'generate' to have one made and shown once; null removes the one that is set.")
        : body.Brand is { } brand && Fault(brand) is { } ugly ? ugly
        : FaultOfOrigins(body.AllowedOrigins ?? []);

    /// <param name="generated">The secret that was asked for.</param>
    public static Integration IntegrationOf(TenantContext tenant, IntegrationBody body, string? generated) =>
        new(body.SellerId, body.Enabled ?? true, body.TestPurchases ?? true, body.SmtpFrom)
        {
            Subject = body.Subject is { } s ? new SubjectField(s.From == "url_params" ? SubjectSource.UrlParam : SubjectSource.CustomField, s.Name!.Trim()) : null,
            SealedGumroadToken = body.NamesGumroadToken
                ? Sealed(tenant, IntegrationSecrets.GumroadPurpose, body.GumroadAccessToken)
                : tenant.Integration.SealedGumroadToken,
            SealedSubjectSecret = body.NamesSubjectSecret
                ? Sealed(tenant, IntegrationSecrets.SubjectPurpose, generated ?? body.SubjectSecret)
                : tenant.Integration.SealedSubjectSecret,
            AllowedOrigins = [.. (body.AllowedOrigins ?? []).Select(o => OriginOf(o)!).Distinct(StringComparer.Ordinal)],
            Brand = body.Brand is { } brand ? new Brand(brand.Name?.Trim(), brand.Color?.ToLowerInvariant(), brand.LogoUrl) : null,
        };

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>An origin as browsers send it; null when the text is none, or is of a plain http page elsewhere than on this machine.</summary>
    public static string? OriginOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? uri.Scheme + "://" + uri.IdnHost + (uri.IsDefaultPort ? string.Empty : ":" + uri.Port.ToString(CultureInfo.InvariantCulture))
            : null;

    private static IResult? Fault(SubjectFieldBody subject) =>
        subject.From is not ("url_params" or "custom_field")
            ? Problems.Invalid("subject.from", "subject.from is 'url_params' (a parameter of the product page's address) or 'custom_field' (a field of the checkout).")
        : subject.Name?.Trim() is not { Length: >= 1 and <= LongestName } name || name.Any(char.IsControl)
            ? Problems.Invalid("subject.name", "subject.name is the parameter's or the field's name, for example 'account'.")
        : subject.From == "url_params" && !GumroadParams.Passes(name)
            ? Problems.Invalid("subject.name", $"Gumroad uses the parameter '{name}' itself and does not pass it on; choose another name, for example 'account'.")
        : null;

    private static IResult? Fault(BrandBody brand) =>
        brand.Name is { } name && (name.Trim().Length is 0 or > LongestBrand || name.Any(char.IsControl))
            ? Problems.Invalid("brand.name", "brand.name is 1 to 80 characters: what buyers know you as. Leave it out to show the tenant's name.")
        : brand.Color is { } color && !(color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit))
            ? Problems.Invalid("brand.color", "brand.color is '#' and six hexadecimal digits, for example '#c0392b'.")
        : brand.LogoUrl is { } logo && !(logo.Length <= LongestAddress && Uri.TryCreate(logo, UriKind.Absolute, out var uri) && uri is { Scheme: "https", UserInfo: "" })
            ? Problems.Invalid("brand.logo_url", "brand.logo_url is the https address of a picture, for example 'https://acme.example/logo.svg'.")
        : null;

    private static IResult? FaultOfOrigins(IReadOnlyList<string> origins)
    {
        if (origins.Count > MostOrigins)
        {
            return Problems.Invalid("allowed_origins", "allowed_origins holds at most 50 origins.");
        }

        for (var i = 0; i < origins.Count; i++)
        {
            if (OriginOf(origins[i]) is null)
            {
                return Problems.Invalid(
                    string.Create(CultureInfo.InvariantCulture, $"allowed_origins[{i}]"),
                    "An origin is 'https://' and a host, with its port if it has one, and nothing behind it: https://app.example. On this machine http works too.");
            }
        }

        return null;
    }

    private static byte[]? Sealed(TenantContext tenant, string purpose, string? secret) =>
        secret is null ? null : IntegrationSecrets.Seal(tenant.Id, tenant.Secrets, purpose, Encoding.UTF8.GetBytes(secret));
}

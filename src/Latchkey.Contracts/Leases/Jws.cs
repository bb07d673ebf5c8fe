using System.Text;

namespace Latchkey.Contracts.Leases;

/// <summary>
/// The signed envelope of leases, keysets, subject tokens and purchase results: JWS in compact form, EdDSA, with exactly
/// <c>alg</c>, <c>kid</c> and <c>typ</c> in its header. <c>typ</c> keeps one kind from passing for another.
/// </summary>
internal static class Jws
{
    /// <summary>A token of more characters is neither written nor read.</summary>
    public const int MaxLength = 8 * 1024;

    public const string LeaseType = "lease+jwt";
    public const string KeysetType = "keyset+jwt";
    public const string SubjectType = "subject+jwt";
    public const string PurchaseResultType = "purchase-result+jwt";

    public static string Write(string type, CanonicalJson claims, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var header = new CanonicalJson().Add("alg", "EdDSA").Add("kid", signer.KeyId).Add("typ", type);
        var signed = $"{Base64Url.Encode(header.ToBytes())}.{Base64Url.Encode(claims.ToBytes())}";
        var token = $"{signed}.{Base64Url.Encode(signer.Sign(Encoding.ASCII.GetBytes(signed)))}";
        return token.Length <= MaxLength ? token : throw new ArgumentException("The token would be longer than 8 KiB.", nameof(claims));
    }

    /// <summary>The payload, once the signature over the bytes as they came is right; else the first fault.</summary>
    /// <param name="token">The text as it came.</param>
    /// <param name="type">The only <c>typ</c> accepted.</param>
    /// <param name="verify">Given the key id, the signed bytes and the signature: null if they fit, else the fault.</param>
    /// <param name="payload">The claims' bytes, if there is no fault.</param>
    public static LeaseFault? Open(string? token, string type, Func<string, byte[], byte[], LeaseFault?> verify, out byte[] payload)
    {
        payload = [];
        if (token is null or { Length: > MaxLength })
        {
            return token is null ? LeaseFault.Malformed : LeaseFault.TooLong;
        }

        var parts = token.Split('.');
        if (parts.Length != 3
            || !Base64Url.TryDecode(parts[0], out var header)
            || !Base64Url.TryDecode(parts[1], out var claims)
            || !Base64Url.TryDecode(parts[2], out var signature)
            || signature.Length != Ed25519.SignatureLength)
        {
            return LeaseFault.Malformed;
        }

        if (KeyId(header, type) is not { } kid)
        {
            return LeaseFault.Header;
        }

        var fault = verify(kid, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature);
        payload = fault is null ? claims : [];
        return fault;
    }

    /// <summary>Null unless the header is exactly what is written; so <c>jwk</c>, <c>jku</c>, <c>x5u</c> and <c>crit</c> are refused with the rest.</summary>
    private static string? KeyId(byte[] header, string type) => ClaimsObject.Read(header, h =>
        h.Names.All(n => n is "alg" or "kid" or "typ") && h.Text("alg") == "EdDSA" && h.Text("typ") == type
            ? h.Text("kid")
            : throw new FormatException("The header is another one."));
}

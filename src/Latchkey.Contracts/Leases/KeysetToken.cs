namespace Latchkey.Contracts.Leases;

/// <summary>The wire form of a keyset: a <c>keyset+jwt</c> signed by a root key.</summary>
public static class KeysetToken
{
    /// <summary>Signs a keyset with a root key.</summary>
    /// <exception cref="ArgumentException">The text would be longer than 8 KiB.</exception>
    public static string Write(KeysetClaims claims, ISigner root)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var json = new CanonicalJson()
            .Add("exp", claims.Exp)
            .Add("iat", claims.Iat)
            .Add("iss", claims.Iss)
            .Add("keys", claims.Keys.Select(Json))
            .Add("seq", claims.Seq);
        return Jws.Write(Jws.KeysetType, json, root);
    }

    /// <summary>Reads a keyset signed by any of the roots. Never throws, whatever the text.</summary>
    /// <param name="token">The text as it came.</param>
    /// <param name="roots">The root public keys built into the app, 32 bytes each; the name in the header is not asked.</param>
    public static KeysetReading Read(string? token, IReadOnlyList<byte[]> roots)
    {
        ArgumentNullException.ThrowIfNull(roots);
        var fault = Jws.Open(token, Jws.KeysetType, (_, signed, signature) =>
            roots.Any(root => Ed25519.Verify(root, signed, signature)) ? null : LeaseFault.Signature, out var payload);
        if (fault is { } refused)
        {
            return new KeysetReading.Refused(refused);
        }

        return ClaimsObject.Read(payload, Claims) is { } claims
            ? new KeysetReading.Ok(claims)
            : new KeysetReading.Refused(LeaseFault.Claims);
    }

    private static CanonicalJson Json(Jwk key) => new CanonicalJson()
        .Add("alg", key.Alg)
        .Add("crv", key.Crv)
        .Add("kid", key.Kid)
        .Add("kty", key.Kty)
        .Add("status", key.Status)
        .Add("use", key.Use)
        .Add("x", key.X);

    private static KeysetClaims Claims(ClaimsObject c) => new()
    {
        Iss = c.Text("iss"),
        Seq = c.Integer("seq"),
        Iat = c.Integer("iat"),
        Exp = c.Integer("exp"),
        Keys = c.Objects("keys", Key),
    };

    private static Jwk Key(ClaimsObject c) => new()
    {
        Kty = c.Text("kty"),
        Crv = c.Text("crv"),
        X = c.Text("x"),
        Kid = c.Text("kid"),
        Alg = c.Text("alg"),
        Use = c.Text("use"),
        Status = c.Text("status"),
    };
}

namespace Latchkey.Contracts.Leases;

/// <summary>The wire form of a subject token: a <c>subject+jwt</c>, signed by the key that signs leases.</summary>
public static class SubjectToken
{
    /// <summary>Signs a subject token. The same claims and key give the same text.</summary>
    /// <exception cref="ArgumentException">The text would be longer than 8 KiB.</exception>
    public static string Write(SubjectClaims claims, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var json = new CanonicalJson()
            .Add("aud", claims.Aud)
            .Add("exp", claims.Exp)
            .Add("iat", claims.Iat)
            .Add("iss", claims.Iss)
            .Add("sub", claims.Sub);
        return Jws.Write(Jws.SubjectType, json, signer);
    }

    /// <summary>Reads a subject token as far as anyone can who only has the keys: form, key, signature, claims. Never throws, whatever the text.</summary>
    public static SubjectReading Read(string? token, ILeaseKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (Jws.Open(token, Jws.SubjectType, Verify, out var payload) is { } fault)
        {
            return new SubjectReading.Refused(fault);
        }

        return ClaimsObject.Read(payload, Claims) is { } claims
            ? new SubjectReading.Ok(claims)
            : new SubjectReading.Refused(LeaseFault.Claims);

        LeaseFault? Verify(string kid, byte[] signed, byte[] signature) => keys.Find(kid, out var publicKey) switch
        {
            LeaseKeyState.Unknown => LeaseFault.UnknownKey,
            LeaseKeyState.Withdrawn => LeaseFault.WithdrawnKey,
            _ => Ed25519.Verify(publicKey, signed, signature) ? null : LeaseFault.Signature,
        };
    }

    private static SubjectClaims Claims(ClaimsObject c) => new()
    {
        Iss = c.Text("iss"),
        Aud = c.Text("aud"),
        Sub = c.Text("sub"),
        Iat = c.Integer("iat"),
        Exp = c.Integer("exp"),
    };
}

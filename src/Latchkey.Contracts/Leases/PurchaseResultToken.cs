namespace Latchkey.Contracts.Leases;

/// <summary>The wire form of a purchase result: a <c>purchase-result+jwt</c>, signed by the key that signs leases.</summary>
public static class PurchaseResultToken
{
    /// <summary>Signs a purchase result. The same claims and key give the same text.</summary>
    /// <exception cref="ArgumentException">The text would be longer than 8 KiB.</exception>
    public static string Write(PurchaseResultClaims claims, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var json = new CanonicalJson()
            .Add("aud", claims.Aud)
            .Add("exp", claims.Exp)
            .Add("iat", claims.Iat)
            .Add("iss", claims.Iss)
            .Add("jti", claims.Jti)
            .Add("link", claims.Link)
            .Add("purchase", claims.Purchase)
            .Add("reason", claims.Reason)
            .Add("state", claims.State);

        // A "sub" of null is refused by common libraries.
        return Jws.Write(Jws.PurchaseResultType, claims.Sub is { } subject ? json.Add("sub", subject) : json, signer);
    }

    /// <summary>Reads a purchase result as far as anyone can who only has the keys: form, key, signature, claims. Never throws, whatever the text.</summary>
    public static PurchaseResultReading Read(string? token, ILeaseKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (Jws.Open(token, Jws.PurchaseResultType, Verify, out var payload) is { } fault)
        {
            return new PurchaseResultReading.Refused(fault);
        }

        return ClaimsObject.Read(payload, Claims) is { } claims
            ? new PurchaseResultReading.Ok(claims)
            : new PurchaseResultReading.Refused(LeaseFault.Claims);

        LeaseFault? Verify(string kid, byte[] signed, byte[] signature) => keys.Find(kid, out var publicKey) switch
        {
            LeaseKeyState.Unknown => LeaseFault.UnknownKey,
            LeaseKeyState.Withdrawn => LeaseFault.WithdrawnKey,
            _ => Ed25519.Verify(publicKey, signed, signature) ? null : LeaseFault.Signature,
        };
    }

    private static PurchaseResultClaims Claims(ClaimsObject c) => new()
    {
        Iss = c.Text("iss"),
        Aud = c.Text("aud"),
        Sub = c.Names.Contains("sub") ? c.Text("sub") : null,
        Link = c.Text("link"),
        Purchase = c.TextOrNull("purchase"),
        State = c.Text("state"),
        Reason = c.TextOrNull("reason"),
        Iat = c.Integer("iat"),
        Exp = c.Integer("exp"),
        Jti = c.Text("jti"),
    };
}

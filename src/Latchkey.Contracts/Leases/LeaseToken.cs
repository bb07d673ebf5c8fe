namespace Latchkey.Contracts.Leases;

/// <summary>The wire form of a lease: a <c>lease+jwt</c>.</summary>
public static class LeaseToken
{
    private const int KnownVersion = 1;

    /// <summary>Signs a lease. The same claims and key give the same text.</summary>
    /// <exception cref="ArgumentException">The text would be longer than 8 KiB.</exception>
    public static string Write(LeaseClaims claims, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return Jws.Write(Jws.LeaseType, Json(claims), signer);
    }

    /// <summary>
    /// Reads a lease as far as anyone can who only has the keys: form, key, signature, version, claims.
    /// Never throws, whatever the text.
    /// </summary>
    public static LeaseReading Read(string? token, ILeaseKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (Jws.Open(token, Jws.LeaseType, Verify, out var payload) is { } fault)
        {
            return new LeaseReading.Refused(fault);
        }

        if (ClaimsObject.Read(payload, c => (object)c.Integer("v")) is not long version)
        {
            return new LeaseReading.Refused(LeaseFault.Claims);
        }

        if (version != KnownVersion)
        {
            return new LeaseReading.Refused(LeaseFault.Version);
        }

        return ClaimsObject.Read(payload, Claims) is { } claims
            ? new LeaseReading.Ok(claims)
            : new LeaseReading.Refused(LeaseFault.Claims);

        LeaseFault? Verify(string kid, byte[] signed, byte[] signature) => keys.Find(kid, out var publicKey) switch
        {
            LeaseKeyState.Unknown => LeaseFault.UnknownKey,
            LeaseKeyState.Withdrawn => LeaseFault.WithdrawnKey,
            _ => Ed25519.Verify(publicKey, signed, signature) ? null : LeaseFault.Signature,
        };
    }

    private static CanonicalJson Json(LeaseClaims c) => new CanonicalJson()
        .Add("act", c.Act)
        .Add("aud", c.Aud)
        .Add("dev", c.Dev)
        .Add("ent", c.Ent.Distinct(StringComparer.Ordinal).OrderBy(e => e, StringComparer.Ordinal))
        .Add("exp", c.Exp)
        .Add("grc", c.Grc)
        .Add("iat", c.Iat)
        .Add("iss", c.Iss)
        .Add("key", c.Key)
        .Add("non", c.Non)
        .Add("pxp", c.Pxp)
        .Add("rank", c.Rank)
        .Add("rfr", c.Rfr)
        .Add("rsn", c.Rsn)
        .Add("seq", c.Seq)
        .Add("st", c.St)
        .Add("sub", c.Sub)
        .Add("test", c.Test)
        .Add("tier", c.Tier)
        .Add("v", c.V);

    private static LeaseClaims Claims(ClaimsObject c) => new()
    {
        V = KnownVersion,
        Iss = c.Text("iss"),
        Aud = c.Text("aud"),
        Sub = c.Text("sub"),
        Act = c.TextOrNull("act"),
        Key = c.Text("key"),
        Dev = c.Text("dev"),
        Seq = c.Integer("seq"),
        Iat = c.Integer("iat"),
        Rfr = c.Integer("rfr"),
        Exp = c.Integer("exp"),
        Grc = c.Integer("grc"),
        Pxp = c.IntegerOrNull("pxp"),
        St = c.Text("st"),
        Rsn = c.TextOrNull("rsn"),
        Tier = c.TextOrNull("tier"),
        Rank = c.Integer("rank") is >= int.MinValue and <= int.MaxValue and var rank ? (int)rank : throw new FormatException("rank"),
        Ent = c.Texts("ent"),
        Test = c.Flag("test"),
        Non = c.TextOrNull("non"),
    };
}

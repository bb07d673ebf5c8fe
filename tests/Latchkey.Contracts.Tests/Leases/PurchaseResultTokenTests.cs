using System.Text;
using Latchkey.Contracts.Leases;

namespace Latchkey.Contracts.Tests.Leases;

public sealed class PurchaseResultTokenTests
{
    private static readonly PurchaseResultClaims Claims = new()
    {
        Iss = "https://licenses.example/acme", Aud = "https://app.example", Sub = "user:42", Link = "pln_1", Purchase = "pur_1",
        State = "redeemed", Reason = null, Iat = 1767225600, Exp = 1767226200, Jti = "pln_1",
    };

    private static readonly KeysetClaims Keys = Signed.Keys();

    [Fact]
    public void What_was_signed_is_read()
    {
        var token = PurchaseResultToken.Write(Claims, Signed.Signer);
        Assert.Equal(new PurchaseResultReading.Ok(Claims), PurchaseResultToken.Read(token, Keys));
        Assert.Equal(
            """{"aud":"https://app.example","exp":1767226200,"iat":1767225600,"iss":"https://licenses.example/acme","jti":"pln_1","link":"pln_1","purchase":"pur_1","reason":null,"state":"redeemed","sub":"user:42"}""",
            PayloadOf(token));
    }

    [Fact]
    public void A_link_for_nobody_in_particular_names_no_subject()
    {
        var claims = Claims with { Sub = null, Purchase = null, State = "expired", Reason = "expired" };
        var token = PurchaseResultToken.Write(claims, Signed.Signer);
        Assert.Equal(new PurchaseResultReading.Ok(claims), PurchaseResultToken.Read(token, Keys));
        Assert.DoesNotContain("\"sub\"", PayloadOf(token), StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_of_other_kinds_and_keys_are_refused()
    {
        Assert.Equal(new PurchaseResultReading.Refused(LeaseFault.Header), PurchaseResultToken.Read(LeaseToken.Write(Signed.Claims, Signed.Signer), Keys));
        Assert.Equal(new SubjectReading.Refused(LeaseFault.Header), SubjectToken.Read(PurchaseResultToken.Write(Claims, Signed.Signer), Keys));
        var stranger = new Ed25519Signer("k9", [.. Enumerable.Repeat((byte)9, 32)]);
        Assert.Equal(new PurchaseResultReading.Refused(LeaseFault.UnknownKey), PurchaseResultToken.Read(PurchaseResultToken.Write(Claims, stranger), Keys));
        var impostor = new Ed25519Signer(Signed.Signer.KeyId, [.. Enumerable.Repeat((byte)9, 32)]);
        Assert.Equal(new PurchaseResultReading.Refused(LeaseFault.Signature), PurchaseResultToken.Read(PurchaseResultToken.Write(Claims, impostor), Keys));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b.c")]
    public void Any_other_text_is_refused(string? text) => Assert.IsType<PurchaseResultReading.Refused>(PurchaseResultToken.Read(text, Keys));

    private static string PayloadOf(string token) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
}

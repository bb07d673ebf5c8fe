using System.Text;
using Latchkey.Contracts.Leases;

namespace Latchkey.Contracts.Tests.Leases;

public sealed class SubjectTokenTests
{
    private static readonly SubjectClaims Claims = new()
    {
        Iss = "https://licenses.example/acme", Aud = SubjectClaims.Audience, Sub = "user:42", Iat = 1767225600, Exp = 1767226200,
    };

    private static readonly KeysetClaims Keys = Signed.Keys();

    [Fact]
    public void What_was_signed_is_read()
    {
        var token = SubjectToken.Write(Claims, Signed.Signer);
        Assert.Equal(new SubjectReading.Ok(Claims), SubjectToken.Read(token, Keys));
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
        Assert.Equal("""{"aud":"entitlements","exp":1767226200,"iat":1767225600,"iss":"https://licenses.example/acme","sub":"user:42"}""", payload);
    }

    [Fact]
    public void Tokens_of_other_kinds_and_keys_are_refused()
    {
        Assert.Equal(new SubjectReading.Refused(LeaseFault.Header), SubjectToken.Read(LeaseToken.Write(Signed.Claims, Signed.Signer), Keys));
        Assert.Equal(new LeaseReading.Refused(LeaseFault.Header), LeaseToken.Read(SubjectToken.Write(Claims, Signed.Signer), Keys));
        var stranger = new Ed25519Signer("k9", [.. Enumerable.Repeat((byte)9, 32)]);
        Assert.Equal(new SubjectReading.Refused(LeaseFault.UnknownKey), SubjectToken.Read(SubjectToken.Write(Claims, stranger), Keys));
        var impostor = new Ed25519Signer(Signed.Signer.KeyId, [.. Enumerable.Repeat((byte)9, 32)]);
        Assert.Equal(new SubjectReading.Refused(LeaseFault.Signature), SubjectToken.Read(SubjectToken.Write(Claims, impostor), Keys));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("no token at all")]
    public void Any_other_text_is_refused(string? text) => Assert.IsType<SubjectReading.Refused>(SubjectToken.Read(text, Keys));
}

using FsCheck;
using FsCheck.Fluent;
using Latchkey.Contracts.Keys;
using Latchkey.Contracts.Leases;
using Latchkey.Contracts.Tests.Leases;

namespace Latchkey.Contracts.Tests;

public sealed class AnyTextTests
{
    [Fact]
    public void Any_text_is_read_without_an_exception() => Prop.ForAll<string>(text =>
    {
        _ = LicenseKey.Read("ACME" + text, "ACME");
        Assert.IsType<LeaseReading.Refused>(LeaseToken.Read(text, Signed.Keys()));
        Assert.IsType<KeysetReading.Refused>(KeysetToken.Read(text, [Signed.Signer.PublicKey]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_payload_is_read_without_an_exception() => Prop.ForAll<string>(text =>
        LeaseToken.Read(Signed.Token(Signed.Header, $$"""{"v":1,"act":"{{text}}"}"""), Signed.Keys()) is LeaseReading.Refused)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bits_make_a_key_that_is_read_back() => Prop.ForAll<byte[]>(some =>
    {
        byte[] bits = [.. some, .. new byte[15]];
        var key = LicenseKey.FromBits("AB", bits);
        return LicenseKey.Read(key.Display, "AB") == new KeyReading.Ok(key)
            && LicenseKey.FromBits("AB", bits) == key
            && key.Canonical[3..26] == Crockford32.Encode(bits, 115);
    }).QuickCheckThrowOnFailure();
}

using System.Text;
using Latchkey.Contracts.Leases;

namespace Latchkey.Contracts.Tests.Leases;

public sealed class KeysetTokenTests
{
    private static readonly Ed25519Signer Root = new("root1", [.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly Ed25519Signer Offline = new("root2", [.. Enumerable.Repeat((byte)2, 32)]);
    private static readonly byte[][] Roots = [Root.PublicKey, Offline.PublicKey];

    [Fact]
    public void Either_root_may_sign()
    {
        foreach (var root in new[] { Root, Offline })
        {
            var token = KeysetToken.Write(Signed.Keys(), root);
            var claims = Assert.IsType<KeysetReading.Ok>(KeysetToken.Read(token, Roots)).Claims;

            Assert.Equal(Signed.Keys().Keys, claims.Keys);
            Assert.Equal((7L, 1767225600L, 1769817600L), (claims.Seq, claims.Iat, claims.Exp));
            Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(Signed.Vector, claims));
        }
    }

    [Fact]
    public void Bytes_are_canonical()
    {
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(KeysetToken.Write(Signed.Keys(), Root).Split('.')[1]));
        Assert.Equal("""{"exp":1769817600,"iat":1767225600,"iss":"https://licenses.example/acme","keys":[{"alg":"EdDSA","crv":"Ed25519","kid":"k1","kty":"OKP","status":"current","use":"sig","x":"A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"}],"seq":7}""", payload);
    }

    [Fact]
    public void Wrong_root_is_refused()
    {
        var token = KeysetToken.Write(Signed.Keys(), new Ed25519Signer("root1", [.. Enumerable.Repeat((byte)3, 32)]));
        Assert.Equal(new KeysetReading.Refused(LeaseFault.Signature), KeysetToken.Read(token, Roots));
        Assert.Equal(new KeysetReading.Refused(LeaseFault.Signature), KeysetToken.Read(token, []));
    }

    [Fact]
    public void Lease_is_no_keyset_and_keyset_is_no_lease()
    {
        Assert.Equal(new KeysetReading.Refused(LeaseFault.Header), KeysetToken.Read(LeaseToken.Write(Signed.Claims, Root), Roots));

        var keys = Signed.Keyset(Jwk.Of("root1", Root.PublicKey, JwkStatus.Current));
        Assert.Equal(new LeaseReading.Refused(LeaseFault.Header), LeaseToken.Read(KeysetToken.Write(keys, Root), keys));
    }

    [Fact]
    public void Key_without_a_status_is_refused()
    {
        var token = KeysetToken.Write(Signed.Keyset(Jwk.Of("k1", Signed.Signer.PublicKey)), Root);
        Assert.Equal(new KeysetReading.Refused(LeaseFault.Claims), KeysetToken.Read(token, Roots));
    }

    [Fact]
    public void Key_of_another_kind_is_passed_over()
    {
        var other = Jwk.Of("k1", Signed.Signer.PublicKey, JwkStatus.Current) with { Crv = "X25519" };
        var damaged = Jwk.Of("k1", [1, 2, 3], JwkStatus.Current);

        Assert.Equal(LeaseKeyState.Unknown, Signed.Keyset(other).Find("k1", out _));
        Assert.Equal(LeaseKeyState.Unknown, Signed.Keyset(damaged).Find("k1", out var none));
        Assert.Empty(none);
    }
}

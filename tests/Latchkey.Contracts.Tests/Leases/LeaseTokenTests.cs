using System.Text;
using Latchkey.Contracts.Leases;

namespace Latchkey.Contracts.Tests.Leases;

public sealed class LeaseTokenTests
{
    [Fact]
    public void Writing_gives_the_published_vector_byte_for_byte()
    {
        Assert.Equal("A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg", Jwk.Of("k1", Signed.Signer.PublicKey).X);
        Assert.Equal(Signed.Vector, LeaseToken.Write(Signed.Claims, Signed.Signer));
    }

    [Fact]
    public void Reading_the_published_vector_gives_its_claims()
    {
        var claims = Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(Signed.Vector, Signed.Keys())).Claims;

        Assert.Equal(["export", "sync"], claims.Ent);
        Assert.Equal(Signed.Claims with { Ent = claims.Ent }, claims);
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        var vector = Encoding.ASCII.GetBytes(Signed.Vector);
        var keys = Signed.Keys();
        for (var bit = 0; bit < vector.Length * 8; bit++)
        {
            vector[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsType<LeaseReading.Refused>(LeaseToken.Read(Encoding.Latin1.GetString(vector), keys));
            vector[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(Encoding.Latin1.GetString(vector), keys));
    }

    [Theory]
    [InlineData("""{"alg":"none","kid":"k1","typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"HS256","kid":"k1","typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k1","typ":"keyset+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k1","typ":"JWT"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k1"}""")]
    [InlineData("""{"alg":"EdDSA","typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","kid":1,"typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","kid":null,"typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","jwk":{},"kid":"k1","typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","jku":"https://x","kid":"k1","typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k1","typ":"lease+jwt","x5u":"https://x"}""")]
    [InlineData("""{"alg":"EdDSA","crit":[],"kid":"k1","typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","alg":"EdDSA","kid":"k1","typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","\u0061lg":"EdDSA","kid":"k1","typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"\ud800","typ":"lease+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k1","typ":"lease+jwt"},""")]
    [InlineData("""["alg","EdDSA"]""")]
    [InlineData("")]
    public void Header_that_is_not_exactly_ours_is_refused(string header) =>
        Assert.Equal(new LeaseReading.Refused(LeaseFault.Header), LeaseToken.Read(Signed.Token(header, Signed.Payload), Signed.Keys()));

    [Theory]
    [InlineData("\"rank\":20", "\"rank\":20,\"rank\":20")]
    [InlineData("\"v\":1", "\"v\":1,\"more\":{\"a\":1,\"a\":1}")]
    [InlineData("\"seq\":4", "\"seq\":4.0")]
    [InlineData("\"seq\":4", "\"seq\":4e0")]
    [InlineData("\"seq\":4", "\"seq\":\"4\"")]
    [InlineData("\"seq\":4", "\"seq\":null")]
    [InlineData("\"seq\":4,", "")]
    [InlineData("\"rank\":20", "\"rank\":2147483648")]
    [InlineData("\"sync\"]", "1]")]
    [InlineData("\"test\":false", "\"test\":0")]
    [InlineData("\"v\":1}", "\"v\":1}x")]
    public void Claim_of_the_wrong_kind_is_refused_though_signed(string from, string to) =>
        Assert.Equal(new LeaseReading.Refused(LeaseFault.Claims), LeaseToken.Read(Altered(from, to), Signed.Keys()));

    [Fact]
    public void Unknown_version_is_refused_before_its_claims_are_read() =>
        Assert.Equal(new LeaseReading.Refused(LeaseFault.Version), LeaseToken.Read(Signed.Token(Signed.Header, """{"v":2}"""), Signed.Keys()));

    [Theory]
    [InlineData("\"v\":1", "\"v\":1,\"later\":[1.5,{}]")]
    [InlineData("{\"act\"", "{ \"act\"")]
    public void Unknown_claims_and_other_spelling_are_no_fault(string from, string to) =>
        Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(Altered(from, to), Signed.Keys()));

    [Theory]
    [InlineData("{0}=")]
    [InlineData("{0}.")]
    [InlineData(" {0}")]
    [InlineData("{0}\n")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("<html>Sign in to the hotel's network</html>")]
    public void Text_that_is_no_token_is_malformed(string form) =>
        Assert.Equal(new LeaseReading.Refused(LeaseFault.Malformed), LeaseToken.Read(form.Replace("{0}", Signed.Vector, StringComparison.Ordinal), Signed.Keys()));

    [Fact]
    public void Second_spelling_of_the_same_signature_is_malformed()
    {
        // The last symbol carries four bits that count and two that must be zero.
        Assert.EndsWith("w", Signed.Vector, StringComparison.Ordinal);
        Assert.Equal(new LeaseReading.Refused(LeaseFault.Malformed), LeaseToken.Read(Signed.Vector[..^1] + "x", Signed.Keys()));
    }

    [Fact]
    public void More_than_8_KiB_is_neither_read_nor_written()
    {
        Assert.Equal(new LeaseReading.Refused(LeaseFault.TooLong), LeaseToken.Read(Signed.Vector + new string('A', 8192), Signed.Keys()));
        Assert.Throws<ArgumentException>(() => LeaseToken.Write(Signed.Claims with { Sub = new string('a', 8192) }, Signed.Signer));
    }

    [Theory]
    [InlineData(JwkStatus.Next)]
    [InlineData(JwkStatus.Current)]
    [InlineData(JwkStatus.Old)]
    public void Keys_before_during_and_after_their_turn_are_believed(string status) =>
        Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(Signed.Vector, Signed.Keys(status)));

    [Fact]
    public void Withdrawn_and_unknown_keys_are_not()
    {
        var other = Jwk.Of("k2", Signed.Signer.PublicKey, JwkStatus.Current);

        Assert.Equal(new LeaseReading.Refused(LeaseFault.WithdrawnKey), LeaseToken.Read(Signed.Vector, Signed.Keys(JwkStatus.Withdrawn)));
        Assert.Equal(new LeaseReading.Refused(LeaseFault.UnknownKey), LeaseToken.Read(Signed.Vector, Signed.Keyset(other)));
        Assert.Equal(new LeaseReading.Refused(LeaseFault.UnknownKey), LeaseToken.Read(Signed.Vector, Signed.Keys("other")));
    }

    [Fact]
    public void Key_that_was_withdrawn_stays_so_though_listed_twice()
    {
        var key = Jwk.Of("k1", Signed.Signer.PublicKey, JwkStatus.Current);
        var keys = Signed.Keyset(key, key with { Status = JwkStatus.Withdrawn });

        Assert.Equal(new LeaseReading.Refused(LeaseFault.WithdrawnKey), LeaseToken.Read(Signed.Vector, keys));
    }

    [Fact]
    public void Another_key_of_the_same_name_does_not_verify()
    {
        var keys = Signed.Keyset(Jwk.Of("k1", Ed25519.PublicKey(new byte[32]), JwkStatus.Current));
        Assert.Equal(new LeaseReading.Refused(LeaseFault.Signature), LeaseToken.Read(Signed.Vector, keys));
    }

    [Fact]
    public void Escapes_are_only_those_that_JSON_demands()
    {
        var odd = Signed.Claims with { Tier = "a\"b\\c/d<é\u2028\t\u0001😀" };
        var token = LeaseToken.Write(odd, Signed.Signer);
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));

        Assert.Contains("\"tier\":\"a\\\"b\\\\c/d<é\u2028\\t\\u0001😀\"", payload, StringComparison.Ordinal);
        Assert.Equal(odd.Tier, Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(token, Signed.Keys())).Claims.Tier);
    }

    private static string Altered(string from, string to)
    {
        Assert.Contains(from, Signed.Payload, StringComparison.Ordinal);
        return Signed.Token(Signed.Header, Signed.Payload.Replace(from, to, StringComparison.Ordinal));
    }
}

using System.Text;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Tests.Pings;

public class PingLimitsTests
{
    private static readonly PingLimits Small = new() { MaxBodyBytes = 200, MaxPairs = 3, MaxDepth = 3, MaxNameBytes = 9 };

    [Theory]
    [InlineData("a=1&b=2&&c=3", null)]
    [InlineData("a=1&b=2&c=3&d=4", PingRefusal.TooManyPairs)]
    [InlineData("a[b][c]=", null)]
    [InlineData("a[b][]=", null)]
    [InlineData("a[b][][]=", PingRefusal.TooDeep)]
    [InlineData("a[][][][=", PingRefusal.TooDeep)]
    [InlineData("%61bcdefghi=1", null)]
    [InlineData("abcdefghij=1", PingRefusal.NameTooLong)]
    [InlineData("%FF%FF%FF=1", null)]
    [InlineData("%FF%FF%FFa=1", PingRefusal.NameTooLong)]
    public void A_form_is_refused_just_beyond_a_limit(string body, PingRefusal? refusal) =>
        Assert.Equal(refusal, Decoding.Refusal(Encoding.UTF8.GetBytes(body), null, Small));

    [Theory]
    [InlineData("""{"a":1,"b":{"c":1,"d":1},"e":{}}""", null)]
    [InlineData("""{"a":1,"b":{"c":1,"d":1},"e":[]}""", PingRefusal.TooManyPairs)]
    [InlineData("""{"a":{"b":{"c":1}}}""", null)]
    [InlineData("""{"a":{"b":{"c":{}}}}""", PingRefusal.TooDeep)]
    [InlineData("""{"a":{"b":[[1]]}}""", PingRefusal.TooDeep)]
    [InlineData("""{"a":[[[[[[[[[[1]]]]]]]]]]}""", PingRefusal.TooDeep)]
    [InlineData("""{"abcdefghi":1}""", null)]
    [InlineData("""{"abcdefghij":1}""", PingRefusal.NameTooLong)]
    [InlineData("""{"a[b]xy":1}""", PingRefusal.NameTooLong)]
    [InlineData("""{"abcdefg":[1]}""", null)]
    [InlineData("""{"abcdefgh":[1]}""", PingRefusal.NameTooLong)]
    [InlineData("""{"abcd":{"efg":1}}""", null)]
    [InlineData("""{"abcd":{"efgh":1}}""", PingRefusal.NameTooLong)]
    public void A_json_body_is_refused_just_beyond_a_limit(string body, PingRefusal? refusal) =>
        Assert.Equal(refusal, Decoding.Refusal(Encoding.UTF8.GetBytes(body), PingCase.Json, Small));

    [Theory]
    [InlineData(null)]
    [InlineData(PingCase.Json)]
    [InlineData("text/plain")]
    public void A_body_too_large_is_refused_whatever_it_is(string? contentType)
    {
        Assert.NotEqual(PingRefusal.TooLarge, Decoding.Refusal(new byte[200], contentType, Small));
        Assert.Equal(PingRefusal.TooLarge, Decoding.Refusal(new byte[201], contentType, Small));
    }

    [Fact]
    public void The_usual_limits_are_these()
    {
        var usual = PingLimits.Default;
        Assert.Equal((262_144, 2_000, 8, 1_024), (usual.MaxBodyBytes, usual.MaxPairs, usual.MaxDepth, usual.MaxNameBytes));
        Assert.Null(Decoding.Refusal(new byte[1_024]));
        Assert.Equal(PingRefusal.NameTooLong, Decoding.Refusal(new byte[1_025]));
    }

    [Fact]
    public void A_refused_body_leaves_no_pairs()
    {
        Assert.Equal(PingRefusal.TooManyPairs, PingPairs.TryRead("a=1&b=2&c=3&d=4"u8, null, Small, out var pairs));
        Assert.Equal(0, pairs.Count);
    }

    [Fact]
    public void Every_refusal_has_its_code() =>
        Assert.Equal(
            ["too_large", "too_many_pairs", "too_deep", "name_too_long", "unknown_content_type", "broken_json"],
            Enum.GetValues<PingRefusal>().Select(r => r.Code()));
}

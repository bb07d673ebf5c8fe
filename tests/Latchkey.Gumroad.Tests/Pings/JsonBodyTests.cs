using System.Text;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Tests.Pings;

public class JsonBodyTests
{
    [Theory, MemberData(nameof(PingCase.JsonNames), MemberType = typeof(PingCase))]
    public void Every_json_case_decodes_to_its_values_as_text_in_order(string name)
    {
        var ping = PingCase.OfJson(name);
        Assert.Equal(Decoding.Json(Decoding.AsText(ping.Expected)), Decoding.Json(Decoding.Root(ping.Body, PingCase.Json)));
    }

    [Theory]
    [InlineData("""{"a":null,"b":true,"c":false,"d":-12,"e":"x"}""", "a=&b=true&c=false&d=-12&e=x")]
    [InlineData("""{"d":1.50e3}""", "d=1.50e3")]
    [InlineData("""{"a":[]}""", "a[]=")]
    [InlineData("""{"a":{}}""", "")]
    [InlineData("""{"a":{"b":[]}}""", "")]
    [InlineData("""{"a":{"b":[1,2],"c":{"d":3}}}""", "a[b][]=1&a[b][]=2&a[c][d]=3")]
    [InlineData("""{"a":[[1],[]]}""", "a[][]=1&a[][]=")]
    [InlineData("""{"a":[{"b":1}]}""", "a[][b]=1")]
    [InlineData("""{"x[y]":{"p[q]":"[v]"}}""", "x%255By%255D[p%255Bq%255D]=[v]")]
    [InlineData("""{"":{"":"x"}}""", "[]=x")]
    [InlineData("""{"a":1,"a":2}""", "a=1&a=2")]
    [InlineData("""{"a\u005b":"\u00e9\n\"\\\/\ud83d\ude00"}""", "a%255B=%C3%A9%0A%22%5C/%F0%9F%98%80")]
    public void Json_gives_the_pairs_of_the_form(string json, string form) =>
        Assert.Equal(Decoding.Pairs(Encoding.UTF8.GetBytes(form)), Decoding.Pairs(Encoding.UTF8.GetBytes(json), PingCase.Json));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("\"a\"")]
    [InlineData("{")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":1} x""")]
    [InlineData("""{"a":"\x"}""")]
    [InlineData("a=1")]
    public void What_is_not_one_json_object_is_broken(string body) =>
        Assert.Equal(PingRefusal.BrokenJson, Decoding.Refusal(Encoding.UTF8.GetBytes(body), PingCase.Json));

    [Theory]
    [InlineData("""{"a":"\ud83d"}""")]
    [InlineData("""{"a":"\ud83dx"}""")]
    [InlineData("""{"a":"\ude00\ud83d"}""")]
    [InlineData("""{"\ud83d":"x"}""")]
    public void Half_a_surrogate_pair_is_repaired_and_said(string body)
    {
        var decoded = Assert.IsType<PingDecoding.Decoded>(PingDecoder.Decode(Encoding.UTF8.GetBytes(body), PingCase.Json));
        Assert.True(decoded.HasBrokenEncoding);
        Assert.Contains('\uFFFD', Decoding.Json(decoded.Root));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_repaired_and_said()
    {
        var decoded = Assert.IsType<PingDecoding.Decoded>(PingDecoder.Decode([.. "{\"a\":\""u8, 0xFF, .. "\"}"u8], PingCase.Json));
        Assert.True(decoded.HasBrokenEncoding);
        Assert.Equal("\uFFFD", decoded.Root.Text("a"));
    }
}

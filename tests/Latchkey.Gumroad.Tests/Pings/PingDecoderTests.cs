using System.Text;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Tests.Pings;

public class PingDecoderTests
{
    [Theory, MemberData(nameof(PingCase.FormNames), MemberType = typeof(PingCase))]
    public void Every_form_case_decodes_exactly_with_its_keys_in_order(string name)
    {
        var ping = PingCase.OfForm(name);
        var expected = Decoding.AsText(ping.Expected.GetProperty("decoded"));
        Assert.Equal(Decoding.Json(expected), Decoding.Json(Decoding.Root(ping.Body, PingCase.Form)));
    }

    [Theory]
    [InlineData("a[b]=1&a=2", """{"a":"2"}""")]
    [InlineData("a=2&a[b]=1", """{"a":{"b":"1"}}""")]
    [InlineData("a=1&b=2&a=3", """{"a":"3","b":"2"}""")]
    [InlineData("a[]=1&a[b]=2&a[c]=3", """{"a":{"b":"2","c":"3"}}""")]
    [InlineData("a[b]=2&a[]=1", """{"a":["1"]}""")]
    [InlineData("a[][][]=1&a[][][]=2", """{"a":{"":{"":["1","2"]}}}""")]
    [InlineData("a[][b]=1", """{"a":{"":{"b":"1"}}}""")]
    [InlineData("a[b=1&a[b]c[d]x=2", """{"a":{"b":{"d":"2"}}}""")]
    [InlineData("a[b[c]=1", """{"a":{"b[c":"1"}}""")]
    [InlineData("a]b=1&[]=2&[x]=3&=4", """{"a]b":"1","":"4"}""")]
    [InlineData("a%255Bb%255D[%255Bc]=%255Bv", """{"a[b]":{"[c":"%5Bv"}}""")]
    [InlineData("a%255bb=1", """{"a%5bb":"1"}""")]
    [InlineData("", "{}")]
    [InlineData("&&=&", """{"":""}""")]
    public void Names_nest_as_gumroads_own_do(string body, string nested) =>
        Assert.Equal(nested, Decoding.Json(Decoding.Root(body)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(" Application/X-WWW-Form-Urlencoded ; charset=utf-8")]
    public void Forms_are_known_by_their_content_type(string? contentType) =>
        Assert.Equal("1", Decoding.Root("a=1", contentType).Text("a"));

    [Theory]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON; charset=utf-8")]
    [InlineData("application/vnd.gumroad+json")]
    public void Json_is_known_by_its_content_type(string contentType) =>
        Assert.Equal("1", Decoding.Root("""{"a":1}""", contentType).Text("a"));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonp")]
    [InlineData("\0")]
    public void Other_content_types_are_refused(string contentType) =>
        Assert.Equal(PingRefusal.UnknownContentType, Decoding.Refusal("a=1"u8.ToArray(), contentType));

    [Fact]
    public void A_body_with_nothing_broken_says_so() =>
        Assert.False(Assert.IsType<PingDecoding.Decoded>(PingDecoder.Decode("a=%F0%9F%98%80"u8, null)).HasBrokenEncoding);

    [Fact]
    public void A_large_map_keeps_order_and_finds_its_names()
    {
        var root = Decoding.Root(string.Join('&', Enumerable.Range(0, 2_000).Select(i => $"n{i}={i}")) + "");
        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => $"n{i}"), root.Entries.Select(e => e.Key));
        Assert.Equal("1999", root.Text("n1999"));
        Assert.Null(root["n2000"]);
    }

    [Fact]
    public void Lists_and_maps_are_no_text()
    {
        var root = Decoding.Root("list[]=1&map[x]=1");
        Assert.Null(root.Text("list"));
        Assert.Null(root.Text("map"));
        Assert.Equal(Encoding.UTF8.GetString("""{"list":["1"],"map":{"x":"1"}}"""u8), Decoding.Json(root));
    }
}

using System.Buffers;
using System.Text;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Tests.Pings;

public class PingPairsTests
{
    [Theory, MemberData(nameof(PingCase.FormNames), MemberType = typeof(PingCase))]
    public void Every_form_case_gives_its_pairs_in_order(string name)
    {
        var ping = PingCase.OfForm(name);
        var expected = ping.Expected.GetProperty("pairs").EnumerateArray().Select(p => (p[0].GetString()!, p[1].GetString()!));
        Assert.Equal(expected, Decoding.Pairs(ping.Body, PingCase.Form));
    }

    [Theory, MemberData(nameof(PingCase.SourcedNames), MemberType = typeof(PingCase))]
    public void The_same_payload_as_json_gives_the_same_pairs_and_canonical_bytes(string name)
    {
        var ping = PingCase.OfForm(name);
        Assert.Equal(Decoding.Pairs(ping.Body).Order(), Decoding.Pairs(ping.SourceAsJson, PingCase.Json).Order());
        Assert.Equal(Decoding.Canonical(ping.Body), Decoding.Canonical(ping.SourceAsJson, PingCase.Json));
    }

    [Fact]
    public void A_retry_has_the_canonical_bytes_of_the_first_attempt()
    {
        var first = PingCase.OfForm("02_");
        var retry = PingCase.OfForm("19_");
        Assert.NotEqual(first.Body, retry.Body);
        Assert.Equal(Decoding.Canonical(first.Body), Decoding.Canonical(retry.Body));
        Assert.Equal(Decoding.Canonical("""{"a":1}""", PingCase.Json), Decoding.Canonical("""{"a":1,"retry_count":2}""", PingCase.Json));
    }

    [Fact]
    public void Only_the_name_retry_count_itself_is_left_out() =>
        Assert.Equal(3, new[] { "a=1", "a=1&custom_fields[retry_count]=3", "a=1&retry_count2=3" }.Select(b => Convert.ToHexString(Decoding.Canonical(b))).Distinct().Count());

    [Fact]
    public void No_two_cases_share_canonical_bytes_but_a_sale_and_its_retry()
    {
        var bodies = PingCase.Forms.Select(c => Convert.ToHexString(Decoding.Canonical(c.Body)));
        Assert.Equal(PingCase.Forms.Count - 1, bodies.Distinct().Count());
    }

    [Theory]
    [InlineData("a=b", "ab=")]
    [InlineData("a=bc", "ab=c")]
    [InlineData("a=1&b=2", "a=1&b=2&b=2")]
    [InlineData("a=1&b=2", "a=2&b=1")]
    [InlineData("a=1%26b%3D2", "a=1&b=2")]
    [InlineData("a%00=b", "a=%00b")]
    [InlineData("a%00%00%00%04=", "a=%00%00%00%00")]
    [InlineData("a=%00%00%00%01bc", "a=&b=c")]
    public void Different_pairs_have_different_canonical_bytes(string one, string other) =>
        Assert.NotEqual(Decoding.Canonical(one), Decoding.Canonical(other));

    [Theory]
    [InlineData("a=1&b=2", "b=2&a=1")]
    [InlineData("a[]=1&a[]=2", "a[]=2&a[]=1")]
    [InlineData("a%5B%5D=+", "&&a[]=%20&")]
    public void Order_and_spelling_do_not_change_canonical_bytes(string one, string other) =>
        Assert.Equal(Decoding.Canonical(one), Decoding.Canonical(other));

    [Theory]
    [InlineData("a=%", "%", true)]
    [InlineData("a=%4", "%4", true)]
    [InlineData("a=%4g%41", "%4gA", true)]
    [InlineData("a=%%41", "%A", true)]
    [InlineData("a=%C3%A9", "é", false)]
    [InlineData("a=%c3%a9", "é", false)]
    [InlineData("a=%C3", "\uFFFD", true)]
    [InlineData("a=%FF%FE", "\uFFFD\uFFFD", true)]
    [InlineData("a=%E2%82x%F0%9F%96", "\uFFFDx\uFFFD", true)]
    [InlineData("a=%EF%BF%BD", "\uFFFD", false)]
    public void Broken_encoding_is_repaired_and_said(string body, string value, bool broken)
    {
        Assert.Null(PingPairs.TryRead(Encoding.UTF8.GetBytes(body), null, PingLimits.Default, out var pairs));
        using (pairs)
        {
            Assert.Equal(value, Encoding.UTF8.GetString(pairs.Value(0)));
            Assert.Equal(broken, pairs.HasBrokenEncoding);
        }
    }

    [Fact]
    public void Text_of_nothing_but_broken_bytes_grows_without_harm()
    {
        var body = Enumerable.Repeat((byte)0xFF, 200_000).ToArray();
        body[1] = (byte)'=';
        Assert.Equal([("\uFFFD", new string('\uFFFD', body.Length - 2))], Decoding.Pairs(body));
    }

    [Fact]
    public void A_character_cut_in_two_by_the_equals_sign_is_broken() =>
        Assert.Equal([("\uFFFD", "\uFFFD")], Decoding.Pairs([0xC3, (byte)'=', 0xA9]));

    [Fact]
    public void After_dispose_there_are_no_pairs_and_disposing_again_is_fine()
    {
        PingPairs.TryRead("a=1"u8, null, PingLimits.Default, out var pairs);
        pairs.Dispose();
        pairs.Dispose();
        Assert.Equal(0, pairs.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => pairs.Name(0).Length);
    }

    [Fact]
    public void Receiving_allocates_next_to_nothing_whatever_the_body()
    {
        var buffer = new ArrayBufferWriter<byte>(16_384);
        foreach (var (body, contentType) in PingCase.Forms.Select(c => (c.Body, PingCase.Form)).Concat(PingCase.Jsons.Select(c => (c.Body, PingCase.Json))))
        {
            Receive(body, contentType, buffer);     // fills the pools
            var before = GC.GetAllocatedBytesForCurrentThread();
            Receive(body, contentType, buffer);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 128);
        }
    }

    private static void Receive(byte[] body, string contentType, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        PingPairs.TryRead(body, contentType, PingLimits.Default, out var pairs);
        using (pairs)
        {
            pairs.WriteCanonical(buffer);
        }
    }
}

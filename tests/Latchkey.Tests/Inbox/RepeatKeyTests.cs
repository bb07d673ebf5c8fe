using System.Text;
using Latchkey.Inbox;

namespace Latchkey.Tests.Inbox;

public class RepeatKeyTests
{
    private static readonly byte[] Key = Acme.VectorSecret;

    [Theory]
    [InlineData("", 0)]
    [InlineData("&retry_count=0", 0)]
    [InlineData("&retry_count=1", 1)]
    [InlineData("&retry_count=2", 2)]
    [InlineData("&retry_count=3", 3)]
    [InlineData("&retry_count=4", 0)]
    [InlineData("&retry_count=11", 0)]
    [InlineData("&retry_count=x", 0)]
    public void The_retry_is_read_and_not_counted(string retry, int expected)
    {
        Assert.Equal(Of("resource_name=sale&sale_id=a"), Of("resource_name=sale&sale_id=a" + retry, out var read));
        Assert.Equal(expected, read);
    }

    [Fact]
    public void A_retry_as_Gumroad_sends_it_repeats_the_first_attempt()
    {
        var body = Encoding.UTF8.GetString(Ping.Captured("02"));
        Assert.Equal(Of(body), Of("retry_count=2&" + body, out var retry));
        Assert.Equal(2, retry);
    }

    [Fact]
    public void The_order_of_pairs_does_not_count()
    {
        var pairs = Encoding.UTF8.GetString(Ping.Captured("02")).Split('&');
        var expected = Of(string.Join('&', pairs));
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            random.Shuffle(pairs);
            Assert.Equal(expected, Of(string.Join('&', pairs)));
        }
    }

    [Fact]
    public void Form_and_JSON_of_one_event_are_one()
    {
        var sale = Ping.Sale(("variants", new System.Text.Json.Nodes.JsonObject { ["Tier"] = "Pro" }), ("full_name", "Mára & Ito [x]"));
        Assert.Equal(
            RepeatKey.OfPing(Key, sale.ToForm(), Acme.Form, null, false, out _),
            RepeatKey.OfPing(Key, sale.ToJson(), Acme.Json, null, false, out _));
    }

    [Fact]
    public void Anything_that_differs_is_another_ping()
    {
        const string Body = "resource_name=sale&sale_id=a&price=1";
        string[] others =
        [
            Body, "resource_name=sale&sale_id=b&price=1", "resource_name=sale&sale_id=a&price=", "resource_name=sale&sale_id=a",
            Body + "&price=1", Body + "&more=", "resource_name=refund&sale_id=a&price=1", "resource_name=sale&sale_id=ap&rice=1",
            "resource_name=sale&price=a&sale_id=1",
        ];
        Assert.Equal(others.Length, others.Select(o => Convert.ToHexString(Of(o))).Distinct().Count());
    }

    [Fact]
    public void Another_tenant_key_gives_another_hash() =>
        Assert.NotEqual(Of("a=1"), RepeatKey.OfPing([.. Key.Reverse()], "a=1"u8, Acme.Form, null, false, out _));

    [Theory]
    [InlineData("sale_id=a")]
    [InlineData("sale_id=a&resource_name=")]
    [InlineData("resource_name=sale&sale_id=a&resource_name=")]
    public void The_hint_counts_where_the_body_names_no_resource(string body)
    {
        Assert.NotEqual(Of(body, hint: "sale"), Of(body, hint: "refund"));
        Assert.NotEqual(Of(body, hint: "sale"), Of(body));
    }

    [Fact]
    public void The_hint_does_not_count_where_the_body_names_its_resource() =>
        Assert.Equal(Of("sale_id=a&resource_name=sale", hint: "refund"), Of("sale_id=a&resource_name=sale"));

    [Fact]
    public void What_cannot_be_decoded_is_compared_by_its_bytes()
    {
        byte[] Broken(string text, string contentType = Acme.Json) =>
            RepeatKey.OfPing(Key, Encoding.UTF8.GetBytes(text), contentType, null, false, out _);

        Assert.Equal(Broken("{\"a\":1"), Broken("{\"a\":1"));
        Assert.NotEqual(Broken("{\"a\":1"), Broken("{\"a\": 1"));
        Assert.NotEqual(Broken("{\"a\":1"), Broken("{\"a\":1", "text/plain"));
        Assert.NotEqual(Broken("retry_count=1&a=1", "text/plain"), Broken("retry_count=2&a=1", "text/plain"));
    }

    [Fact]
    public void What_was_truncated_is_compared_by_its_bytes()
    {
        var cut = RepeatKey.OfPing(Key, "a=1&b=2"u8, Acme.Form, null, truncated: true, out _);
        Assert.NotEqual(cut, Of("a=1&b=2"));
        Assert.NotEqual(cut, RepeatKey.OfPing(Key, "b=2&a=1"u8, Acme.Form, null, truncated: true, out _));
    }

    [Fact]
    public void Own_entries_are_unique_by_what_they_are_about()
    {
        Assert.Equal(RepeatKey.OfOwn(Key, "baked|p"), RepeatKey.OfOwn(Key, "baked|p"));
        Assert.NotEqual(RepeatKey.OfOwn(Key, "baked|p"), RepeatKey.OfOwn(Key, "baked|q"));
    }

    private static byte[] Of(string body, string? hint = null) => RepeatKey.OfPing(Key, Encoding.UTF8.GetBytes(body), Acme.Form, hint, false, out _);

    private static byte[] Of(string body, out int retry) => RepeatKey.OfPing(Key, Encoding.UTF8.GetBytes(body), Acme.Form, null, false, out retry);
}

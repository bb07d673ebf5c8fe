using System.Text.Json.Nodes;
using Latchkey.Simulator.Api;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>Small parts of the API that are easier to see alone.</summary>
public class PartsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    [Theory]
    [InlineData("a=1", """{"a":"1"}""")]
    [InlineData("a[]=1&a[]=2", """{"a":["1","2"]}""")]
    [InlineData("a[b]=1&a[c][d]=2", """{"a":{"b":"1","c":{"d":"2"}}}""")]
    [InlineData("a[][b]=1&a[][c]=2&a[][b]=3", """{"a":[{"b":"1","c":"2"},{"b":"3"}]}""")]
    [InlineData("a[][b][]=1&a[][b][]=2", """{"a":[{"b":["1","2"]}]}""")]
    [InlineData("a[=1&]=2&[x]=3", """{"a[":"1","]":"2","[x]":"3"}""")]
    public void Names_with_brackets_go_where_rails_puts_them(string pairs, string json)
    {
        var map = new JsonObject();
        foreach (var pair in pairs.Split('&').Select(pair => pair.Split('=')))
        {
            NestedNames.Set(map, pair[0], pair[1]);
        }

        Assert.Equal(json, map.ToJsonString());
    }

    [Theory]
    [InlineData(20, "less than a minute ago")]
    [InlineData(60, "1 minute ago")]
    [InlineData(60 * 50, "about 1 hour ago")]
    [InlineData(60 * 60 * 5, "about 5 hours ago")]
    [InlineData(86_400, "1 day ago")]
    [InlineData(86_400 * 3, "3 days ago")]
    [InlineData(86_400 * 40, "about 1 month ago")]
    [InlineData(86_400 * 200, "7 months ago")]
    [InlineData(86_400 * 370, "about 1 year ago")]
    [InlineData(86_400 * 550, "over 1 year ago")]
    [InlineData(86_400 * 700, "almost 2 years ago")]
    public void Time_is_told_in_words(int seconds, string words) => Assert.Equal(words, TimeText.Ago(Now.AddSeconds(-seconds), Now));

    [Theory]
    [InlineData(0, "usd", null, "$0")]
    [InlineData(1875, "usd", null, "$18.75")]
    [InlineData(125_000, "eur", null, "€1,250")]
    [InlineData(900, "usd", "quarterly", "$9 every 3 months")]
    public void Prices_are_whole_where_they_can_be(int cents, string currency, string? recurrence, string text) =>
        Assert.Equal(text, MoneyText.Price(cents, currency, recurrence));

    [Fact]
    public void A_page_key_survives_the_way_there_and_back()
    {
        var key = new PageKey(Now.AddMicroseconds(123_456), 206_415_997);

        Assert.Equal("20260314092653123456-206415997", key.ToString());
        Assert.True(PageKey.TryParse(key.ToString(), out var read));
        Assert.Equal(key, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("20260314-1")]
    [InlineData("20261314092653123456-1")]
    [InlineData("20260314092653123456")]
    [InlineData("20260314092653123456-0")]
    [InlineData("20260314092653123456-1x")]
    public void What_is_no_page_key_is_told(string text) => Assert.False(PageKey.TryParse(text, out _));
}

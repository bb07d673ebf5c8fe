using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Tests;

public sealed class PingEndpointsTests
{
    private static readonly Uri Shop = new("https://shop.example/pings");

    [Fact]
    public void Subscriptions_are_kept_in_order_and_never_made_one()
    {
        var endpoints = new PingEndpoints(new SimulatorOptions().Subscribe("sale", Shop).Subscribe("sale", Shop).Subscribe("refund", Shop));
        var added = endpoints.Add("id", "sale", Shop, "application");
        Assert.Equal([true, true, false], endpoints.List("sale").Select(endpoint => endpoint.IsTrusted));
        Assert.Equal(3, endpoints.List("sale").Select(endpoint => endpoint.Id).Distinct().Count());
        Assert.Same(added, endpoints.List("sale")[2]);
        Assert.Single(endpoints.List("refund"));
        Assert.Empty(endpoints.List("dispute"));
    }

    [Fact]
    public void An_application_removes_its_own_subscriptions_only()
    {
        var endpoints = new PingEndpoints(new SimulatorOptions().Subscribe("sale", Shop));
        endpoints.Add("id", "refund", Shop, "application");
        Assert.False(endpoints.Remove("id", "another"));
        Assert.False(endpoints.Remove(endpoints.List("sale")[0].Id, "application"));
        Assert.True(endpoints.Remove("id", "application"));
        Assert.False(endpoints.Remove("id", "application"));
        Assert.Empty(endpoints.List("refund"));
    }

    [Fact]
    public void An_application_that_is_not_live_stays_listed_and_gets_nothing()
    {
        var endpoints = new PingEndpoints(new SimulatorOptions());
        endpoints.Add("id", "sale", Shop, "application");
        Assert.Single(endpoints.Live("sale"));
        endpoints.IsApplicationLive = application => application != "application";
        Assert.Empty(endpoints.Live("sale"));
        Assert.Single(endpoints.List("sale"));
    }

    [Fact]
    public void The_accounts_url_gets_sales_only_and_comes_first()
    {
        var endpoints = new PingEndpoints(new SimulatorOptions { PingUrl = new Uri("https://hooks.zapier.com/x") }.Subscribe("sale", Shop).Subscribe("refund", Shop));
        Assert.Equal(["hooks.zapier.com", "shop.example"], endpoints.Live("sale").Select(endpoint => endpoint.Url.Host));
        Assert.Equal(["shop.example"], endpoints.Live("refund").Select(endpoint => endpoint.Url.Host));
        Assert.Equal("application/x-www-form-urlencoded", endpoints.Live("sale")[0].Target.ContentType);
    }

    [Theory]
    [InlineData("https://shop.example/p", "https://shop.example/p")]
    [InlineData(" shop.example/p?token=t ", "http://shop.example/p?token=t")]
    [InlineData("localhost:5080/p", "http://localhost:5080/p")]
    public void A_url_entered_without_http_gets_it_in_front_and_is_not_trusted(string text, string url)
    {
        var options = new SimulatorOptions { PingUrl = Shop };
        var endpoints = new PingEndpoints(options);
        Assert.True(endpoints.EnterAccountUrl(Shop.OriginalString));
        Assert.True(endpoints.Account!.IsTrusted);
        Assert.True(endpoints.EnterAccountUrl(text));
        Assert.Equal((url, false), (endpoints.Account!.Url.OriginalString, endpoints.Account.IsTrusted));

        options.PingUrl = new Uri("shop.example/set-in-code", UriKind.Relative);
        Assert.Equal(("http://shop.example/set-in-code", true), (endpoints.Account!.Url.AbsoluteUri, endpoints.Account.IsTrusted));
    }

    [Fact]
    public void Empty_text_ends_it_and_what_is_no_url_changes_nothing()
    {
        var endpoints = new PingEndpoints(new SimulatorOptions { PingUrl = Shop });
        Assert.False(endpoints.EnterAccountUrl("http://"));
        Assert.False(endpoints.EnterAccountUrl("a b"));
        Assert.Equal(Shop, endpoints.Account?.Url);
        Assert.True(endpoints.EnterAccountUrl(""));
        Assert.Null(endpoints.Account);
    }

    [Theory]
    [InlineData("https://hooks.zapier.com/x", true)]
    [InlineData("https://HOOKS.ZAPIER.COM/x", true)]
    [InlineData("https://zapier.com.example/x", false)]
    public void A_subscription_of_a_zapier_host_is_json(string url, bool json) =>
        Assert.Equal(json, new PingEndpoints(new SimulatorOptions()).Add("id", "sale", new Uri(url), "application").Json);

    [Fact]
    public void A_retry_of_a_json_ping_carries_a_number_last()
    {
        var target = new PingTarget(new Uri("https://hooks.zapier.com/x"), Json: true, IsTrusted: false);
        Assert.Equal("""{"a":"b","retry_count":2}""", System.Text.Encoding.UTF8.GetString(target.Retried("""{"a":"b"}"""u8.ToArray(), 2)));
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Latchkey.Simulator.Tests.Storefront;

public sealed class SettingsTests : StorefrontTest
{
    private const string Settings = "/seller/settings";

    [Fact]
    public async Task A_ping_url_without_http_gets_it_and_serves()
    {
        await OpenAsync(new SimulatorOptions { PingSpeed = 1000, AllowPrivateAddresses = true });
        var page = await PressAsync(Settings, Settings + "/ping-url", ("url", $"127.0.0.1:{Receiver.Url.Port}/pings?token=a"));
        Assert.Equal($"http://127.0.0.1:{Receiver.Url.Port}/pings?token=a", Simulator.PingUrl?.OriginalString);
        Assert.Equal(Simulator.PingUrl?.OriginalString, PageForm.Of(page, Settings + "/ping-url")["url"]);
        await CheckOutAsync("/checkout/inkwell");
        Assert.Equal("/pings?token=a", (await PingAsync()).Target);
        await PressAsync(Settings, Settings + "/test-ping");
        Assert.Equal("true", Receiver.Requests[^1]["test"]);
        await PressAsync(Settings, Settings + "/ping-url", ("url", ""));
        Assert.Null(Simulator.PingUrl);
    }

    [Theory]
    [InlineData("http://localhost:5080/pings", "--allow-private")]
    [InlineData("127.0.0.1", "AllowPrivateAddresses")]
    [InlineData("10.1.2.3/x", "--allow-private")]
    [InlineData("ftp+http://example.org", "not http")]
    [InlineData("http://", "no URL")]
    public async Task An_address_Gumroad_refuses_is_refused_with_the_mend(string typed, string said)
    {
        await OpenAsync();
        foreach (var (action, all) in new[] { (Settings + "/ping-url", false), (Settings + "/subscriptions", true) })
        {
            var answer = await PostAsync(action, ("url", typed), ("resource", all ? "" : "sale"));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Null(Simulator.PingUrl);
    }

    [Fact]
    public async Task Resources_are_subscribed_one_by_one_or_all_and_ended()
    {
        await OpenAsync(new SimulatorOptions { PingSpeed = 1000, AllowPrivateAddresses = true });
        await PressAsync(Settings, Settings + "/subscriptions", ("resource", "dispute"), ("url", Receiver.Url.ToString()));
        var page = await PressAsync(Settings, Settings + "/subscriptions", ("url", Receiver.Url.ToString()));
        var ends = Regex.Matches(page, $"action=\"({Settings}/subscriptions/[^/]+/remove)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(9, ends.Count);
        var sale = await Simulator.BuyAsync(Inkwell, Limit);
        await Simulator.DisputeAsync(sale.SaleId, Limit);
        await Simulator.WhenQuietAsync(Limit);
        Assert.Equal(["dispute", "dispute", "sale"], Receiver.Requests.Select(ping => ping["resource_name"]).Order());

        foreach (var end in ends)
        {
            page = await PressAsync(Settings, end);
        }

        Assert.DoesNotContain("/remove\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(ends[0])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(Settings + "/subscriptions", ("resource", "weather"), ("url", "example.org"))).StatusCode);
    }

    [Fact]
    public async Task Tokens_are_made_with_scopes_and_revoked()
    {
        await OpenAsync();
        var page = await PressAsync(Settings, Settings + "/tokens", ("scope.view_sales", "true"), ("scope.refund_sales", "true"));
        Assert.Contains("view_sales refund_sales", page.Replace("refund_sales view_sales", "view_sales refund_sales", StringComparison.Ordinal), StringComparison.Ordinal);
        var token = PageForm.Of(page, Settings + "/tokens/revoke")["token"]!;
        Assert.Equal(HttpStatusCode.OK, await CallAsync(token));
        Assert.DoesNotContain(token, await PressAsync(Settings, Settings + "/tokens/revoke"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(token));
    }

    private async Task<HttpStatusCode> CallAsync(string token)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await client.GetAsync(new Uri(Simulator.Address, "/v2/sales"), Limit)).StatusCode;
    }
}

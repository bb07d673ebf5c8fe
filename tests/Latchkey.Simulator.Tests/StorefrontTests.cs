using System.Net;
using System.Text.RegularExpressions;

namespace Latchkey.Simulator.Tests;

public sealed class StorefrontTests : SimulatorTest
{
    private readonly HttpClient _browser = new(new SocketsHttpHandler());

    [Fact]
    public async Task A_buyer_finds_a_product_pays_and_gets_a_receipt()
    {
        var simulator = await SubscribedAsync();
        _browser.BaseAddress = simulator.Address;
        Assert.Contains("href=\"/l/brushpack\"", await PageAsync("/"), StringComparison.Ordinal);
        var product = await PageAsync("/l/brushpack?account=%3Cu%3E&account=u%22_1");
        var kept = Regex.Match(product, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\">");
        Assert.Equal(("url_params.account", "u&quot;_1"), (kept.Groups[1].Value, kept.Groups[2].Value));

        var answer = await PostAsync("/l/brushpack", new()
        {
            ["email"] = "mara@example.org",
            ["full_name"] = "<b>Mara</b>",
            ["quantity"] = "2",
            ["variants.Edition"] = "Studio (5 devices)",
            ["url_params.account"] = "u\"_1",
        });
        var receipt = await answer.Content.ReadAsStringAsync();
        var sale = Assert.Single(simulator.Sales);
        Assert.Equal("/purchases/" + Uri.EscapeDataString(sale.SaleId), answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains(sale.LicenseKey!, receipt, StringComparison.Ordinal);
        Assert.Contains("$98.00", receipt, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Mara&lt;/b&gt;", receipt, StringComparison.Ordinal);

        await simulator.WhenQuietAsync(Limit);
        var ping = await Receiver.NextAsync();
        Assert.Equal(("u\"_1", "Studio (5 devices)", "2"), (ping["url_params[account]"], ping["variants[Edition]"], ping["quantity"]));
    }

    [Theory]
    [InlineData("", "1", "Personal")]
    [InlineData("a@example.org", "0", "Personal")]
    [InlineData("a@example.org", "1", "Nonesuch")]
    public async Task A_bad_form_comes_back_with_a_sentence(string email, string quantity, string edition)
    {
        var simulator = await SubscribedAsync();
        _browser.BaseAddress = simulator.Address;
        var answer = await PostAsync("/l/brushpack", new() { ["email"] = email, ["quantity"] = quantity, ["variants.Edition"] = edition });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(simulator.Sales);
    }

    [Fact]
    public async Task The_seller_can_refund_dispute_win_resend_and_test()
    {
        var options = Options().SubscribeAll(Receiver.Url);
        options.PingUrl = Receiver.Url;
        var simulator = await StartAsync(options);
        _browser.BaseAddress = simulator.Address;
        var sale = await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        var path = "/seller/sales/" + Uri.EscapeDataString(sale.SaleId);
        foreach (var action in new[] { path + "/dispute", path + "/win-dispute", path + "/refund", path + "/resend", "/seller/test-ping" })
        {
            Assert.Contains($"action=\"{action}\"", await PageAsync("/seller"), StringComparison.Ordinal);
            Assert.Equal("/seller", (await PostAsync(action, [])).RequestMessage!.RequestUri!.AbsolutePath);
            await simulator.WhenQuietAsync(Limit);
        }

        Assert.Equal(
            ["", "dispute", "dispute_won", "refund", "sale", "sale", "sale", "sale"],
            Receiver.Requests.Select(ping => ping["resource_name"] ?? "").Order());
        Assert.Contains("<td>dispute_won</td><td>1</td><td class=\"good\">200</td>", await PageAsync("/seller"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(path + "/refund", [])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/seller/sales/none/refund", [])).StatusCode);
    }

    [Fact]
    public async Task A_page_from_elsewhere_cannot_buy()
    {
        var simulator = await SubscribedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(simulator.Address, "/l/inkwell"));
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("email", "a@example.org"), KeyValuePair.Create("quantity", "1")]);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, (await _browser.SendAsync(request, Limit)).StatusCode);
        Assert.Empty(simulator.Sales);
    }

    private async Task<string> PageAsync(string path) => await _browser.GetStringAsync(path, Limit);

    private async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form) =>
        await _browser.PostAsync(path, new FormUrlEncodedContent(form), Limit);
}

using System.Net;

namespace Latchkey.Simulator.Tests.Storefront;

public sealed class GuardTests : StorefrontTest
{
    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.RedirectMethod)]
    public async Task A_page_from_elsewhere_cannot_buy(string from, HttpStatusCode expected)
    {
        await OpenAsync();
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Simulator.Address, "/checkout/inkwell"));
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("email", "a@example.org"), KeyValuePair.Create("quantity", "1")]);
        request.Headers.Add("Sec-Fetch-Site", from);
        Assert.Equal(expected, (await browser.SendAsync(request, Limit)).StatusCode);
        Assert.Equal(expected == HttpStatusCode.Forbidden ? 0 : 1, Simulator.Sales.Count);
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/l/inkwell", false)]
    [InlineData("/checkout/inkwell", true)]
    [InlineData("/seller/pings", false)]
    [InlineData("/nothing/here", false)]
    public async Task Pages_may_load_nothing_but_their_style_and_the_checkout_its_script(string path, bool hasScript)
    {
        await OpenAsync();
        var answer = await GetAsync(path);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(hasScript, policy.Contains("script-src 'self'", StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(hasScript, (await answer.Content.ReadAsStringAsync()).Contains("<script", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_api_is_not_a_page()
    {
        await OpenAsync();
        Assert.False((await GetAsync("/v2/sales")).Headers.Contains("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/checkout/inkwell")]
    [InlineData("/seller/settings/ping-url")]
    [InlineData("/seller/faults")]
    public async Task What_is_no_form_is_taken_as_an_empty_one(string path)
    {
        await OpenAsync();
        using var browser = new HttpClient(new SocketsHttpHandler());
        using var answer = await browser.PostAsync(new Uri(Simulator.Address, path), new StringContent("{}", null, "application/json"), Limit);
        Assert.InRange((int)answer.StatusCode, 200, 400);
        Assert.Empty(Simulator.Sales);
    }
}

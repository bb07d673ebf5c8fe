using System.Net;

namespace Latchkey.Simulator.Tests.Storefront;

public sealed class PingPageTests : StorefrontTest
{
    [Fact]
    public async Task Pings_are_listed_and_each_has_a_page_with_its_pairs_and_body()
    {
        await OpenAsync();
        Assert.Contains("None sent yet", await PageAsync("/seller/pings"), StringComparison.Ordinal);
        Receiver.AnswerStatus(500, 410);
        await CheckOutAsync("/checkout/inkclub?who=me+%26+you");
        var sent = await PingAsync();

        var list = await PageAsync("/seller/pings");
        Assert.Contains("""<a href="/seller/pings/1">sale</a>""", list, StringComparison.Ordinal);
        Assert.Contains("<span class=\"bad\">500</span>", list, StringComparison.Ordinal);
        Assert.Contains("mara@example.org", list, StringComparison.Ordinal);
        var retry = await PageAsync("/seller/pings/2");
        Assert.Contains("retry_count=1", retry, StringComparison.Ordinal);
        Assert.Contains("<td>url_params[who]</td><td>me &amp; you</td>", retry, StringComparison.Ordinal);
        Assert.Contains("<td>variants[Tier]</td><td>Reader</td>", retry, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(sent.Body), retry, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/seller/pings/3"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/seller/pings/0"));
    }

    [Fact]
    public async Task The_list_renews_itself_until_it_is_told_not_to()
    {
        await OpenAsync();
        Assert.Contains("http-equiv=\"refresh\"", await PageAsync("/seller/pings"), StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=\"refresh\"", await PageAsync("/seller/pings?refresh=off"), StringComparison.Ordinal);
    }
}

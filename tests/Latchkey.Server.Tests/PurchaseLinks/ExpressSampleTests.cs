using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;
using Microsoft.AspNetCore.WebUtilities;

namespace Latchkey.Server.Tests.PurchaseLinks;

/// <summary><c>samples/express-one-time</c>, the same for a stack that is not ours.</summary>
[Trait("Store", "sqlite")] // the demo's
public sealed class ExpressSampleTests(ExpressWall wall) : IClassFixture<ExpressWall>
{
    [Fact]
    public async Task The_app_gets_user_data_and_payment_back_once_however_often_he_returns()
    {
        var cookie = await wall.SignInAsync("Mara");
        var link = await wall.BuyAsync(cookie, "to <everybody> & all");
        await link.PayAsync(734);
        var back = (await link.WayBackAsync()).ToString();
        Assert.StartsWith(wall.Address + "/bought?", back, StringComparison.Ordinal);
        var bought = await wall.GetAsync(back, cookie);
        Assert.Equal(200, bought.Status);
        Assert.Contains("Thank you, mara: for $7.34 the wall says “to <everybody> & all”.", bought.Text, StringComparison.Ordinal);
        Assert.Equal("no-store", bought.Headers.CacheControl?.ToString());

        foreach (var again in new[] { back, (await link.WayBackAsync()).ToString() })
        {
            Assert.Equal(bought.Text, (await wall.GetAsync(again, cookie)).Text);
        }

        Assert.Equal(1, await SheetsAsync("to <everybody> & all <small>mara, $7.34</small>"));
    }

    [Fact]
    public async Task Who_closes_his_browser_gets_what_he_paid_for()
    {
        var link = await wall.BuyAsync(await wall.SignInAsync("closing"), "before you read this");
        await link.PayAsync();
        await Eventually.HoldsAsync(async () => await SheetsAsync("before you read this") == 1, "the sheet was not put up");
    }

    [Fact]
    public async Task A_forged_result_is_refused()
    {
        var cookie = await wall.SignInAsync("forger");
        var link = await wall.BuyAsync(cookie, "for nothing");
        var back = await link.WayBackAsync();
        var parts = QueryHelpers.ParseQuery(back.Query)["latchkey_result"].ToString().Split('.');
        var claims = JsonNode.Parse(WebEncoders.Base64UrlDecode(parts[1]))!;
        (claims["state"], claims["reason"]) = ("redeemed", null);
        var forged = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        await RefusedAsync("?latchkey_result=" + string.Join('.', parts[0], forged, parts[2]));
        await RefusedAsync("?latchkey_result=" + string.Join('.', WebEncoders.Base64UrlEncode("""{"alg":"none","typ":"purchase-result+jwt"}"""u8.ToArray()), forged, ""));
        await RefusedAsync("?latchkey_result=yes&latchkey_result=yes");
        await RefusedAsync("");
        Assert.Equal(0, await SheetsAsync("for nothing"));

        async Task RefusedAsync(string query)
        {
            var refused = await wall.GetAsync(wall.Address + "/bought" + query, cookie);
            Assert.Equal(400, refused.Status);
            Assert.Contains("invalid_result", refused.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_paid_or_paid_short_is_not_sold()
    {
        var cookie = await wall.SignInAsync("miser");
        var link = await wall.BuyAsync(cookie, "for a dime");
        Assert.Contains("not_paid", (await wall.GetAsync((await link.WayBackAsync()).ToString(), cookie)).Text, StringComparison.Ordinal);
        await link.PayAsync(10);
        Assert.Contains("amount_mismatch", (await wall.GetAsync((await link.WayBackAsync()).ToString(), cookie)).Text, StringComparison.Ordinal);
        Assert.Equal(0, await SheetsAsync("for a dime"));
    }

    [Fact]
    public async Task Another_users_result_shows_nothing_and_still_serves_its_owner()
    {
        var link = await wall.BuyAsync(await wall.SignInAsync("owner"), "mine");
        await link.PayAsync();
        var stolen = await wall.GetAsync((await link.WayBackAsync()).ToString(), await wall.SignInAsync("thief"));
        Assert.Equal(403, stolen.Status);
        Assert.Contains("not_yours", stolen.Text, StringComparison.Ordinal);
        Assert.Equal(1, await SheetsAsync("mine <small>owner,"));
    }

    [Fact]
    public void Its_packages_are_those_it_is_tested_with()
    {
        var tested = Dependencies(Path.Combine(SourceTree.Npm, "package.json"));
        Assert.All(Dependencies(Path.Combine(ExpressWall.Sample, "package.json")), package => Assert.Contains(package, tested));
    }

    private async Task<int> SheetsAsync(string text) => (await wall.GetAsync(wall.Address + "/")).Text.Split("<li>" + text).Length - 1;

    private static Dictionary<string, string> Dependencies(string package) =>
        JsonNode.Parse(File.ReadAllText(package))!["dependencies"]!.AsObject().ToDictionary(p => p.Key, p => (string)p.Value!);
}

using Latchkey.Gumroad.Api;
using Latchkey.Gumroad.Events;

namespace Latchkey.Simulator.Tests.Api;

public class TokenTests : ApiTest
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task No_token_or_a_wrong_one_is_an_empty_401_that_says_why_in_its_header(string? token)
    {
        var shop = await OpenAsync();
        shop.Bearer = token;

        using var answer = await shop.GetAsync("/v2/sales");

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            "Bearer realm=\"Doorkeeper\", error=\"invalid_token\", error_description=\"The access token is invalid\"",
            answer.Headers.WwwAuthenticate.ToString());
        await Assert.ThrowsAsync<GumroadTokenException>(() => ClientOf(shop, "wrong").User.GetAsync());
    }

    [Theory]
    [InlineData("GET", "/v2/sales", "edit_products")]
    [InlineData("GET", "/v2/sales/x", "view_profile")]
    [InlineData("PUT", "/v2/sales/x/refund", "view_sales")]
    [InlineData("PUT", "/v2/sales/x/mark_as_shipped", "view_sales")]
    [InlineData("POST", "/v2/sales/x/resend_receipt", "view_sales")]
    [InlineData("GET", "/v2/subscribers/x", "edit_products")]
    [InlineData("PUT", "/v2/resource_subscriptions", "edit_products")]
    [InlineData("PUT", "/v2/licenses/disable", "view_sales")]
    [InlineData("POST", "/v2/products", "view_sales")]
    [InlineData("DELETE", "/v2/products/inkwell", "view_sales")]
    [InlineData("POST", "/v2/products/inkwell/offer_codes", "view_sales")]
    [InlineData("GET", "/v2/payouts", "view_sales")]
    [InlineData("GET", "/v2/products", "view_payouts")]
    public async Task A_missing_scope_is_an_empty_403(string method, string path, string scope)
    {
        var shop = await OpenAsync();
        shop.Bearer = shop.Simulator.CreateAccessToken(scope);

        using var answer = await shop.SendAsync(new HttpMethod(method), path, content: null);

        Assert.Equal((403, ""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal("no-store, no-cache", answer.Headers.NonValidated["Cache-Control"].ToString());
    }

    [Fact]
    public async Task The_scope_account_opens_everything()
    {
        var shop = await OpenAsync();
        var client = ClientOf(shop, shop.Simulator.CreateAccessToken("account"));
        var sale = await shop.BuyAsync(Inkwell);

        Assert.True((await client.Sales.RefundAsync(sale.SaleId)).Refunded);
        Assert.Empty(await AllAsync(client.Payouts.ListAsync()));
    }

    [Fact]
    public async Task A_token_is_taken_from_the_query_a_form_or_json_under_either_name()
    {
        var shop = await OpenAsync();
        shop.Bearer = null;

        foreach (var name in new[] { "access_token", "bearer_token" })
        {
            using var query = await shop.GetAsync($"/v2/user?{name}={ApiShop.Token}");
            using var form = await shop.PutAsync("/v2/products/inkwell/enable", (name, ApiShop.Token));
            using var json = await shop.SendJsonAsync(HttpMethod.Put, "/v2/products/inkwell/enable", $$"""{"{{name}}": "{{ApiShop.Token}}"}""");
            Assert.Equal((200, 200, 200), ((int)query.StatusCode, (int)form.StatusCode, (int)json.StatusCode));
        }
    }

    [Fact]
    public async Task Without_a_token_of_its_own_an_applications_subscriptions_stay_listed_and_fall_silent()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await OpenAsync();
        var tokens = shop.Simulator.Tokens;
        var application = tokens.Register("Other", redirectUri: null);
        var first = tokens.Create(application.Id, "view_sales");
        await ClientOf(shop, first).ResourceSubscriptions.CreateAsync(GumroadResource.Sale, receiver.Url);

        await SellAsync(shop);
        tokens.Revoke(first);
        await SellAsync(shop);
        tokens.Create(application.Id, "edit_products");
        await SellAsync(shop);
        var whileSilent = receiver.Requests.Count;
        tokens.Create(application.Id, "account");
        await SellAsync(shop);

        Assert.Equal((1, 2), (whileSilent, receiver.Requests.Count));
        Assert.Single(await ClientOf(shop).ResourceSubscriptions.ListAsync(GumroadResource.Sale));
    }

    [Fact]
    public async Task Applications_see_each_others_subscriptions_but_cannot_end_them()
    {
        var shop = await OpenAsync();
        var tokens = shop.Simulator.Tokens;
        var other = tokens.Create(tokens.Register("Other", redirectUri: null).Id, "view_sales");
        var mine = await ClientOf(shop).ResourceSubscriptions.CreateAsync(GumroadResource.Refund, new Uri("https://hooks.example/x"));

        var seen = await ClientOf(shop, other).ResourceSubscriptions.ListAsync(GumroadResource.Refund);
        await Assert.ThrowsAsync<GumroadNotFoundException>(() => ClientOf(shop, other).ResourceSubscriptions.DeleteAsync(mine.Id));
        shop.Bearer = other;
        var own = await shop.JsonAsync("/v2/resource_subscriptions?resource_name=refund&current_oauth_application_only=true");

        Assert.Equal(mine.Id, Assert.Single(seen).Id);
        Assert.Empty(own["resource_subscriptions"]!.AsArray());
    }

    [Fact]
    public async Task An_unknown_path_or_method_is_a_404_with_error()
    {
        var shop = await OpenAsync();

        foreach (var path in new[] { "/v2/nothing", "/api/v2/sales/x/y/z", "/v2/licenses/verify" })
        {
            using var answer = await shop.GetAsync(path);
            Assert.Equal((404, """{"success":false,"error":"Not found"}"""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"license_key": "a", "license_key": "b"}""")]
    public async Task A_body_that_is_not_json_is_a_400(string body)
    {
        var shop = await OpenAsync();

        using var answer = await shop.SendJsonAsync(HttpMethod.Post, "/v2/licenses/verify", body);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    private static async Task SellAsync(ApiShop shop)
    {
        await shop.BuyAsync(Inkwell);
        await shop.Simulator.WhenQuietAsync();
    }
}

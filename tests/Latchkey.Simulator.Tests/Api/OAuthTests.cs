using System.Text.Json.Nodes;
using System.Web;
using Latchkey.Simulator.Api;

namespace Latchkey.Simulator.Tests.Api;

public class OAuthTests : ApiTest
{
    private const string Back = "https://app.example/callback?from=gumroad";

    [Fact]
    public async Task A_seller_who_authorizes_comes_back_with_a_code_that_is_good_once()
    {
        var shop = await OpenAsync();
        var application = shop.Simulator.Tokens.Register("Keys", Back);

        using var page = await shop.GetAsync(AddressOf(application, "view_sales edit_products"));
        using var redirect = await shop.PostAsync("/oauth/authorize", Form(application, "allow"));
        var query = HttpUtility.ParseQueryString(redirect.Headers.Location!.Query);
        var token = await TokenAsync(shop, application, ("grant_type", "authorization_code"), ("code", query["code"]!), ("redirect_uri", Back));
        var again = await TokenAsync(shop, application, ("grant_type", "authorization_code"), ("code", query["code"]!), ("redirect_uri", Back));

        Assert.Contains("Keys asks to use your account", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://app.example;", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(("gumroad", "a b&c"), (query["from"], query["state"]));
        Assert.Equal(["access_token", "token_type", "refresh_token", "scope", "created_at"], token.Select(pair => pair.Key));
        Assert.Equal("view_sales edit_products", (string?)token["scope"]);
        Assert.Equal("invalid_grant", (string?)again["error"]);
        shop.Bearer = (string)token["access_token"]!;
        Assert.True((bool)(await shop.JsonAsync("/v2/sales"))["success"]!);
    }

    [Fact]
    public async Task A_seller_who_denies_comes_back_with_an_error()
    {
        var shop = await OpenAsync();
        var application = shop.Simulator.Tokens.Register("Keys", Back);

        using var redirect = await shop.PostAsync("/oauth/authorize", Form(application, "deny"));

        Assert.Equal("access_denied", HttpUtility.ParseQueryString(redirect.Headers.Location!.Query)["error"]);
    }

    [Fact]
    public async Task Codes_go_only_where_the_application_said_and_last_ten_minutes()
    {
        var shop = await OpenAsync();
        var application = shop.Simulator.Tokens.Register("Keys", Back);

        using var elsewhere = await shop.GetAsync($"/oauth/authorize?client_id={application.ClientId}&response_type=code&redirect_uri=https%3A%2F%2Fevil.example");
        using var unknown = await shop.GetAsync("/oauth/authorize?client_id=none&response_type=code");
        using var redirect = await shop.PostAsync("/oauth/authorize", Form(application, "allow"));
        await shop.Simulator.AdvanceAsync(TimeSpan.FromMinutes(10));
        var late = await TokenAsync(
            shop, application, ("grant_type", "authorization_code"), ("code", HttpUtility.ParseQueryString(redirect.Headers.Location!.Query)["code"]!), ("redirect_uri", Back));

        Assert.Equal((400, 401), ((int)elsewhere.StatusCode, (int)unknown.StatusCode));
        Assert.Equal("invalid_grant", (string?)late["error"]);
    }

    [Fact]
    public async Task A_refresh_token_brings_a_new_pair_and_ends_the_old_one()
    {
        var shop = await OpenAsync();
        var application = shop.Simulator.Tokens.FirstApplication;
        var old = shop.Simulator.Tokens.Grant(application.Id, ["view_sales"]);

        var fresh = await TokenAsync(shop, application, ("grant_type", "refresh_token"), ("refresh_token", old.RefreshToken!));
        var again = await TokenAsync(shop, application, ("grant_type", "refresh_token"), ("refresh_token", old.RefreshToken!));

        Assert.Null(shop.Simulator.Tokens.Find(old.Value));
        Assert.Equal(["view_sales"], shop.Simulator.Tokens.Find((string)fresh["access_token"]!)!.Scopes);
        Assert.Equal("invalid_grant", (string?)again["error"]);
    }

    [Fact]
    public async Task Client_credentials_make_a_token_that_acts_for_nobody()
    {
        var shop = await OpenAsync();

        var token = await TokenAsync(shop, shop.Simulator.Tokens.FirstApplication, ("grant_type", "client_credentials"), ("scope", "view_sales"));
        shop.Bearer = (string)token["access_token"]!;
        using var sales = await shop.GetAsync("/v2/sales");

        Assert.False(token.ContainsKey("refresh_token"));
        Assert.Equal(404, (int)sales.StatusCode);
    }

    [Theory]
    [InlineData(GumroadVersion.April2025, null)]
    [InlineData(GumroadVersion.Newest, "unsupported_grant_type")]
    public async Task Passwords_were_a_way_in_only_in_april_2025(GumroadVersion version, string? error)
    {
        var shop = await OpenAsync(version);

        var answer = await TokenAsync(
            shop, shop.Simulator.Tokens.FirstApplication, ("grant_type", "password"), ("username", "owner@inkwell.example"), ("password", "x"), ("scope", "view_sales"));

        Assert.Equal(error, (string?)answer["error"]);
    }

    [Fact]
    public async Task Wrong_clients_and_scopes_are_refused()
    {
        var shop = await OpenAsync();
        var application = shop.Simulator.Tokens.FirstApplication;

        using var client = await shop.PostAsync("/oauth/token", ("grant_type", "client_credentials"), ("client_id", application.ClientId), ("client_secret", "wrong"));
        var scope = await TokenAsync(shop, application, ("grant_type", "client_credentials"), ("scope", "everything"));
        var none = await TokenAsync(shop, application);

        Assert.Equal((401, "invalid_client"), ((int)client.StatusCode, (string?)(await ApiShop.ReadAsync(client))["error"]));
        Assert.Equal(("invalid_scope", "invalid_request"), ((string?)scope["error"], (string?)none["error"]));
    }

    [Fact]
    public async Task A_revoked_token_is_refused_as_such_and_only_its_application_can_revoke_it()
    {
        var shop = await OpenAsync();
        var tokens = shop.Simulator.Tokens;
        var other = tokens.Register("Other", redirectUri: null);

        using var stranger = await shop.PostAsync("/oauth/revoke", WithClient(other, ("token", ApiShop.Token)));
        Assert.NotNull(tokens.Find(ApiShop.Token));
        using var owner = await shop.PostAsync("/oauth/revoke", WithClient(tokens.FirstApplication, ("token", ApiShop.Token)));
        using var nobody = await shop.PostAsync("/oauth/revoke", ("token", ApiShop.Token));
        using var refused = await shop.GetAsync("/v2/user");

        Assert.Equal((200, 200, 403), ((int)stranger.StatusCode, (int)owner.StatusCode, (int)nobody.StatusCode));
        Assert.Contains("The access token was revoked", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    private static string AddressOf(OAuthApplication application, string scope) =>
        $"/oauth/authorize?client_id={application.ClientId}&response_type=code&scope={Uri.EscapeDataString(scope)}&redirect_uri={Uri.EscapeDataString(Back)}";

    private static (string, string)[] Form(OAuthApplication application, string answer) =>
        [("client_id", application.ClientId), ("redirect_uri", Back), ("scope", "view_sales edit_products"), ("state", "a b&c"), ("answer", answer)];

    private static async Task<JsonObject> TokenAsync(ApiShop shop, OAuthApplication application, params (string, string)[] form) =>
        await ApiShop.ReadAsync(await shop.PostAsync("/oauth/token", WithClient(application, form)));

    private static (string, string)[] WithClient(OAuthApplication application, params (string, string)[] form) =>
        [.. form, ("client_id", application.ClientId), ("client_secret", application.ClientSecret)];
}

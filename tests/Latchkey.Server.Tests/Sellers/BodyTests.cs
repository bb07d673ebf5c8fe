using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

/// <summary>What is said of bodies that are not as they should be, whichever the route.</summary>
public sealed class BodyTests(SharedServer shared)
{
    private const string KeyType = "/products/studio/key-types/pro";

    [Theory]
    [InlineData("POST", KeyType + "/push", """{"dryrun":true}""", "dryrun", "dry_run")]
    [InlineData("PUT", "/rules", """{"rules":[{"gumroad_product":"a","varient":"b","action":"ignore"}]}""", "rules[0].varient", "variant")]
    [InlineData("PUT", KeyType, """{"name":"Pro","teir":"pro"}""", "teir", "tier")]
    [InlineData("POST", "/replay", """{"sawp":true}""", "sawp", "swap")]
    [InlineData("PUT", "/integration", """{"subjct":{"from":"url_params","name":"account"}}""", "subjct", "subject")]
    [InlineData("PUT", "/integration", """{"subject":{"from":"url_params","Name":"account"}}""", "subject.Name", "name")]
    [InlineData("POST", "/licenses/lic_1/suspend", """{"raeson":"abuse"}""", "raeson", "reason")]
    [InlineData("POST", "/entitlements/user:1/token", """{"expires":60}""", "expires", "expires_in")]
    [InlineData("POST", "/rules/preview", """{"evnt":{}}""", "evnt", "event")]
    public async Task A_misspelled_field_is_refused_with_the_name_that_was_meant(string verb, string path, string body, string field, string meant)
    {
        var shop = await shared.OpenShopAsync();
        var reply = await shop.SellerAsync(new HttpMethod(verb), path, JsonNode.Parse(body));
        reply.MustFault(field);
        Assert.Equal($"'{field.Split('.')[^1]}' is not a field here; did you mean '{meant}'?", (string?)reply["detail"]);
    }

    [Fact]
    public async Task A_field_that_resembles_none_is_told_which_there_are()
    {
        var shop = await shared.OpenShopAsync();
        var reply = await shop.SellerAsync(HttpMethod.Post, KeyType + "/push", JsonNode.Parse("""{"a b":1}"""));
        reply.MustFault("['a b']");
        Assert.Equal("'a b' is not a field here; there is: dry_run.", (string?)reply["detail"]);
    }

    [Fact]
    public async Task An_event_to_be_tried_may_hold_whatever_Gumroad_sends()
    {
        var shop = await shared.OpenShopAsync();
        var body = new JsonObject { ["event"] = new JsonObject { ["product_id"] = Sale.Product.ProductId, ["whatever"] = new JsonObject { ["x"] = 1 } } };
        Assert.Equal("grant", (string?)(await shop.SellerAsync(HttpMethod.Post, "/rules/preview", body)).Must(200)["result"]);
    }

    [Fact]
    public async Task What_newer_apps_send_besides_is_no_fault()
    {
        var shop = await shared.OpenShopAsync();
        var ask = Ask.Activate((await shop.SellAsync()).Key, "desk");
        ask["mood"] = "sunny";
        ask["device"]!["mood"] = "sunny";
        Assert.InRange((await shop.AppAsync("activate", ask)).Status, 200, 201);
    }

    [Theory]
    [InlineData("PUT", "/integration", """{"subject":"account"}""", "subject", "subject is an object here.")]
    [InlineData("PUT", "/integration", """{"allowed_origins":"https://a.example"}""", "allowed_origins", "allowed_origins is a list here.")]
    [InlineData("PUT", "/integration", """{"enabled":"yes"}""", "enabled", "enabled is true or false here.")]
    [InlineData("PUT", "/rules", """{"rules":[7]}""", "rules[0]", "rules[0] is an object here.")]
    [InlineData("PUT", "/rules", """{"rules":[{"gumroad_product":7}]}""", "rules[0].gumroad_product", "rules[0].gumroad_product is text here.")]
    [InlineData("PUT", KeyType, """{"name":"Pro","activation_limit":"3"}""", "activation_limit", "activation_limit is a whole number here.")]
    [InlineData("PUT", KeyType, """{"name":"Pro","lease_days":"3"}""", "lease_days", "lease_days is a number here.")]
    [InlineData("POST", "/licenses/lic_1/extend", """{"until":"tomorrow"}""", "until", "until is a time here, for example '2027-12-31T00:00:00Z'.")]
    [InlineData("PUT", "/rules", "[]", "$", "The body is an object here.")]
    [InlineData("PUT", "/rules", """{"rules":[""", "$", "The body is not JSON: it breaks off or has a fault in line 1.")]
    [InlineData("PUT", "/rules", "", "$", "Send a JSON body.")]
    public async Task A_body_of_the_wrong_form_says_where_and_what_was_expected(string verb, string path, string body, string field, string detail)
    {
        var shop = await shared.OpenShopAsync();
        var reply = await SendAsync(shop, verb, path, body);
        reply.MustFault(field);
        Assert.Equal(detail, (string?)reply["detail"]);
    }

    [Fact]
    public async Task Where_the_body_is_optional_an_empty_one_that_calls_itself_JSON_is_none()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        foreach (var path in new[] { $"/licenses/{sold.License}/suspend", KeyType + "/push", "/entitlements/user:1/token" })
        {
            (await SendAsync(shop, "POST", path, "")).Must(200);
            using var chunked = new StreamContent(Stream.Null) { Headers = { ContentType = new("application/json") } };
            var reply = await shop.Server.SendAsync(HttpMethod.Post, shop.Path + path, chunked, shop.ApiToken, ("Transfer-Encoding", "chunked"));
            reply.Must(200);
        }
    }

    [Fact]
    public async Task Answers_can_be_read_by_people()
    {
        var shop = await shared.OpenShopAsync();
        var refused = await shop.SellerAsync(HttpMethod.Put, "/rules", Shop.Rules(" "));
        Assert.DoesNotContain("\\u", (await shop.SellerAsync(HttpMethod.Put, "/rules", Shop.Rules("some-permalink"))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", (await shop.SellerAsync(HttpMethod.Put, "/rules", JsonNode.Parse("""{"rules":[{"gumroad_product":"a","action":"x"}]}"""))).Text, StringComparison.Ordinal);
        Assert.Equal(400, refused.Status);
        foreach (var user in new[] { "user:1", "user:2" })
        {
            (await shop.SellerAsync(HttpMethod.Post, $"/entitlements/{user}/claim", new JsonObject { ["email"] = "mara@example.org" })).Must(200);
        }

        Assert.Contains("user:1 > user:2", (await shop.SellerGetAsync("/audit")).Text, StringComparison.Ordinal);
    }

    private static Task<Reply> SendAsync(Shop shop, string verb, string path, string body) =>
        shop.Server.SendAsync(new HttpMethod(verb), shop.Path + path, new StringContent(body, Encoding.UTF8, "application/json"), shop.ApiToken);
}

using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;
using Latchkey.Subjects;

namespace Latchkey.Server.Tests.Subjects;

public sealed class EntitlementTests(SharedServer shared)
{
    private const string Secret = "correct horse battery staple";

    [Fact]
    public async Task A_buyers_address_has_the_rights_of_all_its_purchases_and_each_change_raises_the_version()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var subject = "email:" + sold.Sale.Email;
        var rights = await RightsAsync(shop, subject);
        Assert.Equal(
            $$"""{"subject":"{{subject}}","version":1,"products":[{"product":"studio","tier":"pro","rank":20,"entitlements":["export","sync"],"state":"active","ends_at":null}],"claimed_by":null,"claims":[]}""",
            Unescaped(rights));
        Assert.Equal(rights.ToJsonString(), (await RightsAsync(shop, subject.ToUpperInvariant().Replace("EMAIL:", "email:", StringComparison.Ordinal))).ToJsonString());

        await shop.RefundAsync(sold);
        var after = await RightsAsync(shop, subject);
        Assert.Equal((2, "revoked", null), ((int)after["version"]!, (string?)after["products"]![0]!["state"], (string?)after["products"]![0]!["tier"]));
        Assert.Empty(after["products"]![0]!["entitlements"]!.AsArray());
    }

    [Theory]
    [InlineData("user:nobody")]
    [InlineData("email:nobody@example.org")]
    public async Task One_who_is_not_known_has_nothing_and_that_is_no_error(string subject)
    {
        var shop = await shared.OpenShopAsync();
        Assert.Equal($$"""{"subject":"{{subject}}","version":0,"products":[],"claimed_by":null,"claims":[]}""", (await RightsAsync(shop, subject)).ToJsonString());
    }

    [Theory]
    [InlineData("42")]
    [InlineData("user:")]
    [InlineData("email:")]
    [InlineData("purchase:pur_1")]
    public async Task What_is_no_subject_is_named(string subject) =>
        (await (await shared.OpenShopAsync()).SellerGetAsync($"/entitlements/{subject}")).MustFault("subject");

    [Fact]
    public async Task A_token_for_another_subject_is_told_so()
    {
        var shop = await shared.OpenShopAsync();
        var token = (string)(await shop.SellerAsync(HttpMethod.Post, "/entitlements/user:1/token")).Must(200)["token"]!;
        foreach (var path in new[] { "/entitlements/user:2", "/entitlements/user:2/stream" })
        {
            var reply = await shop.Server.GetAsync(shop.Path + path, token);
            Assert.Equal("This token is for another subject.", (string?)reply.MustRefuse(403, "wrong_subject")["detail"]);
        }

        (await shop.Server.GetAsync(shop.Path + "/entitlements/user:1", token)).Must(200);
    }

    [Fact]
    public async Task An_unchanged_answer_is_a_304()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var path = "/entitlements/email:" + sold.Sale.Email;
        var first = await shop.SellerGetAsync(path);
        var tag = first.Headers.ETag!.Tag;
        Assert.Equal("\"1\"", tag);
        var again = await shop.SellerAsync(HttpMethod.Get, path, null, ("If-None-Match", $"\"0\", W/{tag}"));
        Assert.Equal((304, "", tag), (again.Status, again.Text, again.Headers.ETag!.Tag));
        await shop.DisputeAsync(sold);
        (await shop.SellerAsync(HttpMethod.Get, path, null, ("If-None-Match", tag))).Must(200);
    }

    [Theory]
    [InlineData("url_params")]
    [InlineData("custom_fields")]
    public async Task A_user_is_taken_from_where_the_tenant_says(string field)
    {
        var shop = await shared.OpenShopAsync();
        await SetAsync(shop, new JsonObject { ["subject"] = new JsonObject { ["from"] = field == "url_params" ? "url_params" : "custom_field", ["name"] = "account" } });
        await shop.SellAsync(Sale.New($"{field}[account]=42"));
        Assert.Equal("pro", (string?)(await RightsAsync(shop, "user:42"))["products"]![0]!["tier"]);
    }

    [Fact]
    public async Task With_a_secret_only_signed_users_are_taken_and_others_fall_back_to_the_address()
    {
        var shop = await shared.OpenShopAsync();
        await SetAsync(shop, new JsonObject { ["subject"] = new JsonObject { ["from"] = "url_params", ["name"] = "account" }, ["subject_secret"] = Secret });
        var signed = SubjectOf.Sign(System.Text.Encoding.UTF8.GetBytes(Secret), "team/42");
        await shop.SellAsync(Sale.New($"url_params[account]={signed}"));
        Assert.Single((await RightsAsync(shop, "user:team%2F42"))["products"]!.AsArray());

        foreach (var said in new[] { "42", "42.", signed.Replace("team/42", "team/43", StringComparison.Ordinal) })
        {
            var sold = await shop.SellAsync(Sale.New($"url_params[account]={said}"));
            Assert.Single((await RightsAsync(shop, "email:" + sold.Sale.Email))["products"]!.AsArray());
        }

        Assert.Empty((await RightsAsync(shop, "user:42"))["products"]!.AsArray());
        Assert.Empty((await RightsAsync(shop, "user:team%2F43"))["products"]!.AsArray());
    }

    internal static async Task SetAsync(Shop shop, JsonObject integration) => (await shop.SellerAsync(HttpMethod.Put, "/integration", integration)).Must(200);

    internal static async Task<JsonNode> RightsAsync(Shop shop, string subject) => (await shop.SellerGetAsync($"/entitlements/{subject.Replace("+", "%2B", StringComparison.Ordinal)}")).Must(200);

    private static string Unescaped(JsonNode node) => node.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal);
}

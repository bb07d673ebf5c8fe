using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class IntegrationTests(SharedServer shared)
{
    [Fact]
    public async Task What_is_put_is_what_is_read_and_the_change_is_written_down()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        Assert.Equal(
            """{"seller_id":null,"enabled":true,"test_purchases":true,"smtp_from":null,"has_gumroad_access_token":false,"subject":null,"has_subject_secret":false,"allowed_origins":[],"brand":null}""",
            (await shop.SellerGetAsync("/integration")).Text);
        var body = new JsonObject { ["seller_id"] = "abc==", ["test_purchases"] = false, ["smtp_from"] = "Acme <keys@acme.example>" };
        var put = (await shop.SellerAsync(HttpMethod.Put, "/integration", body)).Must(200);
        Assert.Equal(("abc==", true, false), ((string?)put["seller_id"], (bool)put["enabled"]!, (bool)put["test_purchases"]!));
        Assert.Equal(put.ToJsonString(), (await shop.SellerGetAsync("/integration")).Must(200).ToJsonString());
        Assert.Equal("integration.put", (string?)(await shop.SellerGetAsync("/audit")).Data[0]!["action"]);
    }

    [Theory]
    [InlineData("seller_id", "no spaces")]
    [InlineData("seller_id", "")]
    [InlineData("smtp_from", "nobody")]
    public async Task What_is_wrong_is_named(string field, string value)
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { [field] = value })).MustFault(field);
    }

    [Theory]
    [InlineData("subject", """{"from":"referrer","name":"x"}""", "subject.from")]
    [InlineData("subject", """{"from":"url_params"}""", "subject.name")]
    [InlineData("subject", """{"from":"url_params","name":"email"}""", "subject.name")]
    [InlineData("subject_secret", "\"fifteen bytes..\"", "subject_secret")]
    [InlineData("gumroad_access_token", "\"\"", "gumroad_access_token")]
    [InlineData("gumroad_access_token", "\"two words\"", "gumroad_access_token")]
    [InlineData("allowed_origins", """["https://app.example","https://app.example/path"]""", "allowed_origins[1]")]
    [InlineData("allowed_origins", """["http://app.example"]""", "allowed_origins[0]")]
    [InlineData("allowed_origins", """["*"]""", "allowed_origins[0]")]
    [InlineData("allowed_origins", """["https://u:p@app.example"]""", "allowed_origins[0]")]
    [InlineData("brand", """{"name":""}""", "brand.name")]
    [InlineData("brand", """{"color":"red"}""", "brand.color")]
    [InlineData("brand", """{"color":"#12345g"}""", "brand.color")]
    [InlineData("brand", """{"logo_url":"http://acme.example/logo.svg"}""", "brand.logo_url")]
    public async Task What_is_wrong_within_a_field_is_named(string name, string json, string field)
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { [name] = JsonNode.Parse(json) })).MustFault(field);
    }

    [Fact]
    public async Task The_brand_of_the_pages_is_kept()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var brand = new JsonObject { ["name"] = " Acme Audio ", ["color"] = "#C0392B", ["logo_url"] = "https://acme.example/logo.svg" };
        await PutAsync(shop, new JsonObject { ["brand"] = brand });
        Assert.Equal(
            """{"name":"Acme Audio","color":"#c0392b","logo_url":"https://acme.example/logo.svg"}""",
            (await shop.SellerGetAsync("/integration")).Must(200)["brand"]!.ToJsonString());
        Assert.Null((await PutAsync(shop, new JsonObject()))["brand"]);
    }

    [Fact]
    public async Task Secrets_are_written_never_read_and_stay_until_they_are_named()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        const string token = "a-token-of-gumroads", secret = "sixteen bytes...";
        var put = await PutAsync(shop, new JsonObject { ["gumroad_access_token"] = token, ["subject_secret"] = secret });
        Assert.Equal((true, true), ((bool)put["has_gumroad_access_token"]!, (bool)put["has_subject_secret"]!));
        Assert.DoesNotContain(token, put.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(put["subject_secret"]);

        var left = await PutAsync(shop, new JsonObject { ["seller_id"] = "abc==" });
        Assert.Equal((true, true), ((bool)left["has_gumroad_access_token"]!, (bool)left["has_subject_secret"]!));
        var removed = await PutAsync(shop, new JsonObject { ["gumroad_access_token"] = null });
        Assert.Equal((false, true), ((bool)removed["has_gumroad_access_token"]!, (bool)removed["has_subject_secret"]!));
        Assert.False((bool)(await PutAsync(shop, new JsonObject { ["subject_secret"] = null }))["has_subject_secret"]!);
    }

    [Fact]
    public async Task A_secret_that_was_asked_for_is_shown_once()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var made = (string)(await PutAsync(shop, new JsonObject { ["subject_secret"] = "generate" }))["subject_secret"]!;
        Assert.True(made.Length >= 43);
        Assert.DoesNotContain(made, (await shop.SellerGetAsync("/integration")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Origins_are_kept_as_browsers_send_them_and_the_subjects_field_as_it_was_said()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        await PutAsync(shop, new JsonObject
        {
            ["allowed_origins"] = new JsonArray("https://App.Example:443/", "http://localhost:3000", "https://app.example"),
            ["subject"] = new JsonObject { ["from"] = "custom_field", ["name"] = "Account id" },
        });
        var read = (await shop.SellerGetAsync("/integration")).Must(200);
        Assert.Equal(["https://app.example", "http://localhost:3000"], read["allowed_origins"]!.AsArray().Select(o => (string)o!));
        Assert.Equal("""{"from":"custom_field","name":"Account id"}""", read["subject"]!.ToJsonString());
        Assert.Null((await PutAsync(shop, []))["subject"]);
    }

    [Fact]
    public async Task The_sellers_own_purchases_can_be_left_out()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { ["test_purchases"] = false })).Must(200);
        Assert.Equal("test_purchases_off", (string?)(await shop.DeliverAsync(Sale.New("test=true").Form()))["reason"]);
        Assert.Empty((await shop.SellerGetAsync("/licenses")).Data);
    }

    [Fact]
    public async Task Mails_come_from_the_tenants_own_address()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { ["smtp_from"] = "Acme <keys@acme.example>" })).Must(200);
        var sold = await shop.SellAsync();
        await Eventually.HoldsAsync(() => shared.Server.Mails.To(sold.Sale.Email).Count == 1, "no mail came");
        Assert.Equal("Acme <keys@acme.example>", shared.Server.Mails.To(sold.Sale.Email)[0].From);
    }

    private static async Task<JsonNode> PutAsync(Shop shop, JsonObject body) => (await shop.SellerAsync(HttpMethod.Put, "/integration", body)).Must(200);
}

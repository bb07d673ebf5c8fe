using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class IntegrationTests(SharedServer shared)
{
    [Fact]
    public async Task What_is_put_is_what_is_read_and_the_change_is_written_down()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        Assert.Equal("""{"seller_id":null,"enabled":true,"test_purchases":true,"smtp_from":null}""", (await shop.SellerGetAsync("/integration")).Text);
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
}

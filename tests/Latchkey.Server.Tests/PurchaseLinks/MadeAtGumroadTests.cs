using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;
using Latchkey.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Server.Tests.PurchaseLinks;

/// <summary>Links that need something of Gumroad, over HTTP on both sides.</summary>
public sealed class MadeAtGumroadTests
{
    private const string Print = """{"strength":"product","gumroad_product":null,"name":"Print","description":"<p>Yours</p>","price_cents":900}""";

    [Theory]
    [InlineData("""{"strength":"code","percent_off":10}""", "offer_code_id")]
    [InlineData(Print, "product_id")]
    public async Task What_a_link_needs_is_made_and_goes_again_when_it_is_taken_back(string more, string made)
    {
        await using var gumroad = await GumroadSimulator.StartAsync(new SimulatorOptions { Speed = 0, OfferCodes = [] });
        await using var server = await StartAsync(new Uri(gumroad.Address, "v2/").AbsoluteUri);
        var link = await (await OpenShopAsync(server, gumroad.CreateAccessToken())).MakeLinkAsync(more);
        Assert.Equal("open", (string?)link.Json["state"]);
        Assert.NotNull(link.Json["gumroad"]![made]);
        var checkout = (await link.GoAsync()).Headers.Location!;
        Assert.Equal(gumroad.Address.Authority, checkout.Authority);
        Assert.Contains(await link.ReferenceAsync(), checkout.AbsolutePath, StringComparison.Ordinal);

        (await link.Shop.SellerAsync(HttpMethod.Delete, $"/purchase-links/{link.Id}")).Must(200);
        await Eventually.HoldsAsync(async () => (bool?)(await link.ReadAsync())["gumroad"]?["removed"] is true, "it was not removed");
        Assert.Empty((await link.Shop.SellerGetAsync("/purchase-links/not-removed")).Data);
    }

    [Fact]
    public async Task What_could_not_be_taken_away_is_reported()
    {
        var gumroad = await GumroadSimulator.StartAsync(new SimulatorOptions { Speed = 0 });
        await using var server = await StartAsync(new Uri(gumroad.Address, "v2/").AbsoluteUri);
        var link = await (await OpenShopAsync(server, gumroad.CreateAccessToken())).MakeLinkAsync(Print);
        await gumroad.DisposeAsync();
        (await link.Shop.SellerAsync(HttpMethod.Delete, $"/purchase-links/{link.Id}")).Must(200);
        var reported = await Eventually.GetAsync(
            async () => (await link.Shop.SellerGetAsync("/purchase-links/not-removed")).Data is [{ } only] ? only : null, "it was not reported");
        Assert.Equal((link.Id, "remove", "gumroad_unavailable", false), (
            (string)reported["id"]!, (string)reported["gumroad"]!["chore"]!, (string)reported["gumroad"]!["last_error"]!, (bool)reported["gumroad"]!["removed"]!));
    }

    [Fact]
    public async Task A_product_that_Gumroad_does_not_know_is_said_at_once()
    {
        await using var gumroad = await GumroadSimulator.StartAsync(new SimulatorOptions { Speed = 0 });
        await using var server = await StartAsync(new Uri(gumroad.Address, "v2/").AbsoluteUri);
        var shop = await OpenShopAsync(server, gumroad.CreateAccessToken());
        (await shop.SellerAsync(HttpMethod.Post, "/purchase-links", LinkShop.Body("""{"strength":"code","gumroad_product":"nothing"}"""))).MustRefuse(422, "product_unknown");
    }

    [Fact]
    public async Task While_Gumroad_is_away_a_link_that_needs_it_is_a_502()
    {
        await using var server = await StartAsync("http://127.0.0.1:9/v2/");
        var shop = await OpenShopAsync(server, "a-token");
        var refused = await shop.SellerAsync(HttpMethod.Post, "/purchase-links", LinkShop.Body(Print));
        refused.MustRefuse(502, "gumroad_unavailable");
        Assert.NotNull(refused.Headers.RetryAfter);
        await shop.MakeLinkAsync(); // needs nothing of it
    }

    private static Task<RunningServer> StartAsync(string apiUrl) => RunningServer.StartAsync(new ServerSetup
    {
        Adapt = b => b.Services.AddSingleton(new GumroadOptions { ApiUrl = apiUrl }),
    });

    private static async Task<Shop> OpenShopAsync(RunningServer server, string accessToken)
    {
        var shop = await Shop.OpenAsync(server);
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { ["gumroad_access_token"] = accessToken })).Must(200);
        return shop;
    }
}

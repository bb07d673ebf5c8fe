using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Gumroad.Pings;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Pings;

public sealed class PingAnswerTests(SharedServer shared)
{
    [Fact]
    public async Task A_sale_is_stored_answered_and_makes_a_license()
    {
        var shop = await shared.OpenShopAsync();
        var reply = (await shop.PingAsync(Sale.New().Form())).Must(200);

        Assert.True((bool)reply["received"]!);
        Assert.False((bool)reply["duplicate"]!);
        Assert.StartsWith("png_", (string)reply["id"]!, StringComparison.Ordinal);
        Assert.Null(reply["licenses"]);
        Assert.Equal("applied", (string?)(await shop.HandledAsync((string)reply["id"]!))["status"]);
        Assert.Single((await shop.SellerGetAsync("/licenses")).Data);
    }

    [Fact]
    public async Task The_same_event_again_is_a_duplicate_under_the_same_id_and_changes_nothing()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var before = (await shop.PurchasesAsync()).ToJsonString();

        for (var i = 1; i <= 3; i++)
        {
            var again = (await shop.PingAsync(sold.Sale.Form())).Must(200);
            Assert.True((bool)again["duplicate"]!);
            Assert.Equal(sold.Ping, (string?)again["id"]);
        }

        Assert.Equal(3, (int?)(await shop.HandledAsync(sold.Ping))["repeats"]);
        Assert.Single((await shop.SellerGetAsync("/pings")).Data);
        Assert.Equal(before, (await shop.PurchasesAsync()).ToJsonString());
    }

    [Fact]
    public async Task A_retry_differs_only_by_its_count_and_is_a_duplicate()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var retry = (JsonObject)sold.Sale.Payload.DeepClone();
        retry["retry_count"] = 1;
        var reply = (await shop.PingAsync(PingEncoder.ToForm(retry))).Must(200);
        Assert.True((bool)reply["duplicate"]!);
        Assert.Equal(sold.Ping, (string?)reply["id"]);
    }

    [Fact]
    public async Task Json_is_understood_like_a_form()
    {
        var shop = await shared.OpenShopAsync();
        var sale = Sale.New();
        var ping = await shop.DeliverAsync(sale.Json(), "application/json; charset=utf-8");
        Assert.Equal(("applied", "sale"), ((string?)ping["status"], (string?)ping["resource"]));
        Assert.Single((await shop.SellerGetAsync($"/licenses?email={Uri.EscapeDataString(sale.Email)}")).Data);
    }

    [Fact]
    public async Task The_address_names_the_event_only_when_the_body_does_not()
    {
        var shop = await shared.OpenShopAsync();
        var unnamed = Sale.New().Without("resource_name");
        Assert.Equal("held", (string?)(await shop.DeliverAsync(unnamed.FormBytes()))["status"]);

        var named = await shop.DeliverAsync(Sale.New().Without("resource_name").FormBytes(), path: shop.PingPath + "&resource=sale");
        Assert.Equal(("applied", "sale"), ((string?)named["status"], (string?)named["resource"]));

        var refund = await shop.DeliverAsync(Sale.New().Form("refund", "refunded"), path: shop.PingPath + "&resource=sale");
        Assert.Equal(("held", "refund", "waits_for_sale"), ((string?)refund["status"], (string?)refund["resource"], (string?)refund["reason"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&resource=sale")]
    public async Task The_test_button_is_ignored_whatever_the_address_says(string resource)
    {
        var shop = await shared.OpenShopAsync();
        var payload = (JsonObject)Sale.New("test=true").Without("resource_name").Payload;
        var ping = await shop.DeliverAsync(PingEncoder.ToForm(payload), path: shop.PingPath + resource);
        Assert.Equal(("ignored", "test_button"), ((string?)ping["status"], (string?)ping["reason"]));
        Assert.Empty(await shop.PurchasesAsync());
        Assert.Empty((await shop.SellerGetAsync("/mails")).Data);
    }

    public static TheoryData<string, string, byte[]> Odd { get; } = new()
    {
        { "unknown_content_type", "text/plain", Encoding.UTF8.GetBytes("resource_name=sale") },
        { "unknown_content_type", "multipart/form-data", Encoding.UTF8.GetBytes("resource_name=sale") },
        { "too_many_pairs", Shop.FormType, Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Range(0, 2_001).Select(i => $"a{i}=1"))) },
        { "broken_encoding", Shop.FormType, Encoding.UTF8.GetBytes("resource_name=sale&sale_id=a&product_id=b&full_name=%FF%FE") },
        { "broken_json", "application/json", Encoding.UTF8.GetBytes("{\"resource_name\":\"sale\"") },
        { "unknown_resource", Shop.FormType, Encoding.UTF8.GetBytes("resource_name=comet") },
        { "missing_sale_id", Shop.FormType, Encoding.UTF8.GetBytes("resource_name=sale") },
        { "unknown_resource", Shop.FormType, [] },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task Whatever_comes_to_a_right_address_is_stored_and_held(string reason, string contentType, byte[] body)
    {
        var shop = await shared.OpenShopAsync();
        var ping = await shop.DeliverAsync(body, contentType);
        Assert.Equal(("held", reason), ((string?)ping["status"], (string?)ping["reason"]));
        Assert.Equal(Encoding.UTF8.GetString(body), (string?)ping["body"]);
    }

    [Theory]
    [InlineData((256 * 1024) + 1)]
    [InlineData(8 * 1024 * 1024)]
    public async Task Of_a_body_over_256_KiB_the_beginning_is_kept_and_held(int length)
    {
        var shop = await shared.OpenShopAsync();
        var start = Sale.New().FormText() + "&padding=";
        var body = Encoding.UTF8.GetBytes(start + new string('x', length - start.Length));

        var ping = await shop.DeliverAsync(body);
        Assert.Equal(("held", "too_large"), ((string?)ping["status"], (string?)ping["reason"]));
        Assert.Equal(256 * 1024, ((string)ping["body"]!).Length);
        Assert.StartsWith(start[..200], (string)ping["body"]!, StringComparison.Ordinal);
        Assert.Empty(await shop.PurchasesAsync());
    }

    [Fact]
    public async Task A_body_of_exactly_256_KiB_is_whole()
    {
        var shop = await shared.OpenShopAsync();
        var start = Sale.New().FormText() + "&padding=";
        var ping = await shop.DeliverAsync(Encoding.UTF8.GetBytes(start + new string('x', (256 * 1024) - start.Length)));
        Assert.Equal("applied", (string?)ping["status"]);
    }
}

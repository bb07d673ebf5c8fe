using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Apps;

public sealed class ActivationTests(SharedServer shared)
{
    [Fact]
    public async Task A_new_device_takes_a_slot()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var reply = (await shop.ActivateAsync(sold.Key, "laptop")).Must(201);

        Assert.True((bool)reply["created"]!);
        Assert.Null(reply["revived"]);
        Assert.StartsWith("act_", (string)reply["activation"]!["id"]!, StringComparison.Ordinal);
        Assert.Equal("laptop", (string?)reply["activation"]!["name"]);
        var license = reply["license"]!;
        Assert.Equal(sold.License, (string?)license["id"]);
        Assert.Equal(("active", "pro", 3, 1), ((string?)license["state"], (string?)license["tier"], (int?)license["limit"], (int?)license["used"]));
        Assert.Equal(["export", "sync"], license["entitlements"]!.AsArray().Select(e => (string)e!));
        Assert.Equal(3, ((string)reply["lease"]!).Split('.').Length);
    }

    [Fact]
    public async Task The_same_device_keeps_its_slot_and_takes_its_new_name()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        var body = Ask.Activate(sold.Key, "laptop");
        body["device"]!["name"] = "Mara's laptop";
        var again = (await shop.AppAsync("activate", body)).Must(200);

        Assert.False((bool)again["created"]!);
        Assert.Equal((id, "Mara's laptop", 1), ((string?)again["activation"]!["id"], (string?)again["activation"]!["name"], (int?)again["license"]!["used"]));
    }

    [Fact]
    public async Task A_released_device_comes_back_under_its_old_id()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        (await shop.DeactivateAsync(sold.Key, id)).Must(200);
        var back = (await shop.ActivateAsync(sold.Key, "laptop")).Must(200);

        Assert.False((bool)back["created"]!);
        Assert.True((bool)back["revived"]!);
        Assert.Equal((id, 1), ((string?)back["activation"]!["id"], (int?)back["license"]!["used"]));
    }

    [Fact]
    public async Task A_key_is_read_however_it_was_typed()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var typed = "  " + sold.Key.ToLowerInvariant().Replace("-", " – ", StringComparison.Ordinal) + "\t";
        (await shop.ActivateAsync(typed, "laptop")).Must(201);
    }

    [Fact]
    public async Task Gumroads_own_key_opens_the_same_license()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        var reply = (await shop.ActivateAsync(sold.Sale.GumroadKey.ToLowerInvariant(), "laptop")).Must(200);
        Assert.Equal((sold.License, id), ((string?)reply["license"]!["id"], (string?)reply["activation"]!["id"]));
    }

    [Fact]
    public async Task Without_a_limit_any_number_of_devices_fits()
    {
        var shop = await shared.OpenShopAsync(limit: null);
        var sold = await shop.SellAsync();
        for (var i = 0; i < 12; i++)
        {
            Assert.Null((await shop.ActivateAsync(sold.Key, $"device {i}")).Must(201)["license"]!["limit"]);
        }
    }

    [Fact]
    public async Task Over_long_texts_are_cut_and_never_a_reason_to_refuse()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var body = Ask.Activate(sold.Key, "laptop");
        var device = body["device"]!.AsObject();
        foreach (var field in new[] { "name", "platform", "app_version" })
        {
            device[field] = new string('n', 500);
        }

        (await shop.AppAsync("activate", body)).Must(201);
        var shown = (await shop.SellerGetAsync($"/licenses/{sold.License}/activations")).Data[0]!;
        Assert.All(["name", "platform", "app_version"], (string field) => Assert.Equal(64, ((string)shown[field]!).Length));
    }

    [Fact]
    public async Task The_quantity_multiplies_the_limit()
    {
        var shop = await shared.OpenShopAsync(limit: 2);
        var sold = await shop.SellAsync(Sale.New("quantity=3"));
        Assert.Equal(6, (int?)(await shop.LicenseAsync(sold))["activation_limit"]);
    }

    [Theory]
    [InlineData("key", "")]
    [InlineData("key", null)]
    [InlineData("product", null)]
    [InlineData("nonce", null)]
    [InlineData("nonce", "short")]
    [InlineData("nonce", "not base64url!!!")]
    [InlineData("device", null)]
    public async Task What_is_missing_or_wrong_is_named(string field, string? value)
    {
        var shop = await shared.OpenShopAsync();
        var body = Ask.Activate("ACME-1", "laptop");
        body[field] = value;
        (await shop.AppAsync("activate", body)).MustFault(field == "device" ? "device.hash" : field);
    }

    [Fact]
    public async Task What_is_no_json_is_refused_with_a_problem()
    {
        var shop = await shared.OpenShopAsync();
        var path = $"{shop.Path}/licenses/activate";
        (await SendAsync("{\"key\":", "application/json")).MustRefuse(400, "invalid_request");
        (await SendAsync("null", "application/json")).MustFault("$");
        (await SendAsync("{\"device\":{\"hash\":7}}", "application/json")).MustFault("device.hash");
        (await SendAsync("{}", "text/plain")).MustRefuse(415, "invalid_request");
        (await SendAsync($"{{\"key\":\"{new string('x', 140_000)}\"}}", "application/json")).MustRefuse(413, "invalid_request");

        Task<Reply> SendAsync(string text, string type) =>
            shared.Server.SendAsync(HttpMethod.Post, path, new StringContent(text, System.Text.Encoding.UTF8, type), bearer: null);
    }

    [Fact]
    public async Task Every_reply_names_its_request()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        foreach (var reply in new[] { await shop.ActivateAsync(sold.Key, "laptop"), await shop.ValidateAsync(sold.Key), await shop.AppAsync("activate", new JsonObject()) })
        {
            Assert.NotEmpty(Assert.Single(reply.Headers.GetValues("X-Request-Id")));
            Assert.NotNull(reply.Headers.Date);
        }
    }
}

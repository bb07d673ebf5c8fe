using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Apps;

public sealed class ValidationTests(SharedServer shared)
{
    [Fact]
    public async Task A_good_activation_is_ok_with_a_lease()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        var body = Ask.Validate(sold.Key, id, "laptop");
        var verdict = (await shop.AppAsync("validate", body)).Must(200);

        Assert.Equal((true, "ok"), ((bool)verdict["valid"]!, (string?)verdict["code"]));
        Assert.Null(verdict["reason"]);
        Assert.Equal(sold.License, (string?)verdict["license"]!["id"]);
        var lease = LeaseReader.Claims((string)verdict["lease"]!);
        Assert.Equal((id, (string?)body["nonce"], "active"), ((string?)lease["act"], (string?)lease["non"], (string?)lease["st"]));
    }

    [Fact]
    public async Task Without_an_activation_the_answer_is_about_the_key_and_has_no_lease()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var verdict = (await shop.AppAsync("validate", new JsonObject { ["key"] = sold.Key, ["product"] = Shop.Product })).Must(200);
        Assert.Equal("ok", (string?)verdict["code"]);
        Assert.Null(verdict["lease"]);
        Assert.Equal(0, (int?)(await shop.LicenseAsync(sold))["activations_used"]);
    }

    [Fact]
    public async Task Validating_never_takes_a_slot()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        await shop.ValidateAsync(sold.Key, "act_unknown");
        Assert.Empty((await shop.SellerGetAsync($"/licenses/{sold.License}/activations")).Data);
    }

    [Fact]
    public async Task An_unknown_activation_is_told_released_in_a_signed_lease()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        MustBeReleased(await shop.ValidateAsync(sold.Key, "act_unknown"), "activation_not_found", "act_unknown");
    }

    [Fact]
    public async Task A_released_activation_is_told_so_and_its_sequence_goes_on()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var first = (await shop.ActivateAsync(sold.Key, "laptop")).Must(201);
        var id = (string)first["activation"]!["id"]!;
        (await shop.DeactivateAsync(sold.Key, id)).Must(200);
        var lease = MustBeReleased(await shop.ValidateAsync(sold.Key, id), "activation_released", id);
        Assert.True((long)lease["seq"]! > (long)LeaseReader.Claims((string)first["lease"]!)["seq"]!);
    }

    [Fact]
    public async Task Another_device_with_the_activations_id_is_refused()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        MustBeReleased(await shop.ValidateAsync(sold.Key, id, "thief"), "device_mismatch", id);
        Assert.Equal("ok", (await shop.ValidateAsync(sold.Key, id)).Code);
    }

    [Fact]
    public async Task An_activation_of_another_license_is_not_found()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var other = await shop.SellAsync();
        var id = await shop.ActivatedAsync(other, "laptop");
        Assert.Equal("activation_not_found", (await shop.ValidateAsync(sold.Key, id)).Code);
        (await shop.DeactivateAsync(sold.Key, id)).MustRefuse(404, "activation_not_found");
    }

    [Fact]
    public async Task A_demanded_entitlement_that_is_missing_is_named_as_the_reason_and_the_lease_stays_good()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        Assert.Equal("ok", (await shop.ValidateAsync(sold.Key, id, entitlement: "export")).Code);
        var verdict = (await shop.ValidateAsync(sold.Key, id, entitlement: "teleport")).Must(200);
        Assert.Equal((false, "entitlement_missing"), ((bool)verdict["valid"]!, (string?)verdict["code"]));
        Assert.Equal("active", (string?)LeaseReader.Claims((string)verdict["lease"]!)["st"]);
    }

    [Fact]
    public async Task Every_lease_has_a_greater_number_than_the_one_before()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var first = (await shop.ActivateAsync(sold.Key, "laptop")).Must(201);
        var last = (long)LeaseReader.Claims((string)first["lease"]!)["seq"]!;
        for (var i = 0; i < 10; i++)
        {
            var next = (long)LeaseReader.Claims((string)(await shop.ValidateAsync(sold.Key, (string)first["activation"]!["id"]!))["lease"]!)["seq"]!;
            Assert.True(next > last);
            last = next;
        }
    }

    [Fact]
    public async Task Last_seen_is_kept_at_most_once_an_hour()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync();
        var id = await shop.ActivatedAsync(sold, "laptop");
        var first = await SeenAsync();
        server.Advance(TimeSpan.FromMinutes(50));
        await shop.ValidateAsync(sold.Key, id);
        Assert.Equal(first, await SeenAsync());
        server.Advance(TimeSpan.FromMinutes(11));
        await shop.ValidateAsync(sold.Key, id);
        Assert.InRange(await SeenAsync() - first, TimeSpan.FromMinutes(61), TimeSpan.FromMinutes(63));

        async Task<DateTimeOffset> SeenAsync() => (DateTimeOffset)(await shop.SellerGetAsync($"/licenses/{sold.License}/activations")).Data[0]!["last_seen_at"]!;
    }

    [Theory]
    [InlineData("activation_id", "", "activation_id")]
    [InlineData("device", null, "device.hash")]
    [InlineData("nonce", null, "nonce")]
    [InlineData("key", null, "key")]
    [InlineData("product", null, "product")]
    public async Task What_is_missing_or_wrong_is_named(string field, string? value, string named)
    {
        var shop = await shared.OpenShopAsync();
        var body = Ask.Validate("ACME-1", "act_1", "laptop");
        body[field] = value;
        (await shop.AppAsync("validate", body)).MustFault(named);
    }

    private static JsonNode MustBeReleased(Reply reply, string code, string activation)
    {
        var verdict = reply.Must(200);
        Assert.Equal((false, code), ((bool)verdict["valid"]!, (string?)verdict["code"]));
        var lease = LeaseReader.Claims((string)verdict["lease"]!);
        Assert.Equal(("released", code, activation), ((string?)lease["st"], (string?)lease["rsn"], (string?)lease["act"]));
        Assert.Empty(lease["ent"]!.AsArray());
        return lease;
    }
}

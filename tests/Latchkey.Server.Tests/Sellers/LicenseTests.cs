using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class LicenseTests(SharedServer shared)
{
    [Fact]
    public async Task A_license_is_shown_without_its_key()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        await shop.ActivatedAsync(sold, "laptop");
        var license = await shop.LicenseAsync(sold);
        Assert.Equal((Shop.Product, "pro", "active", "pro"), ((string?)license["product"], (string?)license["key_type"], (string?)license["state"], (string?)license["tier"]));
        Assert.Equal((3, 1), ((int?)license["activation_limit"], (int?)license["activations_used"]));
        Assert.Equal($"ACME-*****-*****-*****-*****-{sold.Key[^5..]}", (string?)license["key_masked"]);
        Assert.DoesNotContain(sold.Key, license.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(license["expires_at"]);
        (await shop.SellerGetAsync("/licenses/lic_unknown")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task The_list_is_narrowed_by_address_purchase_subject_and_key()
    {
        var shop = await shared.OpenShopAsync();
        var one = await shop.SellAsync();
        await shop.SellAsync();
        var purchase = (string)(await shop.LicenseAsync(one))["purchase"]!;
        Assert.Equal(2, (await shop.SellerGetAsync("/licenses")).Data.Count);
        string[] filters =
        [
            $"email={Uri.EscapeDataString(one.Sale.Email.ToUpperInvariant())}",
            $"purchase={purchase}",
            $"subject={Uri.EscapeDataString("email:" + one.Sale.Email)}",
            $"key={one.Key}",
            $"key={one.Key.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)}",
            $"key={one.Sale.GumroadKey}",
        ];
        foreach (var filter in filters)
        {
            Assert.Equal(one.License, (string?)Assert.Single((await shop.SellerGetAsync("/licenses?" + filter)).Data)!["id"]);
        }

        Assert.Empty((await shop.SellerGetAsync($"/licenses?email=nobody@example.org&purchase={purchase}")).Data);
    }

    [Fact]
    public async Task Revealing_is_written_to_the_audit_log_before_the_key_is_given()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        Assert.StartsWith("ACME-", sold.Key, StringComparison.Ordinal);
        var entry = (await shop.SellerGetAsync("/audit")).Data[0]!;
        Assert.Equal(("license.reveal", sold.License), ((string?)entry["action"], (string?)entry["target"]));
        Assert.StartsWith("tok_", (string)entry["actor"]!, StringComparison.Ordinal);
        (await shop.SellerAsync(HttpMethod.Post, "/licenses/lic_unknown/reveal")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task Suspending_and_reinstating_take_effect_at_once_and_the_later_stands()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        foreach (var (verb, state, code) in new[] { ("suspend", "suspended", "blocked_by_seller"), ("reinstate", "active", "ok"), ("suspend", "suspended", "blocked_by_seller"), ("reinstate", "active", "ok") })
        {
            var reply = (await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/{verb}")).Must(200);
            Assert.Equal(state, (string?)reply["state"]);
            Assert.Equal(code, (await shop.ValidateAsync(sold.Key)).Code);
        }

        Assert.Equal(["license.reinstate", "license.suspend"], (await AuditAsync(shop)).Take(2));
        (await shop.SellerAsync(HttpMethod.Post, "/licenses/lic_unknown/suspend")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task Reinstating_does_not_undo_a_refund()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        await shop.ActAsync(sold, "suspend");
        await shop.RefundAsync(sold);
        Assert.Equal("blocked_by_seller", (await shop.ValidateAsync(sold.Key)).Code);
        await shop.ActAsync(sold, "reinstate");
        Assert.Equal("refunded", (await shop.ValidateAsync(sold.Key)).Code);
    }

    [Fact]
    public async Task Reissuing_makes_a_new_key_each_time()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var keys = new List<string> { sold.Key };
        for (var i = 0; i < 3; i++)
        {
            await shop.ActAsync(sold, "reissue");
            keys.Add(await shop.RevealAsync(sold.License));
        }

        Assert.Equal(4, keys.Distinct().Count());
        Assert.Equal("ok", (await shop.ValidateAsync(keys[^1])).Code);
        Assert.All(keys[..^1], key => Assert.Equal("reissued", shop.ValidateAsync(key).Result.Code));
        Assert.Contains("license.reissue", await AuditAsync(shop));
    }

    [Fact]
    public async Task Reissuing_under_the_same_idempotency_key_makes_one_key()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var keys = new List<string>();
        foreach (var once in new[] { "a", "a", "b" })
        {
            (await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/reissue", null, ("Idempotency-Key", once))).Must(200);
            keys.Add(await shop.RevealAsync(sold.License));
        }

        Assert.NotEqual(sold.Key, keys[0]);
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[0], keys[2]);
        Assert.Equal(2, (await AuditAsync(shop)).Count(a => a == "license.reissue"));
        var unknown = await shop.SellerAsync(HttpMethod.Post, "/licenses/lic_unknown/reissue", null, ("Idempotency-Key", "a"));
        unknown.MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task A_resend_goes_to_the_address_on_record_at_most_once_a_minute()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync();
        await Eventually.HoldsAsync(() => server.Mails.To(sold.Sale.Email).Count == 1, "no mail came");
        var refusal = await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/resend");
        refusal.MustRefuse(429, "too_soon");
        Assert.NotNull(refusal.Headers.RetryAfter);

        server.Advance(TimeSpan.FromMinutes(1));
        Assert.True((bool)(await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/resend")).Must(202)["queued"]!);
        await Eventually.HoldsAsync(() => server.Mails.To(sold.Sale.Email).Count == 2, "the resend did not come");
        Assert.All(server.Mails.To(sold.Sale.Email), m => Assert.Contains(sold.Key, m.Text, StringComparison.Ordinal));
        Assert.Contains("license.resend", await AuditAsync(shop));
    }

    [Fact]
    public async Task Activations_are_listed_and_can_be_released_by_the_seller()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var laptop = await shop.ActivatedAsync(sold, "laptop");
        var phone = await shop.ActivatedAsync(sold, "phone");
        var path = $"/licenses/{sold.License}/activations";
        Assert.Equal([laptop, phone], (await shop.SellerGetAsync(path)).Data.Select(a => (string)a!["id"]!));

        (await shop.SellerAsync(HttpMethod.Delete, $"{path}/{laptop}")).Must(204);
        (await shop.SellerAsync(HttpMethod.Delete, $"{path}/act_unknown")).MustRefuse(404, "not_found");
        var shown = (await shop.SellerGetAsync(path)).Data;
        Assert.NotNull(shown[0]!["released_at"]);
        Assert.Null(shown[1]!["released_at"]);
        Assert.DoesNotContain((string)Ask.Device("phone")["hash"]!, shown.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(1, (int?)(await shop.LicenseAsync(sold))["activations_used"]);
        Assert.Contains("activation.release", await AuditAsync(shop));
    }

    [Fact]
    public async Task Activations_of_an_unknown_license_are_a_404()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.SellerGetAsync("/licenses/lic_unknown/activations")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task A_license_knows_its_purchase_and_subject()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        JsonNode license = await shop.LicenseAsync(sold);
        Assert.Equal("email:" + sold.Sale.Email, (string?)license["subject"]);
        Assert.Contains((await shop.PurchasesAsync()), p => (string?)p!["id"] == (string?)license["purchase"]);
    }

    private static async Task<List<string>> AuditAsync(Shop shop) =>
        [.. (await shop.SellerGetAsync("/audit")).Data.Select(a => (string)a!["action"]!).Where(a => a != "license.reveal")];
}

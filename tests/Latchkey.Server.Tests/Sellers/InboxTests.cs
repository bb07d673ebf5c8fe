using System.Text;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class InboxTests(SharedServer shared)
{
    [Fact]
    public async Task License_keys_are_masked_until_they_are_revealed_which_is_written_down()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var shown = await shop.SellerGetAsync($"/pings/{sold.Ping}");
        Assert.DoesNotContain(sold.Sale.GumroadKey, shown.Text, StringComparison.Ordinal);
        Assert.EndsWith(sold.Sale.GumroadKey[^5..], (string)shown["decoded"]!["license_key"]!, StringComparison.Ordinal);
        Assert.Contains("license_key=***", (string)shown["body"]!, StringComparison.Ordinal);
        Assert.Equal(sold.Sale.Email, (string?)shown["decoded"]!["email"]);
        Assert.DoesNotContain(await AuditAsync(shop), a => a == $"ping.reveal {sold.Ping}");

        var revealed = (await shop.SellerGetAsync($"/pings/{sold.Ping}?reveal=true")).Must(200);
        Assert.Equal(sold.Sale.GumroadKey, (string?)revealed["decoded"]!["license_key"]);
        Assert.Equal(sold.Sale.FormText(), (string?)revealed["body"]);
        Assert.Contains($"ping.reveal {sold.Ping}", await AuditAsync(shop));
    }

    [Fact]
    public async Task Revealing_asks_for_the_scope_that_licenses_ask_for()
    {
        var shop = await shared.OpenShopAsync();
        var path = $"{shop.Path}/pings/{(await shop.SellAsync()).Ping}";
        var reader = await shop.AddTokenAsync("read", "write");
        (await shared.Server.GetAsync(path + "?reveal=true", reader)).MustRefuse(403, "missing_scope");
        (await shared.Server.GetAsync(path, reader)).Must(200);
        (await shared.Server.GetAsync(path + "?reveal=true", await shop.AddTokenAsync("read", "licenses"))).Must(200);
        (await shared.Server.GetAsync(path + "?reveal=true", shared.Server.AdminToken)).Must(200);
    }

    [Theory]
    [InlineData("%2D", Shop.FormType)]
    [InlineData("%2d", Shop.FormType)]
    [InlineData(@"\u002d", "application/json")]
    [InlineData(@"\u002D", "application/json")]
    public async Task Keys_are_masked_however_their_hyphens_are_written(string hyphen, string contentType)
    {
        var shop = await shared.OpenShopAsync();
        var sale = Sale.New();
        var written = sale.GumroadKey.Replace("-", hyphen, StringComparison.Ordinal);
        var text = Encoding.UTF8.GetString(contentType == Shop.FormType ? sale.Form() : sale.Json())
            .Replace(sale.GumroadKey, written, StringComparison.Ordinal);
        Assert.Contains(written, text, StringComparison.Ordinal);
        var ping = await shop.DeliverAsync(Encoding.UTF8.GetBytes(text), contentType);
        var body = (string)(await shop.SellerGetAsync($"/pings/{ping["id"]}")).Must(200)["body"]!;
        Assert.DoesNotContain(sale.GumroadKey[..8], body, StringComparison.Ordinal);
        Assert.Contains("***" + sale.GumroadKey[^5..], body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ping_says_how_it_came_and_what_became_of_it()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var ping = (await shop.SellerGetAsync($"/pings/{sold.Ping}")).Must(200);
        Assert.Equal(("ping", "sale", "applied", 0), ((string?)ping["source"], (string?)ping["resource"], (string?)ping["status"], (int?)ping["repeats"]));
        Assert.Null(ping["reason"]);
        Assert.Equal(Shop.FormType, (string?)ping["content_type"]);
        foreach (var time in new[] { "received_at", "first_seen_at", "last_seen_at" })
        {
            Assert.InRange((DateTimeOffset)ping[time]!, shared.Server.Time.GetUtcNow().AddMinutes(-1), shared.Server.Time.GetUtcNow());
            Assert.EndsWith("+00:00", (string)ping[time]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_list_can_be_narrowed_to_a_status()
    {
        var shop = await shared.OpenShopAsync();
        await shop.SellAsync();
        await shop.DeliverAsync("resource_name=comet"u8.ToArray());
        Assert.Equal("applied", (string?)Assert.Single((await shop.SellerGetAsync("/pings?status=applied")).Data)!["status"]);
        Assert.Equal("unknown_resource", (string?)Assert.Single((await shop.SellerGetAsync("/pings?status=held")).Data)!["reason"]);
        (await shop.SellerGetAsync("/pings?status=lost")).MustFault("status");
        foreach (var wrong in new[] { "1", "applied,held", "APPLIED", "-1" })
        {
            (await shop.SellerGetAsync($"/pings?status={wrong}")).MustFault("status");
        }

        (await shop.SellerGetAsync("/pings/png_unknown")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task Handling_a_ping_again_changes_nothing_and_is_written_down()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var before = (await shop.SellerGetAsync("/licenses")).Text;
        (await shop.SellerAsync(HttpMethod.Post, $"/pings/{sold.Ping}/replay")).Must(202);
        Assert.Equal("applied", (string?)(await shop.HandledAsync(sold.Ping))["status"]);
        Assert.Equal(before, (await shop.SellerGetAsync("/licenses")).Text);
        Assert.Contains($"ping.replay {sold.Ping}", await AuditAsync(shop));
        (await shop.SellerAsync(HttpMethod.Post, "/pings/png_unknown/replay")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task A_tenant_never_sees_anothers()
    {
        var shop = await shared.OpenShopAsync();
        var other = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var purchase = (string)(await shop.PurchasesAsync())[0]!["id"]!;
        foreach (var path in new[] { $"/pings/{sold.Ping}", $"/purchases/{purchase}", $"/licenses/{sold.License}" })
        {
            (await shop.SellerGetAsync(path)).Must(200);
            (await other.SellerGetAsync(path)).MustRefuse(404, "not_found");
        }

        (await other.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/reveal")).MustRefuse(404, "not_found");
        Assert.Empty((await other.SellerGetAsync($"/licenses?key={sold.Key}")).Data);
        Assert.Equal("key_not_found", (await other.ValidateAsync(sold.Key)).Code);
    }

    private static async Task<IEnumerable<string>> AuditAsync(Shop shop) =>
        (await shop.SellerGetAsync("/audit?limit=100")).Data.Select(a => $"{a!["action"]} {a["target"]}");
}

using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Apps;

public sealed class IdempotentActivationTests(SharedServer shared)
{
    private static readonly (string, string) Key = ("Idempotency-Key", "9b1f");

    [Fact]
    public async Task The_same_request_gets_the_same_status_and_activation_with_a_lease_for_its_new_nonce()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var first = (await shop.ActivateAsync(sold.Key, "laptop", Key)).Must(201);
        var body = Ask.Activate(sold.Key, "laptop");
        var again = (await shop.AppAsync("activate", body, Key)).Must(201);

        Assert.True((bool)again["created"]!);
        Assert.Equal((string?)first["activation"]!["id"], (string?)again["activation"]!["id"]);
        Assert.Equal((string?)body["nonce"], (string?)LeaseReader.Claims((string)again["lease"]!)["non"]);
        Assert.Equal(1, (int?)again["license"]!["used"]);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_conflict_and_takes_no_slot()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        (await shop.ActivateAsync(sold.Key, "laptop", Key)).Must(201);
        (await shop.ActivateAsync(sold.Key, "desktop", Key)).MustRefuse(409, "idempotency_conflict");
        Assert.Equal(1, (int?)(await shop.LicenseAsync(sold))["activations_used"]);
    }

    [Fact]
    public async Task Another_license_key_is_another_credential()
    {
        var shop = await shared.OpenShopAsync();
        var one = await shop.SellAsync();
        var two = await shop.SellAsync();
        (await shop.ActivateAsync(one.Key, "laptop", Key)).Must(201);
        (await shop.ActivateAsync(two.Key, "laptop", Key)).Must(201);
    }

    [Fact]
    public async Task One_license_key_is_one_credential_however_it_is_typed()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        (await shop.ActivateAsync(sold.Key, "laptop", Key)).Must(201);
        var typed = sold.Key.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal);
        (await shop.ActivateAsync(typed, "laptop", Key)).Must(201);
        (await shop.ActivateAsync(typed, "desktop", Key)).MustRefuse(409, "idempotency_conflict");
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        await shop.ActAsync(sold, "suspend");
        (await shop.ActivateAsync(sold.Key, "laptop", Key)).MustRefuse(403, "blocked_by_seller");
        await shop.ActAsync(sold, "reinstate");
        (await shop.ActivateAsync(sold.Key, "laptop", Key)).Must(201);
    }

    [Fact]
    public async Task After_a_day_the_key_is_free_again()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync();
        (await shop.ActivateAsync(sold.Key, "laptop", Key)).Must(201);
        server.Advance(TimeSpan.FromHours(24.1));
        (await shop.ActivateAsync(sold.Key, "desktop", Key)).Must(201);
    }

    [Fact]
    public async Task Twenty_repeats_at_once_make_one_activation()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.ActivateAsync(sold.Key, "laptop", Key)));
        Assert.All(replies, r => Assert.True(r.Status == 201 || r.Code == "idempotency_conflict", r.Text));
        Assert.Single(replies.Where(r => r.Status == 201).Select(r => (string)r["activation"]!["id"]!).Distinct());
        (await shop.ActivateAsync(sold.Key, "laptop", Key)).Must(201);
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_named()
    {
        var shop = await shared.OpenShopAsync();
        (await shop.ActivateAsync((await shop.SellAsync()).Key, "laptop", ("Idempotency-Key", new string('k', 256)))).MustFault("Idempotency-Key");
    }
}

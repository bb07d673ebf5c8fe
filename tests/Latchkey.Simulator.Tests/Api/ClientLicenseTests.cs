using Latchkey.Gumroad.Api;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>The real client verifies and changes the simulator's licenses.</summary>
public class ClientLicenseTests : ApiTest
{
    [Fact]
    public async Task A_key_is_verified_without_a_token_and_counted_when_told_to()
    {
        var shop = await OpenAsync();
        var sale = await shop.BuyAsync(Inkwell with { Quantity = 2 });
        var licenses = ClientOf(shop, token: null).Licenses;

        var looked = await licenses.VerifyAsync(sale.ProductId, sale.LicenseKey!, IncrementUses.No);
        var counted = await licenses.VerifyAsync(sale.ProductId, sale.LicenseKey!.ToLowerInvariant(), IncrementUses.Yes);

        Assert.Equal(0, Assert.IsType<LicenseVerification.Valid>(looked).Uses);
        var valid = Assert.IsType<LicenseVerification.Valid>(counted);
        Assert.Equal((1, sale.SaleId, 2), (valid.Uses, valid.Purchase.Id, valid.Purchase.Quantity));
        Assert.True(valid.Purchase.IsEntitled(Start));
    }

    [Fact]
    public async Task Uses_count_unless_exactly_false_is_said()
    {
        var shop = await OpenAsync();
        var sale = await shop.BuyAsync(Inkwell);

        foreach (var value in new[] { "0", "no", "", "False", "true" })
        {
            using var counted = await shop.PostAsync(
                "/v2/licenses/verify", ("product_id", sale.ProductId), ("license_key", sale.LicenseKey!), ("increment_uses_count", value));
        }

        var last = await ApiShop.ReadAsync(await shop.SendJsonAsync(
            HttpMethod.Post, "/v2/licenses/verify", $$"""{"product_id": "{{sale.ProductId}}", "license_key": "{{sale.LicenseKey}}", "increment_uses_count": false}"""));

        Assert.Equal(5, (int)last["uses"]!);
    }

    [Fact]
    public async Task A_key_is_turned_off_and_on_and_its_uses_stop_at_zero()
    {
        var shop = await OpenAsync();
        var sale = await shop.BuyAsync(Inkwell, verifications: 1);
        var licenses = ClientOf(shop).Licenses;

        await licenses.DisableAsync(sale.ProductId, sale.LicenseKey!);
        var off = await licenses.VerifyAsync(sale.ProductId, sale.LicenseKey!, IncrementUses.Yes);
        await licenses.EnableAsync(sale.ProductId, sale.LicenseKey!);
        var on = await licenses.VerifyAsync(sale.ProductId, sale.LicenseKey!, IncrementUses.No);
        var down = await licenses.DecrementUsesAsync(sale.ProductId, sale.LicenseKey!);
        var floor = await licenses.DecrementUsesAsync(sale.ProductId, sale.LicenseKey!);

        Assert.IsType<LicenseVerification.Disabled>(off);
        Assert.Equal(1, Assert.IsType<LicenseVerification.Valid>(on).Uses);
        Assert.Equal((0, 0), (down.Uses, floor.Uses));
    }

    [Fact]
    public async Task A_rotated_key_replaces_the_old_one_in_the_newest_gumroad()
    {
        var shop = await OpenAsync();
        var sale = await shop.BuyAsync(Inkwell);
        var licenses = ClientOf(shop).Licenses;

        var rotated = await licenses.RotateAsync(sale.ProductId, sale.LicenseKey!);

        Assert.NotEqual(sale.LicenseKey, rotated.Purchase!.LicenseKey);
        Assert.IsType<LicenseVerification.NotFound>(await licenses.VerifyAsync(sale.ProductId, sale.LicenseKey!, IncrementUses.No));
        Assert.IsType<LicenseVerification.Valid>(await licenses.VerifyAsync(sale.ProductId, rotated.Purchase.LicenseKey!, IncrementUses.No));
    }

    [Fact]
    public async Task In_april_2025_keys_were_not_rotated_and_lists_for_texts_not_refused()
    {
        var shop = await OpenAsync(GumroadVersion.April2025);
        var sale = await shop.BuyAsync(Inkwell);

        await Assert.ThrowsAsync<GumroadNotFoundException>(() => ClientOf(shop).Licenses.RotateAsync(sale.ProductId, sale.LicenseKey!));
        using var answer = await shop.SendJsonAsync(HttpMethod.Post, "/v2/licenses/verify", """{"license_key": ["x"]}""");
        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_permalink_will_do_for_products_from_before_the_cut_over_only()
    {
        var shop = await OpenAsync(new SimulatorOptions
        {
            Seed = 3,
            Products =
            [
                new() { Permalink = "older", CustomPermalink = "oldname", Name = "Older", PriceUsdCents = 500, RequiresProductId = false },
                new() { Permalink = "newer", Name = "Newer", PriceUsdCents = 500 },
            ],
            OfferCodes = [],
        });
        var older = await shop.BuyAsync(new BuyOrder { Permalink = "older", Email = "a@example.org" });
        var newer = await shop.BuyAsync(new BuyOrder { Permalink = "newer", Email = "a@example.org" });
        var licenses = ClientOf(shop, token: null).Licenses;

        Assert.IsType<LicenseVerification.Valid>(await licenses.VerifyByPermalinkAsync("OldName", older.LicenseKey!, IncrementUses.No));
        Assert.IsType<LicenseVerification.Valid>(await licenses.VerifyByPermalinkAsync("older", older.LicenseKey!, IncrementUses.No));
        Assert.IsType<LicenseVerification.NotFound>(await licenses.VerifyByPermalinkAsync("newer", older.LicenseKey!, IncrementUses.No));
        var refusal = await Assert.ThrowsAsync<GumroadProductIdRequiredException>(() => licenses.VerifyByPermalinkAsync("newer", newer.LicenseKey!, IncrementUses.No));
        Assert.Equal(newer.ProductId, refusal.ProductId);
    }

    [Fact]
    public async Task The_oldest_names_of_the_permalink_come_first()
    {
        var shop = await OpenAsync(new SimulatorOptions
        {
            Products = [new() { Permalink = "older", Name = "Older", PriceUsdCents = 500, RequiresProductId = false }], OfferCodes = [], Seed = 3,
        });
        var sale = await shop.BuyAsync(new BuyOrder { Permalink = "older", Email = "a@example.org" });

        using var byId = await shop.PostAsync("/v2/licenses/verify", ("id", "older"), ("link_id", "x"), ("product_permalink", "x"), ("license_key", sale.LicenseKey!));
        using var byLink = await shop.PostAsync("/v2/licenses/verify", ("link_id", "x"), ("product_permalink", "older"), ("license_key", sale.LicenseKey!));

        Assert.Equal((200, 404), ((int)byId.StatusCode, (int)byLink.StatusCode));
    }

    [Fact]
    public async Task Revoked_access_comes_before_disabled_and_blocks_changes()
    {
        var shop = await OpenAsync();
        var sale = await shop.BuyAsync(Inkwell);
        var licenses = ClientOf(shop).Licenses;
        await licenses.DisableAsync(sale.ProductId, sale.LicenseKey!);

        shop.Simulator.Ledger.RevokeAccess(sale.SaleId, true);

        Assert.IsType<LicenseVerification.AccessRevoked>(await licenses.VerifyAsync(sale.ProductId, sale.LicenseKey!, IncrementUses.Yes));
        await Assert.ThrowsAsync<GumroadRefusedException>(() => licenses.EnableAsync(sale.ProductId, sale.LicenseKey!));
    }

    [Fact]
    public async Task A_membership_tells_its_times_and_never_refuses()
    {
        var shop = await OpenAsync();
        var sale = await shop.BuyAsync(Club);
        var licenses = ClientOf(shop).Licenses;
        await shop.Simulator.CancelAsync(sale.SubscriptionId!);

        var pending = Assert.IsType<LicenseVerification.Valid>(await licenses.VerifyAsync(sale.ProductId, sale.LicenseKey!, IncrementUses.No)).Purchase;
        await shop.Simulator.AdvanceAsync(TimeSpan.FromDays(40));
        var over = Assert.IsType<LicenseVerification.Valid>(await licenses.VerifyAsync(sale.ProductId, sale.LicenseKey!, IncrementUses.No)).Purchase;

        Assert.Equal(Start.AddMonths(1), pending.SubscriptionCancelledAt);
        Assert.True(pending.IsEntitled(Start));
        Assert.False(over.IsEntitled(shop.Simulator.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task An_imported_customers_key_has_uses_of_its_own()
    {
        var shop = await OpenAsync();
        var made = await ApiShop.ReadAsync(await shop.SendJsonAsync(
            HttpMethod.Post, "/simulator/imported_customers", """{"product": "inkwell", "email": "old@example.org", "license_key": "OLD-KEY-00001"}"""));
        var licenses = ClientOf(shop).Licenses;
        var product = ProductId(shop, "inkwell");

        var verified = await licenses.VerifyAsync(product, "old-key-00001", IncrementUses.Yes);
        await licenses.DisableAsync(product, "OLD-KEY-00001");

        var customer = Assert.IsType<LicenseVerification.ImportedCustomer>(verified);
        Assert.Equal((1, "old@example.org", (string?)made["id"]), (customer.Uses, customer.Customer.Email, customer.Customer.Id));
        Assert.IsType<LicenseVerification.Disabled>(await licenses.VerifyAsync(product, "OLD-KEY-00001", IncrementUses.No));
    }
}

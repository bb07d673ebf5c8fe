namespace Latchkey.Simulator.Tests.Checkout;

public sealed class LicenseTests : ShopTest
{
    [Fact]
    public async Task A_key_is_found_with_its_product_in_any_case_whatever_its_state()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Book);
        await simulator.RefundAsync(sale.SaleId, Limit);
        Assert.Equal(sale.SaleId, simulator.Ledger.FindLicense(BookProduct.ProductId, sale.LicenseKey!.ToLowerInvariant() + "  ")!.SaleId);
        Assert.Null(simulator.Ledger.FindLicense(ClubProduct.ProductId, sale.LicenseKey));
        Assert.Throws<KeyNotFoundException>(() => simulator.Ledger.Verify(BookProduct.ProductId, "none", increment: true));
    }

    [Fact]
    public async Task Uses_go_up_when_asked_and_down_to_zero()
    {
        var simulator = await ShopAsync();
        var key = (await BoughtAsync(simulator, Book)).LicenseKey!;
        var ledger = simulator.Ledger;
        Assert.Equal(1, ledger.Verify(BookProduct.ProductId, key, increment: true).License!.Uses);
        Assert.Equal(1, ledger.Verify(BookProduct.ProductId, key, increment: false).License!.Uses);
        Assert.Equal(0, ledger.DecrementUses(BookProduct.ProductId, key).License!.Uses);
        Assert.Equal(0, ledger.DecrementUses(BookProduct.ProductId, key).License!.Uses);
        Assert.True(ledger.SetDisabled(BookProduct.ProductId, key, disabled: true).License!.Disabled);
        Assert.Equal(0, ledger.Verify(BookProduct.ProductId, key, increment: true).License!.Uses);
    }

    [Fact]
    public async Task Revoked_access_blocks_enabling_and_disabling()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Book);
        simulator.Ledger.RevokeAccess(sale.SaleId, revoked: true);
        Assert.Throws<InvalidOperationException>(() => simulator.Ledger.SetDisabled(BookProduct.ProductId, sale.LicenseKey!, disabled: true));
        simulator.Ledger.RevokeAccess(sale.SaleId, revoked: false);
        Assert.False(simulator.Ledger.SetDisabled(BookProduct.ProductId, sale.LicenseKey!, disabled: false).License!.Disabled);
    }

    [Fact]
    public async Task None_of_it_sends_a_ping()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Book);
        var (ledger, product) = (simulator.Ledger, BookProduct.ProductId);
        ledger.SetDisabled(product, sale.LicenseKey!, disabled: true);
        ledger.SetDisabled(product, sale.LicenseKey!, disabled: false);
        var rotated = ledger.RotateKey(product, sale.LicenseKey!).License!.Key;
        ledger.RevokeAccess(sale.SaleId, revoked: true);
        Assert.Empty(await PingsAsync(simulator));
        Assert.Null(ledger.FindLicense(product, sale.LicenseKey!));
        Assert.Equal(rotated, simulator.FindSale(sale.SaleId)!.LicenseKey);
    }

    [Fact]
    public async Task Licensing_switched_on_later_makes_keys_for_older_customers_without_a_ping()
    {
        var simulator = await ShopAsync(ClubProduct with { IsLicensed = false });
        var first = await BoughtAsync(simulator, Membership);
        await simulator.RenewAsync(first.SubscriptionId!, Limit);
        await PingsAsync(simulator);
        simulator.Ledger.ChangeProduct(ClubProduct.ProductId, product => product with { IsLicensed = true });
        Assert.Empty(await PingsAsync(simulator));
        Assert.NotNull(Assert.Single(simulator.Sales.Select(sale => sale.LicenseKey).Distinct()));
    }

    [Fact]
    public async Task Keys_and_ids_follow_the_seed_and_look_like_Gumroads()
    {
        var one = await (await ShopAsync()).BuyAsync(Membership, Limit);
        var other = await (await ShopAsync()).BuyAsync(Membership, Limit);
        Assert.Equal((one.SaleId, one.SubscriptionId, one.LicenseKey, one.OrderNumber), (other.SaleId, other.SubscriptionId, other.LicenseKey, other.OrderNumber));
        Assert.Matches("^[A-Za-z0-9_-]{22}==$", one.SaleId);
        Assert.Matches("^[0-9A-F]{8}-[0-9A-F]{4}4[0-9A-F]{3}-[89AB][0-9A-F]{7}-[0-9A-F]{8}$", one.LicenseKey);
        Assert.InRange(one.OrderNumber, 1, (1 << 30) - 1);
    }
}

using Latchkey.Products;

namespace Latchkey.Storage.Tests;

/// <summary>Lists from which a change of rules or settings is worked out.</summary>
public abstract class UnmappedConformance : HistoryConformance
{
    [Fact]
    public async Task Those_that_wait_for_a_rule_or_are_ignored_by_one_are_listed_page_by_page()
    {
        await OpenShopAsync();
        var expected = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var product = i % 2 == 0 ? Said.Unknown : "free==";
            await HappensAsync(Said.Sale($"s{i}", Now, Mara, product), Said.Sale($"granted{i}", Now, Mara));
            await HappensAsync(Said.Sale($"early{i}", Now, Mara).Later("refund", "refunded"));
            expected.Add((await PurchaseAsync($"s{i}")).Id);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        var listed = new List<string>();
        while (await Store.Purchases.ListUnmappedAsync(Acme, listed.LastOrDefault(), 2, default) is { Count: > 0 } page)
        {
            listed.AddRange(page.Select(p => p.Id));
        }

        Assert.Equal(expected, listed);
        Assert.Empty(await Store.Purchases.ListUnmappedAsync(Other, null, 10, default));
    }

    [Fact]
    public async Task Those_under_one_address_that_may_belong_together_are_listed()
    {
        await OpenShopAsync();
        await HappensAsync(Said.Sale("bundle", Now, Mara, Said.Bundle, 9900), Said.Sale("content", Now, Mara, Said.App, 0), Said.Sale("alone", Now, Mara));
        var listed = (await Store.Purchases.ListLinkableAsync(Acme, Mara, default)).Select(p => p.Name).Order(StringComparer.Ordinal);
        Assert.Equal(["bundle", "content"], listed);
        Assert.Empty(await Store.Purchases.ListLinkableAsync(Other, Mara, default));
    }

    [Fact]
    public async Task What_may_have_been_granted_with_a_key_type_is_listed_once_a_purchase()
    {
        await OpenShopAsync();
        await Store.Tenants.PutKeyTypeAsync(Acme, new KeyType("app", "pro", "Pro") { Quantity = QuantityMode.Keys }, default);
        await Directory.ReloadAsync(Acme, default);
        await HappensAsync(Said.Sale("one", Now, Mara).With("quantity", "3"), Said.Sale("two", Now, Mara), Said.Charge("sub", "c0", Now, Mara, "Patron"));
        async Task<IEnumerable<string>> GrantedAsync(string product, string keyType, string? after = null, int limit = 10) =>
            (await Store.Licenses.ListGrantedAsync(Acme, product, keyType, after, limit, default)).Select(l => l.Id);

        var granted = await GrantedAsync("app", "pro");
        Assert.Equal(new[] { (await LicenseAsync("one")).Id, (await LicenseAsync("two")).Id }.Order(StringComparer.Ordinal), granted);
        Assert.Equal(granted.Skip(1), await GrantedAsync("app", "pro", granted.First(), 1));
        Assert.Empty(await GrantedAsync("app", "lite"));

        // A membership may have been on another plan before.
        Assert.Equal([(await LicenseAsync("sub")).Id], await GrantedAsync("club", "reader"));
    }
}

using Latchkey.Inbox;
using Latchkey.Products;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

public abstract class HeldEntryConformance : StoreConformance
{
    [Fact]
    public async Task What_is_unmapped_is_held_until_a_rule_maps_it()
    {
        var id = (await ReceiveSaleAsync("sale-1==", product: "unknown==")).Id;
        await FoldAllAsync();
        Assert.Equal((EntryStatus.Held, EntryReasons.UnmappedProduct), await StandingAsync(id));

        Assert.Null(await Store.Tenants.PutRulesAsync(Acme, [], expected: 7, default));
        Assert.Equal(2, await Store.Tenants.PutRulesAsync(Acme, [new Rule("unknown==", Product: "app", KeyType: "pro")], expected: 1, default));
        await Directory.ReloadAsync(Acme, default);
        await FoldAllAsync();

        Assert.Equal((EntryStatus.Applied, null), await StandingAsync(id));
        Assert.Single(await Store.Licenses.ListAsync(Acme, new(), null, 10, default));
    }

    [Fact]
    public async Task What_comes_while_a_tenant_is_suspended_is_held_and_released_when_it_resumes()
    {
        await Store.Tenants.SetStateAsync(Acme, TenantState.Suspended, default);
        await Directory.ReloadAsync(Acme, default);
        var id = (await ReceiveSaleAsync("sale-1==")).Id;
        await FoldAllAsync();
        Assert.Equal((EntryStatus.Held, EntryReasons.TenantSuspended), await StandingAsync(id));

        Assert.True(await Store.Tenants.SetStateAsync(Acme, TenantState.Active, default));
        await Directory.ReloadAsync(Acme, default);
        await FoldAllAsync();
        Assert.Equal((EntryStatus.Applied, null), await StandingAsync(id));
    }

    private async Task<(EntryStatus Status, string? Reason)> StandingAsync(string entry)
    {
        var found = (await Store.Inbox.FindAsync(Acme, entry, default))!;
        return (found.Status, found.Reason);
    }
}

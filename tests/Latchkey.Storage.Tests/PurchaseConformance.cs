using Latchkey.Inbox;
using Latchkey.Outbox;
using Latchkey.Products;
using Latchkey.Purchases;

namespace Latchkey.Storage.Tests;

public abstract class PurchaseConformance : StoreConformance
{
    private StubFolder Stub() => new(Directory, Time);

    [Fact]
    public async Task A_sale_becomes_a_purchase_with_a_license_and_is_told_once()
    {
        var id = (await ReceiveSaleAsync("sale-1==")).Id;
        await FoldAllAsync();

        var entry = (await Store.Inbox.FindAsync(Acme, id, default))!;
        Assert.Equal((EntryStatus.Applied, "sale"), (entry.Status, entry.Resource));
        var purchase = (await Store.Purchases.FindAsync(Acme, entry.Purchase!, default))!;
        Assert.Equal((null, "sale-1=="), (purchase.HeldFor, purchase.Charges.Single().SaleId));
        Assert.Equal((1, "mara.ito@example.org"), (purchase.Charges.Single().Quantity, purchase.Charges.Single().Email));
        var license = (await Store.Licenses.FindAsync(Acme, purchase.Licenses.Single(), default))!;
        Assert.Equal(("app", "pro", true, 3), (license.Product, license.KeyType, license.Issued, license.ActivationLimit));
        Assert.Equal([OutboxKinds.LicenseIssued, OutboxKinds.EntitlementsChanged], (await Store.Outbox.ReadAsync(Acme, 0, 10, default)).Select(m => m.Kind));
        Assert.Equal([EntrySource.Baked, EntrySource.Ping], (await Store.Inbox.ListByPurchaseAsync(Acme, purchase.Id, default)).Select(e => e.Source).OrderDescending());
        Assert.Null(await Store.Purchases.FindAsync(Other, purchase.Id, default));
    }

    [Fact]
    public async Task Folding_again_changes_nothing_and_says_nothing()
    {
        var id = (await ReceiveSaleAsync("sale-1==")).Id;
        await FoldAllAsync();
        var before = await Store.Purchases.ListAsync(Acme, null, 10, default);
        await ReceiveSaleAsync("sale-1==");
        await Store.Inbox.ReplayAsync(Acme, id, default);
        await FoldAllAsync();

        var after = await Store.Purchases.ListAsync(Acme, null, 10, default);
        Assert.Equal(before.Single().Digest, after.Single().Digest);
        Assert.Equal(2, (await Store.Outbox.ReadAsync(Acme, 0, 10, default)).Count);
        Assert.Equal(2, (await Store.Inbox.ListByPurchaseAsync(Acme, before.Single().Id, default)).Count);
    }

    [Fact]
    public async Task A_fold_takes_all_entries_of_its_purchase_at_once()
    {
        await Store.Inbox.AppendAsync(AnEntry("one"));
        await FoldAllAsync(Stub());
        await Store.Inbox.AppendAsync(AnEntry("two"));
        await Store.Inbox.AppendAsync(AnEntry("elsewhere", purchase: "pur_2"));
        var counts = new Dictionary<string, int>();
        var stub = Stub();
        stub.OnFold = (before, facts) => counts[before.Id] = facts.Count;
        await FoldAllAsync(stub);

        Assert.Equal(new Dictionary<string, int> { ["pur_1"] = 2, ["pur_2"] = 1 }, counts);
    }

    [Fact]
    public async Task A_fold_that_throws_sets_only_its_own_entries_aside_and_is_tried_again_later()
    {
        var bad = (await Store.Inbox.AppendAsync(AnEntry("bad", purchase: "pur_bad"))).Id;
        var good = (await Store.Inbox.AppendAsync(AnEntry("good", purchase: "pur_good"))).Id;
        var stub = Stub();
        stub.OnFold = (before, _) => ThrowIf(before.Id == "pur_bad");
        await FoldAllAsync(stub);

        Assert.Equal(EntryStatus.Applied, (await Store.Inbox.FindAsync(Acme, good, default))!.Status);
        Assert.Equal([bad], (await Store.Inbox.ListAsync(Acme, EntryStatus.Failed, null, 10, default)).Select(e => e.Id));
        Assert.Null(await Store.Purchases.FindAsync(Acme, "pur_bad", default));
        Assert.Equal(Time.GetUtcNow().AddMinutes(1), await Store.Purchases.NextDueAsync(default));

        Time.Advance(TimeSpan.FromMinutes(1));
        await FoldAllAsync(stub);
        Assert.Equal(Time.GetUtcNow().AddMinutes(2), await Store.Purchases.NextDueAsync(default));

        Time.Advance(TimeSpan.FromMinutes(2));
        await FoldAllAsync(Stub());
        Assert.Equal(EntryStatus.Applied, (await Store.Inbox.FindAsync(Acme, bad, default))!.Status);
        Assert.NotNull(await Store.Purchases.FindAsync(Acme, "pur_bad", default));
    }

    [Fact]
    public async Task A_repeat_that_comes_while_its_purchase_is_being_folded_has_it_folded_again()
    {
        var id = (await Store.Inbox.AppendAsync(AnEntry("one"))).Id;
        var seen = new List<int>();
        var stub = Stub();
        stub.OnFold = (_, facts) =>
        {
            seen.Add(facts.Single().Entry.Repeats);
            if (seen.Count == 1)
            {
                Store.Inbox.AppendAsync(AnEntry("one")).GetAwaiter().GetResult();
            }
        };
        await FoldAllAsync(stub);

        Assert.Equal([0, 1], seen);
        Assert.Equal(EntryStatus.Applied, (await Store.Inbox.FindAsync(Acme, id, default))!.Status);
    }

    [Fact]
    public async Task A_fold_made_with_settings_that_changed_meanwhile_is_thrown_away_and_done_again()
    {
        await Store.Inbox.AppendAsync(AnEntry("one"));
        var stub = Stub();
        stub.OnFold = (_, _) => Store.Tenants.PutRulesAsync(Acme, [new Rule("x", Ignore: true)], null, default).GetAwaiter().GetResult();
        Assert.Equal(1, await Store.Purchases.FoldDueAsync(stub, 50, default));
        Assert.Null(await Store.Purchases.FindAsync(Acme, "pur_1", default));

        await Directory.ReloadAsync(Acme, default);
        await FoldAllAsync(Stub());
        Assert.NotNull(await Store.Purchases.FindAsync(Acme, "pur_1", default));
    }

    [Fact]
    public async Task One_tenants_change_of_settings_does_not_hold_up_anothers_folds()
    {
        await Store.Inbox.AppendAsync(AnEntry("one"));
        await Store.Inbox.AppendAsync(AnEntry("two", Other));
        await Directory.FindAsync(Acme, default);
        await Store.Tenants.PutProductAsync(Acme, new Product("more", "More", "MORE", null), default);
        await Store.Purchases.FoldDueAsync(Stub(), 50, default);

        Assert.Null(await Store.Purchases.FindAsync(Acme, "pur_1", default));
        Assert.NotNull(await Store.Purchases.FindAsync(Other, "pur_1", default));
    }

    [Fact]
    public async Task A_purchase_is_folded_when_its_moment_comes()
    {
        await Store.Inbox.AppendAsync(AnEntry("one"));
        var stub = Stub();
        stub.DueAt = Time.GetUtcNow().AddDays(1);
        await FoldAllAsync(stub);
        Assert.Equal(stub.DueAt, await Store.Purchases.NextDueAsync(default));
        Assert.Equal(0, await Store.Purchases.FoldDueAsync(stub, 50, default));

        Time.Advance(TimeSpan.FromDays(1));
        stub.DueAt = null;
        Assert.Equal(1, await Store.Purchases.FoldDueAsync(stub, 50, default));
        Assert.Equal(Time.GetUtcNow(), (await Store.Purchases.FindAsync(Acme, "pur_1", default))!.FoldedAt);
        Assert.Null(await Store.Purchases.NextDueAsync(default));
    }

    [Fact]
    public async Task A_purchase_whose_moment_came_but_whose_fold_fails_is_not_looked_at_without_end()
    {
        await Store.Inbox.AppendAsync(AnEntry("one"));
        var stub = Stub();
        stub.DueAt = Time.GetUtcNow().AddDays(1);
        await FoldAllAsync(stub);
        Time.Advance(TimeSpan.FromDays(1));
        stub.OnFold = (_, _) => ThrowIf(true);
        await FoldAllAsync(stub);

        Assert.True(await Store.Purchases.NextDueAsync(default) > Time.GetUtcNow());
    }

    [Fact]
    public async Task Positions_in_the_outbox_rise_by_one_per_tenant_and_the_same_difference_takes_none()
    {
        var stub = Stub();
        stub.Messages = 3;
        for (var i = 0; i < 40; i++)
        {
            await Store.Inbox.AppendAsync(AnEntry($"{i}", i % 2 == 0 ? Acme : Other, $"pur_{i % 10}"));
            await Store.Purchases.FoldDueAsync(stub, 50, default);
        }

        foreach (var tenant in new[] { Acme, Other })
        {
            var messages = await Store.Outbox.ReadAsync(tenant, 0, 100, default);
            Assert.Equal(Enumerable.Range(1, 15).Select(i => (long)i), messages.Select(m => m.Position));
            Assert.Equal(15, messages.Select(m => m.Key).Distinct().Count());
            Assert.All(messages, m => Assert.Equal(tenant, m.Tenant));
            Assert.Equal([14, 15], (await Store.Outbox.ReadAsync(tenant, 13, 100, default)).Select(m => m.Position));
        }
    }

    [Fact]
    public async Task Purchases_are_listed_page_by_page_in_order_of_creation()
    {
        for (var i = 0; i < 7; i++)
        {
            await Store.Inbox.AppendAsync(AnEntry($"{i}", purchase: $"pur_{9 - i}"));
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        await FoldAllAsync(Stub());
        var listed = new List<string>();
        while (await Store.Purchases.ListAsync(Acme, listed.LastOrDefault(), 3, default) is { Count: > 0 } page)
        {
            listed.AddRange(page.Select(p => p.Id));
        }

        Assert.Equal(["pur_9", "pur_8", "pur_7", "pur_6", "pur_5", "pur_4", "pur_3"], listed);
    }

    private static void ThrowIf(bool broken)
    {
        if (broken)
        {
            throw new InvalidOperationException("broken on purpose");
        }
    }
}

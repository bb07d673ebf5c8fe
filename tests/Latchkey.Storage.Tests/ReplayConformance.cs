using System.Text.RegularExpressions;
using Latchkey.Inbox;
using Latchkey.Outbox;
using Latchkey.Products;

namespace Latchkey.Storage.Tests;

public abstract class ReplayConformance : HistoryConformance
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 10, 0, 0, TimeSpan.Zero);
    private static readonly string[] Tables = ["purchases", "licenses", "license_keys"];

    [Fact]
    public async Task One_replay_of_a_tenant_at_a_time_has_the_turn()
    {
        await using (var turn = await Store.Purchases.TryBeginReplayAsync(Acme, default))
        {
            Assert.NotNull(turn);
            Assert.Null(await Store.Purchases.TryBeginReplayAsync(Acme, default));
            await using var other = await Store.Purchases.TryBeginReplayAsync(Other, default);
            Assert.NotNull(other);
        }

        await using var next = await Store.Purchases.TryBeginReplayAsync(Acme, default);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task After_all_sorts_of_histories_a_replay_finds_no_difference_and_sends_nothing()
    {
        await TellAllSortsAsync();
        var (tables, outbox, mails) = (await TablesAsync(), await OutboxAsync(), await SqlAsync("select * from mails"));
        foreach (var swap in new[] { false, true })
        {
            var report = await ReplayAsync(swap);
            Assert.Empty(report.Differences.SelectMany(d => d.What.Prepend(d.Of)));
            Assert.Equal((13, 0, 0, swap), (report.Purchases, report.Differing, report.Waiting, report.Swapped));
            Assert.True(report.Entries > 30);
        }

        Assert.Equal(tables, await TablesAsync());
        Assert.Equal(outbox, await OutboxAsync());
        Assert.Equal(mails, await SqlAsync("select * from mails"));
    }

    [Theory]
    [InlineData("update purchases set state = 'ended' where name = 'club-1'", "purchase.state")]
    [InlineData("update purchases set due_at = 9999999999999 where name = 'club-1'", "purchase.due_at")]
    [InlineData("update purchases set charges = '[]' where name = 'sale-1'", "purchase.charges")]
    [InlineData("update purchases set licenses = '[]' where name = 'club-1'", "purchase.licenses", "licenses")]
    [InlineData("update licenses set tier = 'gold' where name = 'club-1'", "license.tier", "subject.rights")]
    [InlineData("update licenses set ends_at = 1 where name = 'sale-2'", "license.terms", "subject.rights")]
    [InlineData("update licenses set entitlements = '[]' where name = 'sale-2'", "license.entitlements", "subject.rights")]
    [InlineData("update licenses set issued = false where name = 'sale-1'", "license.issued")]
    [InlineData("update licenses set keys = '[]' where name = 'sale-4'", "keys", "stray key")]
    [InlineData("delete from licenses where name = 'sale-1'", "licenses")]
    [InlineData("delete from license_keys", "keys")]
    [InlineData("delete from purchases where name = 'sale-1'", "missing")]
    [InlineData("delete from purchases", "missing", "stray license")]
    [InlineData("insert into license_keys (tenant, lookup, license) values ('acme', x'00', 'lic_x')", "stray key")]
    [InlineData("update subjects set rights = '[]'", "subject.rights")]
    public async Task Damaged_rows_are_reported_by_field_and_mended_by_a_swap(string damage, params string[] expected)
    {
        await TellAllSortsAsync();
        var tables = await TablesAsync();
        await SqlAsync(damage);

        var report = await ReplayAsync();
        var what = report.Differences.SelectMany(d => d.What).Distinct().ToList();
        Assert.All(expected, (string e) => Assert.Contains(e, what));
        Assert.True(report.Differing > 0);

        Assert.Equal(0, (await ReplayAsync(swap: true)).Remaining);
        Assert.Equal(0, (await ReplayAsync()).Differing);
        Assert.Equal(Undated(tables), Undated(await TablesAsync()));
    }

    [Fact]
    public async Task Rows_that_no_entry_speaks_of_are_removed()
    {
        await TellAllSortsAsync();
        var tables = await TablesAsync();
        await SqlAsync("create temp table p as select * from purchases where name = 'sale-2'");
        await SqlAsync("update p set id = 'pur_x', licenses = '[]'");
        await SqlAsync("insert into purchases select * from p");
        await SqlAsync("create temp table l as select * from licenses where name = 'sale-2'");
        await SqlAsync("update l set id = 'lic_x', purchase = 'pur_x', keys = '[]'");
        await SqlAsync("insert into licenses select * from l");

        Assert.Equal(["stray license", "without entries"], (await ReplayAsync()).Differences.SelectMany(d => d.What).Order());
        await ReplayAsync(swap: true);
        Assert.Equal(tables, await TablesAsync());
    }

    [Fact]
    public async Task A_swap_tells_only_what_it_changed_in_what_a_subject_may_do()
    {
        await TellAllSortsAsync();
        await SqlAsync("update purchases set state = 'ended' where name = 'sale-2'");
        await SqlAsync("delete from licenses where name = 'sale-1'");
        var before = await OutboxAsync();
        await ReplayAsync(swap: true);
        Assert.Equal(before, await OutboxAsync());

        await SqlAsync("update licenses set tier = 'gold' where name = 'sale-2'");
        await SqlAsync("""update subjects set rights = replace(rights, '"pro"', '"gold"') where subject = 'email:two@example.org'""");
        await ReplayAsync(swap: true);
        var told = (await Store.Outbox.ReadAsync(Acme, before.Count, 10, default)).Single();
        Assert.Equal((OutboxKinds.EntitlementsChanged, "email:two@example.org"), (told.Kind, told.Subject));
    }

    [Fact]
    public async Task Rules_and_key_types_changed_since_do_not_change_what_was_granted()
    {
        await TellAllSortsAsync();
        var tables = await TablesAsync();
        await Store.Tenants.PutKeyTypeAsync(Acme, new KeyType("app", "pro", "Pro", ActivationLimit: 99, Tier: "platinum"), default);
        await Store.Tenants.PutRulesAsync(Acme, [.. Rules.Select(r => r.Product == "club" ? r with { Product = "app", KeyType = "pro" } : r)], null, default);
        await Directory.ReloadAsync(Acme, default);
        await FoldAllAsync();

        Assert.Equal(0, (await ReplayAsync(swap: true)).Differing);
        Assert.Equal(Undated(tables), Undated(await TablesAsync()));
    }

    [Fact]
    public async Task What_is_lost_and_would_be_granted_by_the_rules_of_today_is_left_to_a_fold()
    {
        await OpenShopAsync();
        await HappensAsync(Said.Sale("sale-1", Now, Mara, Said.Unknown));
        await Store.Tenants.PutRulesAsync(Acme, [.. Rules, new Rule(Said.Unknown, Product: "app", KeyType: "pro")], null, default);
        await SqlAsync("update inbox set status = 'held', due_at = null");
        await Directory.ReloadAsync(Acme, default);

        Assert.Equal(["not granted"], (await ReplayAsync(swap: true)).Differences.Single().What);
        Assert.Empty(await Store.Licenses.ListAsync(Acme, new(), null, 10, default));
        Assert.Equal(1, (await ReplayAsync()).Waiting);
        await FoldAllAsync();
        Assert.Equal(0, (await ReplayAsync()).Differing);
        Assert.Single(await Store.Licenses.ListAsync(Acme, new(), null, 10, default));
    }

    [Fact]
    public async Task A_purchase_with_waiting_entries_or_a_moment_that_has_come_is_left_alone()
    {
        await OpenShopAsync();
        await HappensAsync(Said.Sale("sale-1", Now, Mara), Said.Charge("club-1", "charge-1", Now, Mara, "Reader"));
        await SqlAsync("update purchases set state = 'ended'");
        await HearAsync(Said.Sale("sale-1", Now, Mara));
        Time.Advance(TimeSpan.FromDays(100));

        var report = await ReplayAsync(swap: true);
        Assert.Equal((2, 2, 0), (report.Purchases, report.Waiting, report.Differing));
        await FoldAllAsync();
        Assert.Equal((0, 0), ((await ReplayAsync()).Waiting, (await ReplayAsync()).Differing));
    }

    [Fact]
    public async Task What_is_folded_while_a_replay_runs_has_the_last_word()
    {
        await TellAllSortsAsync();
        await SqlAsync("update purchases set state = 'ended'");
        await SqlAsync("update licenses set tier = 'gold'");
        var sale = Said.Sale("sale-2", Start, "two@example.org");
        var folder = new FoldingBetween(Folder, () => HappensAsync(sale.Later("refund", "refunded")).GetAwaiter().GetResult());
        await ReplayAsync(swap: true, folder);

        Assert.True(folder.Folded);
        Assert.Equal(["refund"], (await LicenseAsync("sale-2")).Terms.Holds);
        Assert.Equal(0, (await ReplayAsync()).Differing);
    }

    [Fact]
    public async Task A_replay_and_folds_at_the_same_time_agree_in_the_end()
    {
        await OpenShopAsync();
        for (var round = 0; round < 5; round++)
        {
            var sales = Enumerable.Range(0, 40).Select(i => Said.Sale($"sale-{round}-{i}", Now, $"{i}@example.org")).ToArray();
            await HearAsync(sales);
            var replay = Task.Run(() => ReplayAsync(swap: true));
            await FoldAllAsync();
            await HappensAsync([.. sales.Where((_, i) => i % 3 == 0).Select(s => s.Later("dispute", "disputed"))]);
            Assert.Equal(0, (await replay).Differing);
        }

        var report = await ReplayAsync();
        Assert.Equal((200, 0, 0), (report.Purchases, report.Waiting, report.Differing));
    }

    [Fact]
    public async Task A_purchase_that_cannot_be_folded_is_reported_and_holds_up_no_other()
    {
        await TellAllSortsAsync();
        await SqlAsync("update inbox set body = x'00' where purchase = (select id from purchases where name = 'sale-1') and source = 'ping'");
        var tables = await TablesAsync();
        var report = await ReplayAsync(swap: true);
        Assert.Equal((1, 1), (report.Differing, report.Remaining));
        var difference = Assert.Single(report.Differences);
        Assert.Equal((await PurchaseAsync("sale-1")).Id, difference.Of);
        Assert.StartsWith(EntryReasons.FoldFailed, Assert.Single(difference.What), StringComparison.Ordinal);
        Assert.Equal(tables, await TablesAsync());
    }

    private async Task<IReadOnlyList<string>> TablesAsync()
    {
        var rows = new List<string>();
        foreach (var table in Tables)
        {
            rows.AddRange((await SqlAsync($"select * from {table}")).Order(StringComparer.Ordinal));
        }

        return rows;
    }

    /// <summary>A lost row is folded again now, and a sealed key is sealed anew.</summary>
    private static IEnumerable<string> Undated(IEnumerable<string> rows) => rows.Select(r =>
        Regex.Replace(r, "folded_at=[0-9]+|\"sealed\":\"[^\"]+\"", string.Empty)).Order(StringComparer.Ordinal);

    private async Task<IReadOnlyList<OutboxMessage>> OutboxAsync() => await Store.Outbox.ReadAsync(Acme, 0, 1000, default);
}

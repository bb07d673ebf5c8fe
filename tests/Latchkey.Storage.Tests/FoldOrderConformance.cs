using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

/// <summary>
/// Random histories through both ends of the store: appended in five orders and random batches, every order to a tenant of its own.
/// A repeat is part of the history, and the times of sight belong to what was said, not to when it was stored.
/// </summary>
public abstract class FoldOrderConformance : HistoryConformance
{
    private const int Histories = 1000;
    private const int Orders = 5;
    private const int HistoriesPerRound = 250;

    [Fact]
    public async Task Folded_once_all_is_there_every_order_gives_equal_tables_and_an_equal_outbox()
    {
        Standing? first = null;
        foreach (var (order, tenant) in await OpenOrdersAsync())
        {
            var random = new Random(order);
            foreach (var round in RandomHistory.Many(Histories, seed: 1).Chunk(HistoriesPerRound))
            {
                var said = Shuffled(round.SelectMany(h => h), random);
                await AppendAsync(tenant, said, random);
                while (await Store.Purchases.FoldDueAsync(Folder, said.Length + random.Next(100), default) > 0)
                {
                }
            }

            var standing = await StandingAsync(tenant);
            Assert.Equal(Histories, standing.Purchases.Count);
            Assert.Equal((first ??= standing).Purchases, standing.Purchases);
            Assert.Equal(first.Licenses, standing.Licenses);
            Assert.Equal(first.Subjects, standing.Subjects);
            Assert.Equal(first.Told, standing.Told);
        }
    }

    [Fact]
    public async Task Folded_in_between_every_order_comes_to_equal_tables_and_the_outbox_ends_with_what_holds()
    {
        Standing? first = null;
        foreach (var (order, tenant) in await OpenOrdersAsync())
        {
            var random = new Random(order);
            foreach (var round in RandomHistory.Many(Histories, seed: 2).Chunk(HistoriesPerRound))
            {
                var said = Shuffled(round.SelectMany(h => h), random);
                for (var from = 0; from < said.Length;)
                {
                    var some = said.Skip(from).Take(random.Next(1, said.Length / 5)).ToArray();
                    await AppendAsync(tenant, some, random);
                    await Store.Purchases.FoldDueAsync(Folder, random.Next(1, said.Length), default);
                    from += some.Length;
                }

                while (await Store.Purchases.FoldDueAsync(Folder, random.Next(1, said.Length), default) > 0)
                {
                }
            }

            var standing = await StandingAsync(tenant);
            Assert.Equal((first ??= standing).Purchases, standing.Purchases);
            Assert.Equal(first.Licenses, standing.Licenses);
            Assert.Equal(first.Rights, standing.Rights);
            Assert.Empty(standing.LastWordsThatAreWrong);
            Assert.All(
                [OutboxKinds.LicenseIssued, OutboxKinds.LicenseReinstated, OutboxKinds.LicenseSuspended, OutboxKinds.LicenseRevoked, OutboxKinds.LicenseExpired],
                (string kind) => Assert.Contains(standing.Told, t => t.StartsWith(kind, StringComparison.Ordinal)));
        }
    }

    private async Task<List<(int Order, TenantContext Tenant)>> OpenOrdersAsync()
    {
        var opened = new List<(int, TenantContext)>();
        for (var order = 0; order < Orders; order++)
        {
            var id = $"order-{order}";
            Assert.True(await Store.Tenants.AddAsync(TenantOf(id), default));
            await OpenShopAsync(id);
            opened.Add((order, await TenantAsync(id)));
        }

        Time.Advance(TimeSpan.FromDays(400));
        return opened;
    }

    private static Heard[] Shuffled(IEnumerable<Heard> heard, Random random)
    {
        var all = heard.ToArray();
        random.Shuffle(all);
        return all;
    }

    private async Task AppendAsync(TenantContext tenant, Heard[] heard, Random random)
    {
        for (var from = 0; from < heard.Length;)
        {
            var some = heard.Skip(from).Take(random.Next(1, heard.Length)).ToList();
            await Task.WhenAll(some.Select(h => Store.Inbox.AppendAsync(EntryOf(tenant, h))));
            from += some.Count;
        }
    }

    private Entry EntryOf(TenantContext tenant, Heard heard)
    {
        var id = Ids.New("png_", Now);
        var body = heard.What.ToForm();
        const string Form = "application/x-www-form-urlencoded";
        var key = RepeatKey.OfPing(tenant.Secrets.Repeat, body, Form, null, false, out _);
        return new Entry(tenant.Id, id, EntrySource.Ping, Now, heard.SeenAt, heard.SeenAt, 0, key, Form, null, BodySeal.Seal(tenant, id, body));
    }

    /// <summary>All computed rows and what was told. Ids and keys are derived from each tenant's own secret, so names and counts stand for them; whether a license was usable meanwhile is not compared.</summary>
    private async Task<Standing> StandingAsync(TenantContext tenant)
    {
        var purchases = (await SqlAsync($"select * from purchases where tenant = '{tenant.Id}'")).Count;
        var listed = await AllAsync(after => Store.Purchases.ListAsync(tenant.Id, after, 500, default), p => p.Id);
        var licenses = await AllAsync(after => Store.Licenses.ListAsync(tenant.Id, new LicenseFilter(), after, 500, default), l => l.Id);
        Assert.Equal(purchases, listed.Count);
        var names = listed.ToDictionary(p => p.Id, p => p.Name);
        var outbox = new List<OutboxMessage>();
        while (await Store.Outbox.ReadAsync(tenant.Id, outbox.Count, 1000, default) is { Count: > 0 } page)
        {
            outbox.AddRange(page);
        }

        return new(
            [.. listed.Select(Text).Order(StringComparer.Ordinal)],
            [
                .. licenses.Select(Text).Order(StringComparer.Ordinal),
                .. await SqlAsync($"""
                    select l.name, l.number, count(*) as keys from license_keys k join licenses l on l.tenant = k.tenant and l.id = k.license
                    where k.tenant = '{tenant.Id}' group by 1, 2 order by 1, 2
                    """),
            ],
            await SqlAsync($"select subject, version, rights from subjects where tenant = '{tenant.Id}' order by subject"),
            await SqlAsync($"select subject, rights from subjects where tenant = '{tenant.Id}' order by subject"),
            [.. outbox.Select(m => $"{m.Kind} {m.Subject} {(m.License is null ? null : "license")} {(m.Purchase is null ? null : names[m.Purchase])} {m.Detail}").Order(StringComparer.Ordinal)],
            [.. licenses.Where(l => !SaysWhatHolds(l, outbox.Where(m => m.License == l.Id))).Select(l => $"{l.Name} {l.FoldedState}")]);

        string Text(object row) => row switch
        {
            Purchase p => JsonSerializer.Serialize(p with { Tenant = "", Id = p.Name, Licenses = [.. p.Licenses.Select(_ => "license")], Digest = "" }),
            License l => JsonSerializer.Serialize(l with { Tenant = "", Id = "", Purchase = l.Name, KeyMasked = "", Issued = false }),
            _ => throw new ArgumentException("not a row", nameof(row)),
        };
    }

    private static bool SaysWhatHolds(License license, IEnumerable<OutboxMessage> told) => told.LastOrDefault(m => m.Kind != OutboxKinds.LicenseUpdated)?.Kind switch
    {
        null => !license.Issued,
        OutboxKinds.LicenseIssued or OutboxKinds.LicenseReinstated => license.FoldedState is Rights.LicenseState.Active or Rights.LicenseState.Trial,
        OutboxKinds.LicenseSuspended => license.FoldedState is Rights.LicenseState.Suspended or Rights.LicenseState.Pending,
        OutboxKinds.LicenseRevoked => license.FoldedState is Rights.LicenseState.Revoked,
        OutboxKinds.LicenseExpired => license.FoldedState is Rights.LicenseState.Expired or Rights.LicenseState.Ended or Rights.LicenseState.Limited,
        _ => false,
    };

    private static async Task<List<T>> AllAsync<T>(Func<string?, Task<IReadOnlyList<T>>> page, Func<T, string> id)
    {
        var all = new List<T>();
        while (await page(all.Count == 0 ? null : id(all[^1])) is { Count: > 0 } some)
        {
            all.AddRange(some);
        }

        return all;
    }

    private sealed record Standing(
        IReadOnlyList<string> Purchases, IReadOnlyList<string> Licenses, IReadOnlyList<string> Subjects, IReadOnlyList<string> Rights,
        IReadOnlyList<string> Told, IReadOnlyList<string> LastWordsThatAreWrong);
}

using Latchkey.Inbox;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>A fold the database will not take.</summary>
public sealed class PostgresFoldWriteTests(PostgresServer server) : StoreConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);

    [Fact]
    public async Task A_purchase_that_cannot_be_written_is_set_aside_alone_and_folded_later()
    {
        var entries = new[] { "pur_1", "pur_2", "pur_3" }.Select(p => AnEntry($"about {p}", purchase: p)).ToList();
        foreach (var entry in entries)
        {
            await Store.Inbox.AppendAsync(entry);
        }

        var folder = new StubFolder(Directory, Time) { Messages = 1 };
        await FoldAllAsync(new SpoilingFolder(folder, "pur_2"));
        Assert.Equal(["pur_1", "pur_3"], await PurchasesAsync());
        Assert.Equal(["pur_1|0", "pur_3|0"], await MessagesAsync());
        Assert.Equal(entries[1].Id, Assert.Single(await Store.Inbox.ListAsync(Acme, EntryStatus.Failed, null, 10, default)).Id);
        Assert.Equal(2, (await Store.Inbox.ListAsync(Acme, EntryStatus.Applied, null, 10, default)).Count);

        Time.Advance(TimeSpan.FromDays(1));
        await FoldAllAsync(folder);
        Assert.Equal(["pur_1", "pur_2", "pur_3"], await PurchasesAsync());
        Assert.Equal(["pur_1|0", "pur_2|0", "pur_3|0"], await MessagesAsync());
        Assert.Empty(await Store.Inbox.ListAsync(Acme, EntryStatus.Failed, null, 10, default));
    }

    private async Task<IEnumerable<string>> PurchasesAsync() => (await Store.Purchases.ListAsync(Acme, null, 10, default)).Select(p => p.Id).Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>> MessagesAsync() => (await Store.Outbox.ReadAsync(Acme, 0, 10, default)).Select(m => m.Key).Order(StringComparer.Ordinal);
}

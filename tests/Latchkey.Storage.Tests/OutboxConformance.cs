using Latchkey.Outbox;

namespace Latchkey.Storage.Tests;

public abstract class OutboxConformance : StoreConformance
{
    private const string Consumer = "handler:test";

    [Fact]
    public async Task Positions_are_read_in_order_and_each_once()
    {
        await SellAsync("sale-1==", "sale-2==");
        var all = await Store.Outbox.ReadAsync(Acme, 0, 100, default);
        Assert.Equal(4, all.Count);
        Assert.Equal(Enumerable.Range(1, 4).Select(p => (long)p), all.Select(m => m.Position));
        var bitByBit = new List<OutboxMessage>();
        while (await Store.Outbox.ReadAsync(Acme, bitByBit.LastOrDefault()?.Position ?? 0, 1, default) is [var next])
        {
            bitByBit.Add(next);
        }

        Assert.Equal(all, bitByBit);
        Assert.Empty(await Store.Outbox.ReadAsync(Other, 0, 100, default));
    }

    [Fact]
    public async Task The_range_says_which_positions_a_reader_can_go_on_from()
    {
        var empty = await Store.Outbox.RangeAsync(Acme, default);
        Assert.Equal((true, false), (empty.Covers(0), empty.Covers(1)));
        await SellAsync("sale-1==");
        var range = await Store.Outbox.RangeAsync(Acme, default);
        Assert.Equal(new OutboxRange(1, 2), range);
        Assert.Equal([true, true, true, false], new long[] { 0, 1, 2, 3 }.Select(range.Covers));
        Assert.False(new OutboxRange(5, 9).Covers(3));
    }

    [Fact]
    public async Task The_message_of_a_subjects_version_is_found_by_its_key()
    {
        await SellAsync("sale-1==");
        var changed = (await Store.Outbox.ReadAsync(Acme, 0, 10, default)).Single(m => m.Kind == OutboxKinds.EntitlementsChanged);
        Assert.Equal(changed.Position, await Store.Outbox.PositionOfAsync(Acme, OutboxIds.EntitlementsKey(changed.Subject!, 1), default));
        Assert.Null(await Store.Outbox.PositionOfAsync(Acme, OutboxIds.EntitlementsKey(changed.Subject!, 2), default));
        Assert.Null(await Store.Outbox.PositionOfAsync(Other, OutboxIds.EntitlementsKey(changed.Subject!, 1), default));
    }

    [Fact]
    public async Task News_names_the_tenants_written_to_since_the_mark()
    {
        await SellAsync("sale-1==");
        var start = await Store.Outbox.NewsAsync(null, default);
        Assert.Empty(start.Tenants);
        Assert.Empty((await Store.Outbox.NewsAsync(start.Mark, default)).Tenants);
        await ReceiveSaleAsync("sale-2==", Other);
        await FoldAllAsync();
        var news = await Store.Outbox.NewsAsync(start.Mark, default);
        Assert.Equal([Other], news.Tenants);
        Assert.Empty((await Store.Outbox.NewsAsync(news.Mark, default)).Tenants);
    }

    [Fact]
    public async Task A_consumer_begins_behind_what_is_there_and_goes_on_where_it_was()
    {
        await SellAsync("sale-1==");
        await Store.Outbox.BeginAsync(Consumer, default);
        Assert.Empty(await ClaimAsync());

        await SellAsync("sale-2==");
        await ReceiveSaleAsync("sale-3==", Other);
        await FoldAllAsync();
        await Store.Outbox.BeginAsync(Consumer, default); // as at every start
        var behind = await ClaimAsync();
        Assert.Equal([new OutboxPlace(Acme, 2), new OutboxPlace(Other, 0)], behind.OrderBy(p => p.Tenant, StringComparer.Ordinal));

        Assert.True(await Store.Outbox.MoveAsync(Consumer, new(Acme, 3), default));
        Assert.True(await Store.Outbox.MoveAsync(Consumer, new(Other, 2), default));
        await Store.Outbox.GiveBackAsync(Consumer, [new(Acme, 3), new(Other, 2)], default);
        Assert.Equal([new OutboxPlace(Acme, 3)], await ClaimAsync());
    }

    [Fact]
    public async Task What_a_consumer_works_on_it_is_not_given_again_until_it_gives_it_back()
    {
        await Store.Outbox.BeginAsync(Consumer, default);
        await SellAsync("sale-1==");
        await ReceiveSaleAsync("sale-2==", Other);
        await FoldAllAsync();
        var first = Assert.Single(await ClaimAsync(limit: 1));
        var second = Assert.Single(await ClaimAsync(held: [first.Tenant]));
        Assert.NotEqual(first.Tenant, second.Tenant);
        Assert.Empty(await ClaimAsync(held: [Acme, Other]));
        Assert.Equal([Acme, Other], (await Store.Outbox.KeepAsync(Consumer, [Acme, Other], default)).Order());
        Assert.Equal(2, (await ClaimAsync("handler:another")).Count); // each consumer for itself

        await Store.Outbox.GiveBackAsync(Consumer, [new(Acme, 1)], default);
        Assert.Equal([new OutboxPlace(Acme, 1)], await ClaimAsync(held: [Other]));
    }

    private Task<IReadOnlyList<OutboxPlace>> ClaimAsync(string consumer = Consumer, IReadOnlyCollection<string>? held = null, int limit = 10) =>
        Store.Outbox.ClaimAsync(consumer, held ?? [], limit, default);

    private async Task SellAsync(params string[] sales)
    {
        foreach (var sale in sales)
        {
            await ReceiveSaleAsync(sale, email: $"{sale.TrimEnd('=')}@example.org");
            await FoldAllAsync();
        }
    }
}

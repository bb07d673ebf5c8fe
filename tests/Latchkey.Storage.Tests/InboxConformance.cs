using Latchkey.Inbox;

namespace Latchkey.Storage.Tests;

public abstract class InboxConformance : StoreConformance
{
    [Fact]
    public async Task An_entry_is_found_as_it_was_stored()
    {
        var entry = AnEntry("one");
        Assert.Equal(new Receipt(entry.Id, false), await Store.Inbox.AppendAsync(entry));

        var found = (await Store.Inbox.FindAsync(Acme, entry.Id, default))!;
        Assert.Equal(entry with { SealedBody = found.SealedBody, RepeatKey = found.RepeatKey }, found);
        Assert.Equal(entry.SealedBody, found.SealedBody);
        Assert.Equal(entry.RepeatKey, found.RepeatKey);
    }

    [Fact]
    public async Task An_exact_repeat_raises_sight_and_count_of_the_first_and_makes_it_due()
    {
        var first = AnEntry("one");
        await Store.Inbox.AppendAsync(first);
        await FoldAllAsync(new StubFolder(Directory, Time));
        Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(new Receipt(first.Id, true), await Store.Inbox.AppendAsync(AnEntry("one")));

        var found = (await Store.Inbox.FindAsync(Acme, first.Id, default))!;
        Assert.Equal((1, first.FirstSeenAt, Time.GetUtcNow()), (found.Repeats, found.FirstSeenAt, found.LastSeenAt));
        Assert.Equal(EntryStatus.Received, found.Status);
        Assert.Equal(1, await Store.Purchases.FoldDueAsync(new StubFolder(Directory, Time), 50, default));
    }

    [Fact]
    public async Task A_repeat_seen_earlier_lowers_the_first_sight_only()
    {
        var first = AnEntry("one");
        await Store.Inbox.AppendAsync(first);
        await Store.Inbox.AppendAsync(AnEntry("one") with { FirstSeenAt = first.FirstSeenAt.AddSeconds(-60), LastSeenAt = first.LastSeenAt.AddSeconds(-60) });

        var found = (await Store.Inbox.FindAsync(Acme, first.Id, default))!;
        Assert.Equal((first.FirstSeenAt.AddSeconds(-60), first.LastSeenAt), (found.FirstSeenAt, found.LastSeenAt));
    }

    [Fact]
    public async Task Many_at_once_with_repeats_among_them_leave_one_entry_each()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 600).Select(i => Task.Run(() => Store.Inbox.AppendAsync(AnEntry($"{i % 200}")))));

        Assert.Equal(200, receipts.Count(r => !r.Duplicate));
        Assert.Equal(200, receipts.Select(r => r.Id).Distinct().Count());
        var listed = await Store.Inbox.ListAsync(Acme, null, null, 1000, default);
        Assert.Equal(200, listed.Count);
        Assert.All(listed, e => Assert.Equal(2, e.Repeats));
    }

    [Fact]
    public async Task The_same_said_to_two_tenants_is_two_entries_and_neither_reads_the_others()
    {
        var mine = AnEntry("one");
        var theirs = AnEntry("one", Other);
        await Store.Inbox.AppendAsync(mine);
        Assert.False((await Store.Inbox.AppendAsync(theirs)).Duplicate);
        await FoldAllAsync(new StubFolder(Directory, Time));

        Assert.Null(await Store.Inbox.FindAsync(Acme, theirs.Id, default));
        Assert.False(await Store.Inbox.ReplayAsync(Acme, theirs.Id, default));
        Assert.Equal([mine.Id], (await Store.Inbox.ListAsync(Acme, null, null, 10, default)).Select(e => e.Id));
        Assert.Equal([theirs.Id], (await Store.Inbox.ListByPurchaseAsync(Other, "pur_1", default)).Select(e => e.Id));
    }

    [Fact]
    public async Task Listing_goes_page_by_page_in_order_of_arrival()
    {
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add((await Store.Inbox.AppendAsync(AnEntry($"{i}"))).Id);
            Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var listed = new List<string>();
        while (await Store.Inbox.ListAsync(Acme, EntryStatus.Received, listed.LastOrDefault(), 3, default) is { Count: > 0 } page)
        {
            listed.AddRange(page.Select(e => e.Id));
        }

        Assert.Equal(ids, listed);
    }

    [Fact]
    public async Task Replaying_makes_an_entry_due_again()
    {
        var id = (await Store.Inbox.AppendAsync(AnEntry("one"))).Id;
        await FoldAllAsync(new StubFolder(Directory, Time));

        Assert.True(await Store.Inbox.ReplayAsync(Acme, id, default));
        Assert.Equal(EntryStatus.Received, (await Store.Inbox.FindAsync(Acme, id, default))!.Status);
        Assert.Equal(1, await Store.Purchases.FoldDueAsync(new StubFolder(Directory, Time), 50, default));
        Assert.False(await Store.Inbox.ReplayAsync(Acme, "png_nothing", default));
    }
}

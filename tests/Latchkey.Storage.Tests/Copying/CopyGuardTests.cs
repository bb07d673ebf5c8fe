using Latchkey.Outbox;
using Latchkey.Postgres.Outbox;
using Latchkey.Sqlite.Copying;

namespace Latchkey.Storage.Tests.Copying;

public sealed class CopyGuardTests(PostgresServer server)
{
    [Fact]
    public async Task No_node_starts_on_half_a_copy_and_none_is_made_once_more()
    {
        await using var house = new CopyHouse(server);
        await using (var copy = await house.BeginAsync())
        {
            Assert.Contains("another copy", await RefusedAsync(house), StringComparison.OrdinalIgnoreCase);
            await house.PassAsync(copy);
        }

        Assert.Contains("latchkey copy", Assert.Throws<InvalidOperationException>(house.OpenNode).Message, StringComparison.Ordinal);
        await house.FinishAsync();
        house.OpenNode().Dispose();
        Assert.Contains("finished already", await RefusedAsync(house), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_in_use_is_left_alone()
    {
        await using var house = new CopyHouse(server);
        house.OpenNode().Dispose();
        await house.PostgresAsync("insert into installation values (1, 'fingerprint', '')");
        Assert.Contains("belongs to an installation", await RefusedAsync(house), StringComparison.Ordinal);
        house.OpenNode().Dispose();
    }

    [Theory]
    [InlineData("delete from migrations where number > 1", "an older version")]
    [InlineData("insert into migrations values (999, 'n', 'h', 1)", "a newer version")]
    [InlineData("drop table migrations", "no database of Latchkey")]
    public async Task A_file_of_another_version_is_refused(string made, string why)
    {
        await using var house = new CopyHouse(server);
        await house.SqliteAsync(made);
        Assert.Contains(why, Assert.Throws<InvalidOperationException>(() => SqliteSnapshot.Open(house.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_find_what_is_due_and_give_positions_that_go_on()
    {
        await using var house = new CopyHouse(server);
        await house.EntriesAsync("acme", 1, 3);
        await house.EntriesAsync("other", 1, 3);
        await house.SqliteAsync("""
            update inbox set due_at = 41 where tenant = 'acme' and id = 'png_000002';
            insert into outbox (tenant, position, key, kind, at) values ('acme', 1, 'zebra', 'k', 1), ('acme', 2, 'ant', 'k', 1), ('other', 1, 'zebra', 'k', 1);
            insert into outbox_cursors values ('acme', 'mail', 1), ('', 'mail', 0);
            """);
        await house.FinishAsync();

        Assert.Equal([CopyHouse.TextOf("acme") + "|41"], await house.PostgresAsync("select tenant, due_at from ready"));
        using var node = house.OpenNode();
        var outbox = new PostgresOutboxStore(node);
        await node.WriteAsync(
            async s =>
            {
                await OutboxRows.AppendAsync(s, new OutboxMessage("acme", "new", "k", null, null, null, DateTimeOffset.UnixEpoch, 0, null));
                return true;
            },
            default);
        Assert.Equal(["zebra", "ant", "new"], (await outbox.ReadAsync("acme", 0, 10, default)).Select(m => m.Key));
        Assert.Equal(3, (await outbox.RangeAsync("acme", default)).Last);
    }

    private static async Task<string> RefusedAsync(CopyHouse house) => (await Assert.ThrowsAsync<InvalidOperationException>(house.BeginAsync)).Message;
}

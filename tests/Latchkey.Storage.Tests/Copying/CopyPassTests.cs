using Latchkey.Postgres.Copying;
using Latchkey.Sqlite;
using Latchkey.Sqlite.Copying;

namespace Latchkey.Storage.Tests.Copying;

public sealed class CopyPassTests(PostgresServer server)
{
    private const string Shop = """
        insert into tenants values ('acme', 'Acme', 'active', 'i', 1, 1, x'01', x'02', null, 1, 0, null, 1, null, null, null, null, '[]', null);
        insert into tenants values ('other', 'Other', 'active', 'i', 1, 1, x'01', x'02', null, 1, 0, null, 1, null, null, null, null, '[]', null);
        insert into tokens values ('acme', 'api', 't1', x'03', 'l', 's', 1, null), ('other', 'api', 't2', x'03', 'l', 's', 1, null);
        """;

    [Fact]
    public async Task Only_what_differs_is_written_and_the_next_pass_finds_nothing()
    {
        await using var house = new CopyHouse(server);
        await house.SqliteAsync(Shop);
        await house.EntriesAsync("acme", 1, 6_500);
        await using var copy = await house.BeginAsync();
        Assert.Equal(new() { ["inbox"] = 6_500, ["tenants"] = 2, ["tokens"] = 2 }, await house.WrittenAsync(copy));
        Assert.Empty(await house.WrittenAsync(copy));

        await house.EntriesAsync("acme", 6_501, 10);
        Assert.Equal(new() { ["inbox"] = 510 }, await house.WrittenAsync(copy));
        await house.SqliteAsync("update inbox set repeats = 7 where id = 'png_002500'");
        Assert.Equal(new() { ["inbox"] = 2_000 }, await house.WrittenAsync(copy));
        await house.SqliteAsync("delete from inbox where id > 'png_005000'; delete from inbox where id = 'png_000003'");
        Assert.Equal(4_999, (await house.PassAsync(copy)).Single(t => t.Name == "inbox").Destination.Rows);
        Assert.Empty(await house.WrittenAsync(copy));
        Assert.Equal(["4999|0|7"], await house.PostgresAsync("select count(*), min(repeats), max(repeats) from inbox"));
    }

    [Fact]
    public async Task Tenants_that_change_or_come_or_go_take_along_what_refers_to_them()
    {
        await using var house = new CopyHouse(server);
        await house.SqliteAsync(Shop);
        await using var copy = await house.BeginAsync();
        await house.WrittenAsync(copy);
        await house.SqliteAsync("update tenants set version = 2 where tenant = 'acme'; delete from tokens where tenant = 'other'; delete from tenants where tenant = 'other'");
        Assert.Equal(new() { ["tenants"] = 1, ["tokens"] = 1 }, await house.WrittenAsync(copy));
        Assert.Empty(await house.WrittenAsync(copy));
    }

    [Fact]
    public async Task What_has_moved_from_a_later_part_to_an_earlier_one_is_in_nobodys_way()
    {
        await using var house = new CopyHouse(server);
        await house.EntriesAsync("acme", 1, 5_000);
        await using var copy = await house.BeginAsync();
        await house.WrittenAsync(copy);
        await house.SqliteAsync("delete from inbox where id = 'png_004900'; update inbox set repeat_key = cast('004900' as blob) where id = 'png_000100'");
        Assert.Equal(5_000 - 1, (await house.WrittenAsync(copy))["inbox"]);
        Assert.Empty(await house.WrittenAsync(copy));
    }

    [Fact]
    public async Task What_somebody_changed_in_the_destination_is_put_right()
    {
        await using var house = new CopyHouse(server);
        await house.EntriesAsync("acme", 1, 100);
        await using (var copy = await house.BeginAsync())
        {
            await house.WrittenAsync(copy);
        }

        await house.PostgresAsync("update inbox set body = 'x' where id = 'png_000050'");
        await house.PostgresAsync("insert into tenants values ('stray', 'n', 's', 'i', 1, 1, '', '', null, true, false, null, 1)");
        await using var again = await house.BeginAsync();
        Assert.Equal(new() { ["inbox"] = 100 }, await house.WrittenAsync(again));
        Assert.Equal(["0"], await house.PostgresAsync("select count(*) from tenants"));
    }

    [Fact]
    public async Task A_served_file_is_copied_as_it_is_at_one_moment_and_its_lock_is_not_to_be_had()
    {
        await using var house = new CopyHouse(server);
        using var served = SqliteDatabase.Open(new SqliteStoreOptions(house.Path), TimeProvider.System);
        Assert.Null(SqliteServeLock.TryTake(house.Path));
        await house.EntriesAsync("acme", 1, 3_000);
        await using var copy = await house.BeginAsync();
        using var snapshot = SqliteSnapshot.Open(house.Path);
        await house.EntriesAsync("acme", 3_001, 1_000);
        var tables = await copy.PassAsync(snapshot.Tables.Select(t => new CopyTable(t.Name, t.Columns, t.Key, () => snapshot.Rows(t))), house, default);
        Assert.Equal(3_000, tables.Single(t => t.Name == "inbox").Destination.Rows);
    }

    [Fact]
    public async Task A_pass_that_was_broken_off_is_taken_up()
    {
        await using var house = new CopyHouse(server);
        await house.EntriesAsync("acme", 1, 7_000);
        using var stop = new CancellationTokenSource();
        await using (var copy = await house.BeginAsync())
        using (var snapshot = SqliteSnapshot.Open(house.Path))
        {
            var tables = snapshot.Tables.Select(t => new CopyTable(t.Name, t.Columns, t.Key, () => snapshot.Rows(t)));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy.PassAsync(tables, new StopAt(stop, 4_000), stop.Token));
        }

        await using var again = await house.BeginAsync();
        Assert.Equal(new() { ["inbox"] = 3_000 }, await house.WrittenAsync(again));
    }

    private sealed class StopAt(CancellationTokenSource stop, long rows) : IProgress<CopyProgress>
    {
        public void Report(CopyProgress value)
        {
            if (value.Rows >= rows)
            {
                stop.Cancel();
            }
        }
    }
}

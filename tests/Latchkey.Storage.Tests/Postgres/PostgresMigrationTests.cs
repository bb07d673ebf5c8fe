using Latchkey.Postgres;
using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>Nodes of two versions over one database, and what a node does about a database that is not its own.</summary>
public sealed class PostgresMigrationTests(PostgresServer server) : IDisposable
{
    private static readonly PostgresMigration First = PostgresMigration.Of("0001_first", "create table sales (id integer primary key, amount integer)");
    private static readonly PostgresMigration Added = PostgresMigration.Of("0002_added", "-- oldest: 1\nalter table sales add column cents integer");
    private static readonly PostgresMigration Filled = PostgresMigration.Of("0003_filled", "-- oldest: 2\nupdate sales set cents = amount * 100 where cents is null");
    private static readonly PostgresMigration Dropped = PostgresMigration.Of("0004_dropped", "alter table sales drop column amount");

    private readonly string _database = server.NewEmptyDatabase();

    public void Dispose() => server.Drop(_database);

    [Fact]
    public async Task A_node_of_the_previous_schema_starts_and_works_beside_one_of_the_next()
    {
        await ApplyAsync(First);
        await ApplyAsync(First, Added);

        await ApplyAsync(First);
        await ExecuteAsync("insert into sales (id, amount) values (1, 19)");
        await ApplyAsync(First, Added);
        await ExecuteAsync("insert into sales (id, amount, cents) values (2, 5, 500)");
        Assert.Equal(2L, await ReadAsync("select count(*) from sales"));
    }

    [Fact]
    public async Task A_node_that_is_too_old_for_one_of_the_newer_migrations_is_refused()
    {
        await ApplyAsync(First, Added, Filled);

        await ApplyAsync(First, Added);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(First));
        Assert.StartsWith("The database has migration 3 (0003_filled), which this version of Latchkey does not know", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_does_not_say_who_may_stay_refuses_every_older_node()
    {
        await ApplyAsync(First, Added, Filled, Dropped);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(First, Added, Filled));
    }

    [Fact]
    public async Task A_database_from_before_it_was_kept_refuses_every_older_node()
    {
        await ExecuteAsync("create table migrations (number integer primary key, name text not null, hash text not null, applied_at bigint not null)");
        await ExecuteAsync($"insert into migrations values (1, '0001_first', '{First.Hash}', 0), (2, '0002_added', '{Added.Hash}', 0)");

        await ApplyAsync(First, Added);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(First));
    }

    [Fact]
    public async Task A_known_migration_with_another_text_is_refused()
    {
        await ApplyAsync(First);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(PostgresMigration.Of("0001_first", "create table sales (id bigint primary key)")));
    }

    [Fact]
    public async Task Nodes_that_start_at_once_apply_everything_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ApplyAsync(First, Added, Filled)));
        Assert.Equal(3L, await ReadAsync("select count(*) from migrations"));
    }

    [Fact]
    public async Task A_migration_that_waits_for_a_long_transaction_lets_the_others_pass()
    {
        await ApplyAsync(First);
        await using var source = NpgsqlDataSource.Create(server.ConnectionTo(_database));
        await using var reading = await source.OpenConnectionAsync();
        var transaction = await reading.BeginTransactionAsync();
        await using (var read = new NpgsqlCommand("select count(*) from sales", reading))
        {
            await read.ExecuteScalarAsync();
        }

        var migrating = ApplyAsync(First, Added);
        while (!(bool)(await ReadAsync("select exists (select 1 from pg_locks where mode = 'AccessExclusiveLock' and not granted)"))!)
        {
        }

        await ExecuteAsync("insert into sales (id, amount) values (1, 19)"); // queued behind the migration until that gives up its place
        Assert.False(migrating.IsCompleted);
        await transaction.CommitAsync();
        await migrating;
        Assert.Equal(2L, await ReadAsync("select count(*) from migrations"));
    }

    [Theory]
    [InlineData("0002_a", "select 1", 2)]
    [InlineData("0002_a", "-- oldest: 1\r\nselect 1", 1)]
    [InlineData("0003_a", "-- Why.\n-- oldest: 2\nselect 1", 2)]
    public void The_oldest_schema_is_said_in_a_line_of_its_own(string name, string text, int oldest) => Assert.Equal(oldest, PostgresMigration.Of(name, text).Oldest);

    [Theory]
    [InlineData("-- oldest: 0\nselect 1")]
    [InlineData("-- oldest: 3\nselect 1")]
    [InlineData("-- oldest: one\nselect 1")]
    public void A_schema_that_is_not_there_yet_cannot_be_the_oldest(string text) => Assert.Throws<FormatException>(() => PostgresMigration.Of("0002_a", text));

    [Fact]
    public void The_programs_own_are_numbered_without_gaps()
    {
        var own = PostgresMigration.Embedded();
        Assert.Equal(Enumerable.Range(1, own.Count), own.Select(m => m.Number));
    }

    /// <summary>A node starts whose program has these.</summary>
    private Task ApplyAsync(params PostgresMigration[] known) => Task.Run(() =>
    {
        using var source = NpgsqlDataSource.Create(server.ConnectionTo(_database));
        PostgresMigrations.Apply(source, TimeProvider.System, known);
    });

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionTo(_database));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<object?> ReadAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionTo(_database));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}

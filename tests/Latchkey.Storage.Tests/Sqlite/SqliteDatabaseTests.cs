using Latchkey.Sqlite;
using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteDatabaseTests : IDisposable
{
    /// <summary>They belong to the installation, not to a tenant.</summary>
    private static readonly string[] OfTheInstallation = ["installation", "migrations"];

    private readonly string _path = SqliteFiles.NewPath();

    public void Dispose() => SqliteFiles.Delete(_path);

    [Fact]
    public void A_second_opening_is_refused_until_the_first_has_ended()
    {
        using (Open())
        {
            var refusal = Assert.Throws<InvalidOperationException>(Open);
            Assert.Contains("latchkey.lock is held by another process", refusal.Message, StringComparison.Ordinal);
        }

        Open().Dispose();
    }

    [Fact]
    public void A_migration_with_another_text_is_refused()
    {
        Open().Dispose();
        Change("update migrations set hash = 'other' where number = 1");
        Assert.Contains("0001_first", Assert.Throws<InvalidOperationException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        Open().Dispose();
        Change("insert into migrations (number, name, hash, applied_at) values (9999, '9999_future', 'x', 0)");
        Assert.Contains("newer", Assert.Throws<InvalidOperationException>(Open).Message, StringComparison.Ordinal);
        Change("delete from migrations where number = 9999");
        Open().Dispose();
    }

    [Fact]
    public void Only_the_owner_may_read_it()
    {
        using var database = Open();
        if (OperatingSystem.IsWindows())
        {
            return; // it has no file modes; the folder's access list rules there
        }

        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_path)!))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Every_primary_and_unique_key_starts_with_the_tenant()
    {
        using var database = Open();
        var (keys, tables) = await database.Readers.ReadAsync(
            s => (
                s.Query(
                    """
                    select t.name, i.name, c.name
                    from sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
                    where t.type = 'table' and i."unique" = 1 and c.seqno = 0
                    """,
                    r => (Table: r.GetString(0), Key: r.GetString(1), First: r.GetString(2))),
                s.Query("select name from sqlite_schema where type = 'table' and name not like 'sqlite%'", r => r.GetString(0))),
            default);

        Assert.All(keys.Where(k => !OfTheInstallation.Contains(k.Table)), k => Assert.Equal("tenant", k.First));
        Assert.Equal(tables.Except(OfTheInstallation).Order(), keys.Select(k => k.Table).Distinct().Except(OfTheInstallation).Order());
    }

    [Fact]
    public async Task Readers_cannot_write()
    {
        using var database = Open();
        await Assert.ThrowsAsync<SqliteException>(() => database.Readers.ReadAsync(s => s.Execute("delete from inbox"), default));
    }

    private SqliteDatabase Open() => SqliteDatabase.Open(new SqliteStoreOptions(_path), TimeProvider.System);

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

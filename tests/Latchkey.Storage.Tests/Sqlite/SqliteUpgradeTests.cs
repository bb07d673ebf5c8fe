using Latchkey.Sqlite;
using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Tests.Sqlite;

/// <summary>A database that an earlier version wrote. Made by taking away from one of now what came since.</summary>
public sealed class SqliteUpgradeTests : HistoryConformance, IDisposable
{
    private const string BackToTheFirst = """
        drop index licenses_subject; drop index purchases_link; drop table subjects; drop table subject_claims;
        drop table purchase_links; drop table purchase_link_completions;
        alter table tenants drop column subject_from; alter table tenants drop column subject_name; alter table tenants drop column subject_secret;
        alter table tenants drop column gumroad_token; alter table tenants drop column allowed_origins; alter table tenants drop column brand;
        alter table products drop column trial_days; alter table products drop column on_completed;
        alter table key_types drop column quantity; alter table key_types drop column kept_after_end;
        alter table rules drop column offer_code; alter table rules drop column url_param; alter table rules drop column contents;
        alter table purchases drop column link_email;
        alter table licenses drop column trial_ends_at; alter table licenses drop column grace_from; alter table licenses drop column kept_after_end;
        alter table outbox drop column subject; delete from outbox where kind = 'entitlements.changed';
        delete from migrations where number > 1;
        update purchases set state = 'active', due_at = null;
        update licenses set folded_state = 'active', ends_at = null where is_subscription = 1;
        """;

    private readonly string _path = SqliteFiles.NewPath();
    private SqliteDatabase? _database;

    public void Dispose()
    {
        _database?.Dispose();
        SqliteFiles.Delete(_path);
    }

    [Fact]
    public async Task What_earlier_rules_computed_is_folded_by_those_of_now()
    {
        await OpenShopAsync();
        await HappensAsync(Said.Sale("one", Now, Mara), Said.Charge("club-1", "charge-1", Now, "club@example.org", "Reader"));
        await HappensAsync(Said.Ended("club-1", "club@example.org", Now.AddMinutes(1), "cancelled"));
        Time.Advance(TimeSpan.FromDays(1));
        _database!.Dispose();
        await ChangeAsync(BackToTheFirst);

        _database = SqliteDatabase.Open(new SqliteStoreOptions(_path), Time);
        var store = SqliteFiles.Of(_database, Time, () => { });
        while (await store.Purchases.FoldDueAsync(Folder, 50, default) > 0)
        {
        }

        var member = await store.Subjects.ReadAsync(Acme, "email:club@example.org", default);
        Assert.Equal((1L, false), (member.Version, Assert.Single(member.Licenses).StandingAt(Now).IsUsable));
        var buyer = await store.Subjects.ReadAsync(Acme, $"email:{Mara}", default);
        Assert.Equal((1L, true), (buyer.Version, Assert.Single(buyer.Licenses).StandingAt(Now).IsUsable));
    }

    private protected override OpenStore Open(TimeProvider time) =>
        SqliteFiles.Of(_database = SqliteDatabase.Open(new SqliteStoreOptions(_path), time), time, () => { }) with { Close = () => { } };

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => throw new NotSupportedException();

    private async Task ChangeAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_path};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

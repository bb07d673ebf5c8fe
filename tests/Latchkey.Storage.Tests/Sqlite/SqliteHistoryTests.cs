using Latchkey.Sqlite;

namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteReplayTests : ReplayConformance
{
    private readonly SqliteStatements _statements = new();

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class SqliteLinkTests : LinkConformance
{
    private readonly SqliteStatements _statements = new();

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class SqlitePurchaseLinkTests : PurchaseLinkConformance
{
    private readonly SqliteStatements _statements = new();

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class SqliteFoldOrderTests : FoldOrderConformance
{
    private readonly SqliteStatements _statements = new();

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

/// <summary>A store of its own that also takes statements.</summary>
internal sealed class SqliteStatements
{
    private SqliteDatabase? _database;

    public OpenStore Open(TimeProvider time)
    {
        var path = SqliteFiles.NewPath();
        _database = SqliteDatabase.Open(new SqliteStoreOptions(path), time);
        return SqliteFiles.Of(_database, time, () => SqliteFiles.Delete(path));
    }

    public async Task<IReadOnlyList<string>> RunAsync(string statement) => await _database!.Writer.RunAsync(
        s => s.Query(
            statement,
            r => string.Join(' ', Enumerable.Range(0, r.FieldCount).Select(i => $"{r.GetName(i)}={(r.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : r.GetValue(i))}"))),
        default);
}

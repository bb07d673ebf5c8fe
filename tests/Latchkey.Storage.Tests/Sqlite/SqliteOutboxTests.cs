namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteOutboxTests : OutboxConformance
{
    private protected override OpenStore Open(TimeProvider time) => SqliteFiles.Open(time);
}

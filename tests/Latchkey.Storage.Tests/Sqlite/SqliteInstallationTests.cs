namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteInstallationTests : InstallationConformance
{
    private protected override OpenStore Open(TimeProvider time) => SqliteFiles.Open(time);
}

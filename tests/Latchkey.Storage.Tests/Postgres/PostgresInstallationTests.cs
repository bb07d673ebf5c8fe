namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresInstallationTests(PostgresServer server) : InstallationConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);
}

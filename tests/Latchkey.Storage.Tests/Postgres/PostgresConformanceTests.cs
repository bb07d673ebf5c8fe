namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresTenantTests(PostgresServer server) : TenantConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);
}

public sealed class PostgresLicenseTests(PostgresServer server) : LicenseConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);
}

public sealed class PostgresIdempotencyTests(PostgresServer server) : IdempotencyConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);
}

public sealed class PostgresMailTests(PostgresServer server) : MailConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);
}

public sealed class PostgresFoldWorkerTimeTests(PostgresServer server) : FoldWorkerTimeConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);
}

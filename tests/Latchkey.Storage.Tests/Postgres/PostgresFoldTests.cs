namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresInboxTests(PostgresServer server) : InboxConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);
}

public sealed class PostgresPurchaseTests(PostgresServer server) : PurchaseConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);
}

public sealed class PostgresHeldEntryTests(PostgresServer server) : HeldEntryConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);
}

public sealed class PostgresOutboxTests(PostgresServer server) : OutboxConformance
{
    private protected override OpenStore Open(TimeProvider time) => server.Open(time);
}

using Latchkey.Postgres;
using Latchkey.Postgres.Inbox;
using Latchkey.Postgres.Licenses;
using Latchkey.Postgres.Mail;
using Latchkey.Postgres.Outbox;
using Latchkey.Postgres.PurchaseLinks;
using Latchkey.Postgres.Purchases;
using Latchkey.Postgres.Subjects;
using Latchkey.Postgres.Tenants;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>Stores over databases of the run's PostgreSQL.</summary>
internal static class PostgresStores
{
    /// <summary>A store over a new database.</summary>
    public static OpenStore Open(this PostgresServer server, TimeProvider time)
    {
        var name = server.NewDatabase();
        return server.Open(name, time, () => server.Drop(name));
    }

    /// <summary>One more node over the same database.</summary>
    public static OpenStore Open(this PostgresServer server, string name, TimeProvider time, Action closed)
    {
        var database = PostgresDatabase.Open(new PostgresStoreOptions(server.ConnectionTo(name)), time);
        return new(
            new PostgresInboxStore(database, time),
            new PostgresPurchaseStore(database, time),
            new PostgresLicenseStore(database),
            new PostgresTenantStore(database, time),
            new PostgresInstallationStore(database),
            new PostgresAuditStore(database),
            new PostgresIdempotencyStore(database),
            new PostgresOutboxStore(database),
            new PostgresMailStore(database),
            new PostgresSubjectStore(database),
            new PostgresPurchaseLinkStore(database),
            new PostgresLinkCompletionStore(database),
            () =>
            {
                database.Dispose();
                closed();
            });
    }
}

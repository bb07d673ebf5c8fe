using Latchkey.Sqlite;
using Latchkey.Sqlite.Inbox;
using Latchkey.Sqlite.Licenses;
using Latchkey.Sqlite.Mail;
using Latchkey.Sqlite.Outbox;
using Latchkey.Sqlite.PurchaseLinks;
using Latchkey.Sqlite.Purchases;
using Latchkey.Sqlite.Subjects;
using Latchkey.Sqlite.Tenants;

namespace Latchkey.Storage.Tests.Sqlite;

/// <summary>Real databases in folders of their own.</summary>
internal static class SqliteFiles
{
    public static string NewPath() => Path.Combine(Path.GetTempPath(), "latchkey-tests", Path.GetRandomFileName(), "latchkey.db");

    public static OpenStore Open(TimeProvider time)
    {
        var path = NewPath();
        var database = SqliteDatabase.Open(new SqliteStoreOptions(path), time);
        return Of(database, time, () => Delete(path));
    }

    public static OpenStore Of(SqliteDatabase database, TimeProvider time, Action closed) => new(
        new SqliteInboxStore(database, time),
        new SqlitePurchaseStore(database, time),
        new SqliteLicenseStore(database),
        new SqliteTenantStore(database, time),
        new SqliteInstallationStore(database),
        new SqliteAuditStore(database),
        new SqliteIdempotencyStore(database),
        new SqliteOutboxStore(database),
        new SqliteMailStore(database),
        new SqliteSubjectStore(database),
        new SqlitePurchaseLinkStore(database),
        new SqliteLinkCompletionStore(database),
        () =>
        {
            database.Dispose();
            closed();
        });

    public static void Delete(string path) => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
}

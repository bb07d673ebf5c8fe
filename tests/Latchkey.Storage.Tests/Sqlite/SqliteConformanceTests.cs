namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteInboxTests : InboxConformance
{
    private protected override OpenStore Open(TimeProvider time) => SqliteFiles.Open(time);
}

public sealed class SqlitePurchaseTests : PurchaseConformance
{
    private protected override OpenStore Open(TimeProvider time) => SqliteFiles.Open(time);
}

public sealed class SqliteLicenseTests : LicenseConformance
{
    private protected override OpenStore Open(TimeProvider time) => SqliteFiles.Open(time);
}

public sealed class SqliteTenantTests : TenantConformance
{
    private protected override OpenStore Open(TimeProvider time) => SqliteFiles.Open(time);
}

public sealed class SqliteIdempotencyTests : IdempotencyConformance
{
    private protected override OpenStore Open(TimeProvider time) => SqliteFiles.Open(time);
}

public sealed class SqliteMailTests : MailConformance
{
    private protected override OpenStore Open(TimeProvider time) => SqliteFiles.Open(time);
}

public sealed class SqliteHeldEntryTests : HeldEntryConformance
{
    private protected override OpenStore Open(TimeProvider time) => SqliteFiles.Open(time);
}

public sealed class SqliteFoldWorkerTimeTests : FoldWorkerTimeConformance
{
    private protected override OpenStore Open(TimeProvider time) => SqliteFiles.Open(time);
}

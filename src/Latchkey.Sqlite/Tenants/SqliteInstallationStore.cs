using Latchkey.Tenants;

namespace Latchkey.Sqlite.Tenants;

internal sealed class SqliteInstallationStore(SqliteDatabase database) : IInstallationStore
{
    public bool IsShared => false;

    public Task<InstallationRow?> FindAsync(CancellationToken ct) => database.Readers.ReadAsync(Find, ct);

    public Task<InstallationRow> AddAsync(InstallationRow row, CancellationToken ct) => database.Writer.RunAsync(
        s =>
        {
            s.Execute(InstallationSql.Add, row.MasterKeyFingerprint, row.LookupSecret);
            return Find(s)!;
        },
        ct);

    private static InstallationRow? Find(SqliteSession s) => s.First(InstallationSql.Find, r => new InstallationRow(r.Text(0), r.Blob(1)));
}

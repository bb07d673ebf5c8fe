using Latchkey.Tenants;

namespace Latchkey.Sqlite.Tenants;

internal sealed class SqliteInstallationStore(SqliteDatabase database) : IInstallationStore
{
    public Task<InstallationRow?> FindAsync(CancellationToken ct) =>
        database.Readers.ReadAsync(s => s.First(InstallationSql.Find, r => new InstallationRow(r.Text(0), r.Blob(1))), ct);

    public Task AddAsync(InstallationRow row, CancellationToken ct) =>
        database.Writer.RunAsync(s => s.Execute(InstallationSql.Add, row.MasterKeyFingerprint, row.LookupSecret), ct);
}

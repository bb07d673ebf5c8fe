using Latchkey.Tenants;

namespace Latchkey.Postgres.Tenants;

internal sealed class PostgresInstallationStore(PostgresDatabase database) : IInstallationStore
{
    public Task<InstallationRow?> FindAsync(CancellationToken ct) =>
        database.ReadAsync(s => s.FirstAsync(InstallationSql.Find, r => new InstallationRow(r.Text(0), r.Blob(1))), ct);

    /// <remarks>Of two nodes that prepare an empty store at once, the later one fails here, and finds the row when it starts again.</remarks>
    public Task AddAsync(InstallationRow row, CancellationToken ct) =>
        database.WriteAsync(s => s.ExecuteAsync(InstallationSql.Add, row.MasterKeyFingerprint, row.LookupSecret), ct);
}

using Latchkey.Tenants;

namespace Latchkey.Postgres.Tenants;

internal sealed class PostgresInstallationStore(PostgresDatabase database) : IInstallationStore
{
    public bool IsShared => true;

    public Task<InstallationRow?> FindAsync(CancellationToken ct) => database.ReadAsync(FindAsync, ct);

    public Task<InstallationRow> AddAsync(InstallationRow row, CancellationToken ct) => database.WriteAsync(
        async s =>
        {
            await s.ExecuteAsync(InstallationSql.Add, row.MasterKeyFingerprint, row.LookupSecret);
            return (await FindAsync(s))!;
        },
        ct);

    private static Task<InstallationRow?> FindAsync(PostgresSession s) =>
        s.FirstAsync(InstallationSql.Find, r => new InstallationRow(r.Text(0), r.Blob(1)));
}

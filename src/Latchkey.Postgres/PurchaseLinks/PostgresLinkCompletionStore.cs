using Latchkey.PurchaseLinks;
using Npgsql;

namespace Latchkey.Postgres.PurchaseLinks;

internal sealed class PostgresLinkCompletionStore(PostgresDatabase database) : ILinkCompletionStore
{
    public Task<LinkCompletion> ClaimAsync(string tenant, string link, string claimant, DateTimeOffset now, DateTimeOffset until, CancellationToken ct) =>
        database.WriteAsync(
            async s => await s.FirstAsync<LinkCompletion>(LinkCompletionSql.Claim, r => new LinkCompletion.Claimed(r.Int(0)), tenant, link, claimant, now, until)
                ?? (await s.FirstAsync(LinkCompletionSql.Find, r => ReadTaken(r, now), tenant, link))!,
            ct);

    public Task<bool> RenewAsync(string tenant, string link, string claimant, DateTimeOffset until, CancellationToken ct) =>
        WriteAsync(LinkCompletionSql.Renew, [tenant, link, claimant, until], ct);

    public Task<bool> CompleteAsync(string tenant, string link, string claimant, byte[] sealedAnswer, DateTimeOffset now, CancellationToken ct) =>
        WriteAsync(LinkCompletionSql.Complete, [tenant, link, claimant, sealedAnswer, now], ct);

    public Task ReleaseAsync(string tenant, string link, string claimant, CancellationToken ct) =>
        WriteAsync(LinkCompletionSql.Release, [tenant, link, claimant], ct);

    private Task<bool> WriteAsync(string sql, object?[] values, CancellationToken ct) =>
        database.WriteAsync(async s => await s.ExecuteAsync(sql, values) > 0, ct);

    /// <summary>Who held it may have given it back by now: then it is free at once.</summary>
    private static LinkCompletion ReadTaken(NpgsqlDataReader r, DateTimeOffset now) => r.TimeOrNull(0) is { } at
        ? new LinkCompletion.Completed(r.Blob(1), at)
        : new LinkCompletion.Busy(r.TimeOrNull(2) ?? now);
}

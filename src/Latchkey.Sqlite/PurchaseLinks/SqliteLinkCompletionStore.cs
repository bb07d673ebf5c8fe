using Latchkey.PurchaseLinks;
using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite.PurchaseLinks;

internal sealed class SqliteLinkCompletionStore(SqliteDatabase database) : ILinkCompletionStore
{
    public Task<LinkCompletion> ClaimAsync(string tenant, string link, string claimant, DateTimeOffset now, DateTimeOffset until, CancellationToken ct) =>
        database.Writer.RunAsync(
            s => s.First<LinkCompletion>(LinkCompletionSql.Claim, r => new LinkCompletion.Claimed(r.Int(0)), tenant, link, claimant, now, until)
                ?? s.First(LinkCompletionSql.Find, r => ReadTaken(r, now), tenant, link)!,
            ct);

    public Task<bool> RenewAsync(string tenant, string link, string claimant, DateTimeOffset until, CancellationToken ct) =>
        database.Writer.RunAsync(s => s.Execute(LinkCompletionSql.Renew, tenant, link, claimant, until) > 0, ct);

    public Task<bool> CompleteAsync(string tenant, string link, string claimant, byte[] sealedAnswer, DateTimeOffset now, CancellationToken ct) =>
        database.Writer.RunAsync(s => s.Execute(LinkCompletionSql.Complete, tenant, link, claimant, sealedAnswer, now) > 0, ct);

    public Task ReleaseAsync(string tenant, string link, string claimant, CancellationToken ct) =>
        database.Writer.RunAsync(s => s.Execute(LinkCompletionSql.Release, tenant, link, claimant), ct);

    private static LinkCompletion ReadTaken(SqliteDataReader r, DateTimeOffset now) => r.TimeOrNull(0) is { } at
        ? new LinkCompletion.Completed(r.Blob(1), at)
        : new LinkCompletion.Busy(r.TimeOrNull(2) ?? now);
}

using System.Collections.Concurrent;
using System.Data.Common;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Mail;
using Latchkey.Outbox;
using Latchkey.Postgres.Outbox;
using Npgsql;

namespace Latchkey.Postgres.Mail;

/// <summary>Each store is a node: what it has claimed no other one is given, until the claim ends.</summary>
internal sealed class PostgresMailStore(PostgresDatabase database) : IMailStore, IAsyncDisposable, IDisposable
{
    private const string Consumer = "mail";
    private const string IdPrefix = "mail_";
    private const int MostClaimed = 20;

    private readonly string _node = Ids.Token("node_");
    private readonly ConcurrentDictionary<(string Tenant, string Mail), bool> _claimed = new();

    public async Task<int> OweFromOutboxAsync(int limit, DateTimeOffset now, CancellationToken ct)
    {
        var behind = await database.ReadAsync(s => s.QueryAsync(OutboxSql.Behind, r => r.Text(0), Consumer), ct);
        var read = 0;
        foreach (var tenant in behind)
        {
            if (read >= limit)
            {
                break;
            }

            var rest = limit - read;
            read += await database.WriteAsync(s => OweFromOutboxAsync(s, tenant, rest, now), ct);
        }

        return read;
    }

    public Task<bool> OweAsync(OwedMail mail, CancellationToken ct) => database.WriteAsync(s => OweAsync(s, mail), ct);

    /// <summary>Claims them: no other node is given them while this one sends.</summary>
    public async Task<IReadOnlyList<OwedMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken ct)
    {
        var most = Math.Min(limit, MostClaimed);
        var claimed = new List<OwedMail>();
        foreach (var tenant in await database.ReadAsync(s => s.QueryAsync(MailSql.DueTenants, r => r.Text(0), now, _node, most), ct))
        {
            if (claimed.Count >= most)
            {
                break;
            }

            var rest = most - claimed.Count;
            claimed.AddRange(await database.WriteAsync(s => s.QueryAsync(MailSql.Claim, Read, tenant, now, _node, rest), ct));
        }

        claimed.ForEach(m => _claimed[(m.Tenant, m.Id)] = true);
        return [.. claimed.OrderBy(m => m.DueAt)];
    }

    public async Task<bool> KeepAsync(OwedMail mail, CancellationToken ct)
    {
        var isOurs = await database.WriteAsync(s => s.ExecuteAsync(MailSql.Keep, mail.Tenant, mail.Id, _node), ct) > 0;
        if (!isOurs)
        {
            _claimed.TryRemove((mail.Tenant, mail.Id), out _);
        }

        return isOurs;
    }

    public async Task UpdateAsync(OwedMail mail, CancellationToken ct)
    {
        await database.WriteAsync(
            s => s.ExecuteAsync(MailSql.Update, mail.Tenant, mail.Id, mail.State.Text(), mail.Attempts, mail.DueAt, mail.LastError, mail.SentAt, _node), ct);
        _claimed.TryRemove((mail.Tenant, mail.Id), out _);
    }

    public Task<IReadOnlyList<OwedMail>> ListAsync(string tenant, MailState? state, string? after, int limit, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<OwedMail>>(
            async s => await s.QueryAsync(MailSql.List, Read, tenant, state?.Text(), after ?? string.Empty, limit), ct);

    public Task<DateTimeOffset?> LastOwedAsync(string tenant, string license, CancellationToken ct) =>
        database.ReadAsync(s => s.FirstAsync(MailSql.LastOwed, r => r.TimeOrNull(0), tenant, license), ct);

    /// <summary>Gives back what was claimed and not sent.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_claimed.IsEmpty)
        {
            return;
        }

        try
        {
            var tenants = _claimed.Keys.Select(c => c.Tenant).Distinct(StringComparer.Ordinal).ToArray();
            await database.WriteAsync(s => s.ExecuteAsync(MailSql.GiveBack, tenants, _node), CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or StoreBusyException or ObjectDisposedException)
        {
            // The database is out of reach while the node stops: its claims end by themselves.
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static async Task<int> OweFromOutboxAsync(PostgresSession s, string tenant, int limit, DateTimeOffset now)
    {
        await s.ExecuteAsync(MailSql.AddCursor, tenant, Consumer);
        if (await s.FirstAsync(MailSql.TakeCursor, r => (long?)r.Long(0), tenant, Consumer) is not { } position)
        {
            return 0;
        }

        var messages = await s.QueryAsync(OutboxSql.Read, OutboxRows.Read, tenant, position, limit);
        foreach (var message in messages.Where(m => m.Kind == OutboxKinds.LicenseIssued))
        {
            if (await OwedFor.MessageAsync(s, message) is var (license, template))
            {
                await OweAsync(s, new(tenant, Ids.New(IdPrefix, now), license, template, MailState.Waiting, 0, now, null, now, null));
            }
        }

        if (messages is [.., var last])
        {
            await s.ExecuteAsync(OutboxSql.MoveCursor, tenant, Consumer, last.Position);
        }

        return messages.Count;
    }

    private static async Task<bool> OweAsync(PostgresSession s, OwedMail m) => await s.ExecuteAsync(
        MailSql.Owe,
        m.Tenant, m.Id, m.License, m.Template, m.State.Text(), m.Attempts, m.DueAt, m.LastError, m.CreatedAt, m.SentAt) > 0;

    private static OwedMail Read(NpgsqlDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Enum<MailState>(4), r.Int(5), r.Time(6), r.TextOrNull(7), r.Time(8), r.TimeOrNull(9));
}

using System.Globalization;
using Latchkey.Keys;
using Latchkey.Licenses;
using Latchkey.Mail;
using Latchkey.Outbox;
using Latchkey.Products;
using Latchkey.Sqlite.Licenses;
using Latchkey.Sqlite.Outbox;
using Latchkey.Sqlite.Purchases;
using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite.Mail;

internal sealed class SqliteMailStore(SqliteDatabase database) : IMailStore
{
    private const string Consumer = "mail";
    private const string IdPrefix = "mail_";

    public async Task<int> OweFromOutboxAsync(int limit, DateTimeOffset now, CancellationToken ct)
    {
        var behind = await database.Readers.ReadAsync(s => s.Query(OutboxSql.Behind, r => r.GetString(0), Consumer), ct);
        return behind.Count == 0 ? 0 : await database.Writer.RunAsync(s => OweFromOutbox(s, behind, limit, now), ct);
    }

    public Task<bool> OweAsync(OwedMail mail, CancellationToken ct) => database.Writer.RunAsync(s => Owe(s, mail), ct);

    public Task<IReadOnlyList<OwedMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<OwedMail>>(s => s.Query(MailSql.Due, Read, now, limit), ct);

    /// <summary>There is one node.</summary>
    public Task<bool> KeepAsync(OwedMail mail, CancellationToken ct) => Task.FromResult(true);

    public Task UpdateAsync(OwedMail mail, CancellationToken ct) => database.Writer.RunAsync(
        s => s.Execute(MailSql.Update, mail.Tenant, mail.Id, mail.State.Text(), mail.Attempts, mail.DueAt, mail.LastError, mail.SentAt), ct);

    public Task<IReadOnlyList<OwedMail>> ListAsync(string tenant, MailState? state, string? after, int limit, CancellationToken ct) =>
        database.Readers.ReadAsync<IReadOnlyList<OwedMail>>(s => s.Query(MailSql.List, Read, tenant, state?.Text(), after ?? string.Empty, limit), ct);

    public Task<DateTimeOffset?> LastOwedAsync(string tenant, string license, CancellationToken ct) =>
        database.Readers.ReadAsync(s => s.First(MailSql.LastOwed, r => r.TimeOrNull(0), tenant, license), ct);

    private static int OweFromOutbox(SqliteSession s, List<string> tenants, int limit, DateTimeOffset now)
    {
        var read = 0;
        foreach (var tenant in tenants.TakeWhile(_ => read < limit))
        {
            var position = s.First(OutboxSql.Cursor, r => r.GetInt64(0), tenant, Consumer);
            var messages = s.Query(OutboxSql.Read, OutboxRows.Read, tenant, position, limit - read);
            foreach (var message in messages.Where(m => m.Kind == OutboxKinds.LicenseIssued))
            {
                if (OwedFor(s, message) is var (license, template))
                {
                    Owe(s, new(tenant, Ids.New(IdPrefix, now), license, template, MailState.Waiting, 0, now, null, now, null));
                }
            }

            if (messages is [.., var last])
            {
                s.Execute(OutboxSql.MoveCursor, tenant, Consumer, last.Position);
            }

            read += messages.Count;
        }

        return read;
    }

    /// <summary>
    /// Whose mail brings the key, and which. Of licenses that were issued together the first one owes the mail, and it brings all their
    /// keys; those that are added later are brought by one more. Where Gumroad's own key is the key, its receipt brings it; and without
    /// an address there is nowhere to send to.
    /// </summary>
    private static (string License, string Template)? OwedFor(SqliteSession s, OutboxMessage message)
    {
        if (StoredLicenses.Find(s, message.Tenant, message.License!) is not { Email: not null, KeySource: not KeySource.Shop } license)
        {
            return null;
        }

        var first = license.Index == 0 ? license : FirstOf(s, license);
        var issuedAt = first is null ? (DateTimeOffset?)null : IssuedAt(s, first);
        return first is null || issuedAt is null ? (license.Id, MailTemplates.LicenseKey)
            : first.Id == license.Id || issuedAt == message.At ? (first.Id, MailTemplates.LicenseKey)
            : (first.Id, string.Create(CultureInfo.InvariantCulture, $"{MailTemplates.LicenseKey}:more-{message.At.ToUnixTimeMilliseconds()}"));
    }

    private static License? FirstOf(SqliteSession s, License license) => PurchaseRows.Find(s, license.Tenant, license.Purchase)?.Licenses
        .Select(id => StoredLicenses.Find(s, license.Tenant, id))
        .FirstOrDefault(l => l is { Index: 0 } && l.Product == license.Product);

    private static DateTimeOffset? IssuedAt(SqliteSession s, License license) =>
        s.First(OutboxSql.AtOf, r => r.TimeOrNull(0), license.Tenant, $"{OutboxKinds.LicenseIssued}|{license.Id}");

    private static bool Owe(SqliteSession s, OwedMail m) => s.Execute(
        MailSql.Owe,
        m.Tenant, m.Id, m.License, m.Template, m.State.Text(), m.Attempts, m.DueAt, m.LastError, m.CreatedAt, m.SentAt) > 0;

    private static OwedMail Read(SqliteDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Enum<MailState>(4), r.Int(5), r.Time(6), r.TextOrNull(7), r.Time(8), r.TimeOrNull(9));
}

using System.Globalization;
using Latchkey.Licenses;
using Latchkey.Mail;
using Latchkey.Outbox;
using Latchkey.Postgres.Licenses;
using Latchkey.Postgres.Outbox;
using Latchkey.Postgres.Purchases;
using Latchkey.Products;

namespace Latchkey.Postgres.Mail;

/// <summary>
/// Whose mail brings the key, and which. Of licenses that were issued together the first one owes the mail, and it brings all their
/// keys; those that are added later are brought by one more. Where Gumroad's own key is the key, its receipt brings it; and without
/// an address there is nowhere to send to.
/// </summary>
internal static class OwedFor
{
    /// <param name="message">That a license was issued.</param>
    public static async Task<(string License, string Template)?> MessageAsync(PostgresSession s, OutboxMessage message)
    {
        if (await StoredLicenses.FindAsync(s, message.Tenant, message.License!) is not { Email: not null, KeySource: not KeySource.Shop } license)
        {
            return null;
        }

        var first = license.Index == 0 ? license : await FirstOfAsync(s, license);
        var issuedAt = first is null ? null : await IssuedAtAsync(s, first);
        return first is null || issuedAt is null ? (license.Id, MailTemplates.LicenseKey)
            : first.Id == license.Id || issuedAt == message.At ? (first.Id, MailTemplates.LicenseKey)
            : (first.Id, string.Create(CultureInfo.InvariantCulture, $"{MailTemplates.LicenseKey}:more-{message.At.ToUnixTimeMilliseconds()}"));
    }

    private static async Task<License?> FirstOfAsync(PostgresSession s, License license)
    {
        var ids = (await PurchaseRows.FindAsync(s, license.Tenant, license.Purchase))?.Licenses ?? [];
        return (await StoredLicenses.FindAllAsync(s, license.Tenant, ids)).FirstOrDefault(l => l is { Index: 0 } && l.Product == license.Product);
    }

    private static Task<DateTimeOffset?> IssuedAtAsync(PostgresSession s, License license) =>
        s.FirstAsync(OutboxSql.AtOf, r => r.TimeOrNull(0), license.Tenant, $"{OutboxKinds.LicenseIssued}|{license.Id}");
}

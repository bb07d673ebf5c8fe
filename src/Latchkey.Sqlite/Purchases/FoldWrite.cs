using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Sqlite.Inbox;
using Latchkey.Sqlite.Licenses;
using Latchkey.Sqlite.Outbox;
using Latchkey.Sqlite.PurchaseLinks;
using Latchkey.Sqlite.Subjects;
using Latchkey.Sqlite.Tenants;

namespace Latchkey.Sqlite.Purchases;

/// <summary>Writes what folds came to, as far as the settings they were made with still stand.</summary>
/// <param name="session">The writer's.</param>
/// <param name="versionUsed">The settings version that a tenant's folds were made with; null when it is not known at all.</param>
/// <param name="linkNotes">Link notes between a purchase just written and those that share its address.</param>
internal sealed class FoldWrite(
    SqliteSession session, DateTimeOffset now, Func<string, int?> versionUsed, Func<string, Purchase, IReadOnlyList<Purchase>, IReadOnlyList<Entry>> linkNotes)
{
    private readonly Dictionary<string, bool> _current = new(StringComparer.Ordinal);

    /// <summary>Something was written.</summary>
    public bool Wrote { get; private set; }

    public void Write(FoldResult result)
    {
        if (!IsCurrent(result.Tenant))
        {
            return; // stays due, and is folded again with the settings that stand now
        }

        if (result.Change?.Decision?.Link is { } link && !PurchaseLinkRows.Update(session, link))
        {
            return; // stays due as well, and is decided once more about the link as it is now
        }

        Wrote = true;
        if (result.Change is { } change)
        {
            PurchaseRows.Put(session, change.Purchase);
            StoredLicenses.Put(session, result.Before, change.Licenses, change.Keys);
            foreach (var note in change.Notes)
            {
                InboxRows.AppendOnce(session, note);
            }

            foreach (var message in change.Messages)
            {
                OutboxRows.Append(session, message);
            }

            foreach (var subject in result.Before.Concat(change.Licenses).Select(l => l.Subject).Distinct(StringComparer.Ordinal))
            {
                SubjectRows.Refresh(session, result.Tenant, subject, change.Purchase.FoldedAt);
            }

            foreach (var child in change.Children)
            {
                session.Execute(InboxSql.RecallLinks, result.Tenant, child, now);
            }

            if (change.Purchase.LinkEmail is { } email)
            {
                var others = session.Query(PurchaseSql.ListLinkable, PurchaseRows.Read, result.Tenant, email);
                foreach (var note in linkNotes(result.Tenant, change.Purchase, others))
                {
                    InboxRows.AppendOnce(session, note);
                }
            }
        }

        if (result.RetryAt is { } retry)
        {
            session.Execute(PurchaseSql.PostponeDue, result.Tenant, result.Purchase, retry);
        }

        foreach (var settled in result.Outcomes)
        {
            Settle(settled);
        }
    }

    public void Settle(Settled settled)
    {
        var ((entry, status, reason, resource, purchase), attempts) = settled;
        if (!IsCurrent(entry.Tenant))
        {
            return;
        }

        Wrote = true;
        var failed = status == EntryStatus.Failed;
        session.Execute(
            InboxSql.Settle,
            entry.Tenant, entry.Id, status.Text(), reason, resource, purchase,
            failed ? FoldRetry.At(now, attempts) : null, failed ? attempts + 1 : 0, entry.Repeats);
    }

    private bool IsCurrent(string tenant)
    {
        if (!_current.TryGetValue(tenant, out var current))
        {
            _current[tenant] = current = versionUsed(tenant) is not { } used || session.First(TenantSql.Version, r => r.GetInt32(0), tenant) == used;
        }

        return current;
    }
}

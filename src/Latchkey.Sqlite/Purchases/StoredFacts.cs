using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Purchases;
using Latchkey.Sqlite.Inbox;
using Latchkey.Sqlite.Licenses;
using Latchkey.Tenants;

namespace Latchkey.Sqlite.Purchases;

/// <summary>What the store holds about a purchase, read for a fold.</summary>
internal sealed class StoredFacts(SqliteSession session, IFolder folder, TenantContext tenant)
{
    /// <summary>What the stored entries of a purchase say.</summary>
    public IReadOnlyList<Fact> Of(string purchase, Func<Entry, bool> wanted) =>
    [
        .. session.Query(InboxSql.ListByPurchase, InboxRows.Read, tenant.Id, purchase)
            .Where(wanted)
            .Select(e => (Entry: e, folder.Place(tenant, e).Translation))
            .Where(f => f.Translation is not (null or Translation.Held or Translation.Ignored))
            .Select(f => new Fact(f.Entry, f.Translation!)),
    ];

    /// <summary>What a purchase with these facts rests on.</summary>
    public IReadOnlyList<ParentFacts> ParentsOf(string purchase, IReadOnlyList<Fact> facts) =>
    [
        .. facts.Select(f => f.Translation).OfType<Translation.OfLink>().Select(l => l.Link)
            .Where(l => l.Child == purchase).Distinct()
            .Select(l => folder.Parent(l, Of(l.Parent, _ => true))),
    ];

    public (Purchase? Purchase, IReadOnlyList<License> Licenses) Stored(string id)
    {
        var purchase = PurchaseRows.Find(session, tenant.Id, id);
        return (purchase, [.. (purchase?.Licenses ?? []).Select(l => StoredLicenses.Find(session, tenant.Id, l)).OfType<License>().Where(l => l.Purchase == id)]);
    }
}

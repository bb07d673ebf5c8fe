using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Postgres.Inbox;
using Latchkey.Postgres.Licenses;
using Latchkey.Postgres.PurchaseLinks;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Postgres.Purchases;

/// <summary>What the store holds about some purchases, read for their folds: all of them at once, since each question takes a journey.</summary>
internal sealed class StoredFacts(PostgresSession session, IFolder folder, TenantContext tenant)
{
    private readonly Dictionary<string, List<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Purchase> _purchases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, License> _licenses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<PurchaseLink>> _links = new(StringComparer.Ordinal);

    /// <summary>Everything about these purchases.</summary>
    public async Task ReadAsync(IReadOnlyCollection<string> ids)
    {
        foreach (var purchase in await session.QueryAsync(PurchaseSql.FindAll, PurchaseRows.Read, tenant.Id, ids.ToArray()))
        {
            _purchases[purchase.Id] = purchase;
        }

        foreach (var license in await StoredLicenses.FindAllAsync(session, tenant.Id, [.. _purchases.Values.SelectMany(p => p.Licenses)]))
        {
            _licenses[license.Id] = license;
        }

        await ReadEntriesAsync(ids);
    }

    /// <summary>What the stored entries of a purchase say.</summary>
    public IReadOnlyList<Fact> Of(string purchase, Func<Entry, bool> wanted) =>
    [
        .. _entries[purchase]
            .Where(wanted)
            .Select(e => (Entry: e, folder.Place(tenant, e).Translation))
            .Where(f => f.Translation is not (null or Translation.Held or Translation.Ignored))
            .Select(f => new Fact(f.Entry, f.Translation!)),
    ];

    /// <summary>Reads the entries of what purchases with these facts rest on, so that they can be asked for.</summary>
    public async Task ReadParentsAsync(IEnumerable<Fact> facts)
    {
        string[] unread = [.. LinksOf(facts).Select(l => l.Parent).Distinct(StringComparer.Ordinal).Where(p => !_entries.ContainsKey(p))];
        if (unread.Length > 0)
        {
            await ReadEntriesAsync(unread);
        }
    }

    /// <summary>What a purchase with these facts rests on.</summary>
    public IReadOnlyList<ParentFacts> ParentsOf(string purchase, IReadOnlyList<Fact> facts) =>
        [.. LinksOf(facts).Where(l => l.Child == purchase).Distinct().Select(l => folder.Parent(l, Of(l.Parent, _ => true)))];

    /// <summary>Reads the links that these purchases may have come with, and keeps them from being changed by anybody else until the transaction is done.</summary>
    public async Task HoldLinksAsync(IReadOnlyList<(string Purchase, IReadOnlyList<Fact> Facts)> said)
    {
        var named = said.Select(s => (s.Purchase, References: LinkReferences.In(tenant, s.Facts))).Where(n => !n.References.IsEmpty).ToList();
        if (named.Count == 0)
        {
            return;
        }

        var links = await PurchaseLinkRows.HoldAsync(session, tenant.Id, named.SelectMany(n => n.References.Ids).Distinct(), named.SelectMany(n => n.References.Products).Distinct());
        if (links.Count > 0)
        {
            foreach (var (purchase, references) in named)
            {
                _links[purchase] = [.. links.Where(l => references.Ids.Contains(l.Id) || references.Products.Any(l.IsSoldAs))];
            }
        }
    }

    public IReadOnlyList<PurchaseLink> LinksOf(string purchase) => _links.GetValueOrDefault(purchase, []);

    public (Purchase? Purchase, IReadOnlyList<License> Licenses) Stored(string id)
    {
        var purchase = _purchases.GetValueOrDefault(id);
        return (purchase, [.. (purchase?.Licenses ?? []).Select(l => _licenses.GetValueOrDefault(l)).OfType<License>().Where(l => l.Purchase == id)]);
    }

    private static IEnumerable<LinkNote> LinksOf(IEnumerable<Fact> facts) => facts.Select(f => f.Translation).OfType<Translation.OfLink>().Select(l => l.Link);

    private async Task ReadEntriesAsync(IReadOnlyCollection<string> ids)
    {
        foreach (var id in ids)
        {
            _entries[id] = [];
        }

        foreach (var entry in await session.QueryAsync(InboxSql.ListByPurchases, InboxRows.Read, tenant.Id, ids.ToArray()))
        {
            _entries[entry.Purchase!].Add(entry);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Tests;

/// <summary>One purchase with its entries, folded by the real folder after each thing said; it keeps what a store would keep.</summary>
internal sealed class Book
{
    private readonly Folder _folder;
    private readonly List<Entry> _entries = [];
    private readonly List<OutboxMessage> _messages = [];

    public Book(TenantContext? tenant = null)
    {
        Tenant = tenant ?? Acme.Tenant;
        Installation = Acme.Installation();
        _folder = new Folder(new TenantDirectory(null!, Installation), Installation, Clock); // the pure part asks no directory
    }

    public Clock Clock { get; } = new(Acme.Start.AddMinutes(1));

    public TenantContext Tenant { get; set; }

    public Installation Installation { get; }

    public PurchaseChange? Last { get; private set; }

    /// <summary>Purchase links as they stand; several books may share them.</summary>
    public List<PurchaseLink> Links { get; init; } = [];

    /// <summary>Every message, once per key as the store keeps them.</summary>
    public IReadOnlyList<string> Told => [.. _messages.Select(m => m.Kind)];

    public IReadOnlyList<OutboxMessage> Messages => _messages;

    public License License => Assert.Single(Last!.Licenses);

    public int BakedTimes => _entries.Count(e => e.Source == EntrySource.Baked);

    public PurchaseChange Say(JsonObject payload)
    {
        _entries.Add(Tenant.Entry(payload.ToForm(), Clock.Now));
        return Fold();
    }

    public PurchaseChange Act(string kind)
    {
        var id = Ids.New("png_", Clock.Now);
        var act = new SellerAct(kind, License.Id, Clock.Now.ToUnixTimeMilliseconds());
        var body = JsonSerializer.SerializeToUtf8Bytes(act, InboxJson.Default.SellerAct);
        _entries.Add(new Entry(
            Tenant.Id, id, EntrySource.Seller, Clock.Now, Clock.Now, Clock.Now, 0, RepeatKey.OfOwn(Tenant.Secrets.Repeat, id),
            Acme.Json, null, BodySeal.Seal(Tenant, id, body), Purchase: Last!.Purchase.Id));
        return Fold();
    }

    /// <summary>The seller takes the purchase for the link's own.</summary>
    public PurchaseChange Accept(PurchaseLink link)
    {
        var decision = Redeeming.Accept(Tenant, link, Last!.Purchase, Clock.Now);
        Links[Links.FindIndex(l => l.Id == link.Id)] = decision.Link!;
        _entries.Add(decision.Note.Entry);
        return Fold();
    }

    public PurchaseChange Fold()
    {
        var facts = _entries.Select(e => (Entry: e, _folder.Place(Tenant, e).Translation)).Where(f => f.Translation is not null)
            .Select(f => new Fact(f.Entry, f.Translation!)).ToList();
        var purchase = _entries.Select(e => _folder.Place(Tenant, e).Purchase).Distinct().Single()!;
        var references = LinkReferences.In(Tenant, facts);
        var before = new PurchaseBefore(purchase, Last?.Purchase, Last?.Licenses ?? [])
        {
            Links = [.. Links.Where(l => references.Ids.Contains(l.Id) || references.Products.Any(l.IsSoldAs))],
        };
        Last = _folder.Fold(Tenant, before, facts, []);
        _entries.AddRange(Last.Notes);
        if (Last.Decision?.Link is { } link)
        {
            Links[Links.FindIndex(l => l.Id == link.Id)] = link;
        }

        _messages.AddRange(Last.Messages.Where(m => _messages.All(told => told.Key != m.Key)));
        return Last;
    }

    public (string? Purchase, Translation? Translation, EntryOutcome? Outcome) Place(Entry entry) => _folder.Place(Tenant, entry);

    public EntryOutcome SetAside(Entry entry, Exception error) => _folder.SetAside(entry, error);

    /// <summary>The row under which a key is found, if the last fold gave it one.</summary>
    public LicenseKeyRow? KeyRow(string canonical) =>
        Last!.Keys.SingleOrDefault(k => k.Lookup.AsSpan().SequenceEqual(Installation.KeyLookup.Of(canonical)));

    public string GeneratedKey(int generation) =>
        Tenant.Secrets.Derivation.Key(License.KeyPrefix, License.Name, License.Product, License.Index, generation).Canonical;
}

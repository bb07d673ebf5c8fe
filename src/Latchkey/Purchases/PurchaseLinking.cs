using Latchkey.Inbox;
using Latchkey.Tenants;

namespace Latchkey.Purchases;

/// <summary>What a purchase rests on and what rests on it, as far as that is known, and what only the seller can tell.</summary>
/// <param name="Candidates">What it may rest on: given only where there are several, and none is linked.</param>
internal sealed record RelatedPurchases(IReadOnlyList<LinkNote> Parents, IReadOnlyList<LinkNote> Children, IReadOnlyList<LinkNote> Candidates);

/// <summary>Links between purchases, for the seller: those that are certain were made by the fold.</summary>
internal sealed class PurchaseLinking(IInboxStore inbox, IPurchaseStore purchases, FoldSignal signal, TimeProvider time)
{
    /// <param name="entries">All of the purchase.</param>
    public async Task<RelatedPurchases> OfAsync(TenantContext tenant, Purchase purchase, IReadOnlyList<Entry> entries, CancellationToken ct)
    {
        var notes = entries.Where(e => e.Source == EntrySource.Link).Select(e => ((Translation.OfLink)Translator.Translate(tenant, e)).Link).Distinct().ToList();
        var parents = notes.Where(n => n.Child == purchase.Id).ToList();
        IReadOnlyList<LinkNote> candidates = purchase.LinkEmail is { } email && parents.Count == 0
            ? Links.Candidates(purchase, await purchases.ListLinkableAsync(tenant.Id, email, ct), tenant.Rules)
            : [];
        return new(parents, [.. notes.Where(n => n.Parent == purchase.Id)], candidates);
    }

    /// <summary>Notes a link that the seller knows of. Once more changes nothing.</summary>
    /// <returns>The id of the child's entry, which is stored and yet to be folded.</returns>
    public async Task<string> LinkAsync(TenantContext tenant, LinkNote link)
    {
        // The parent's note first: with the child's alone, a later change of the parent would not reach it.
        Receipt last = default;
        foreach (var note in LinkEntries.Of(tenant, link, time.GetUtcNow()).OrderBy(n => n.Purchase == link.Child))
        {
            last = await inbox.AppendAsync(note);
        }

        signal.Poke();
        return last.Id;
    }
}

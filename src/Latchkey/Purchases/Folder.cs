using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.PurchaseLinks;
using Latchkey.Subjects;
using Latchkey.Tenants;

namespace Latchkey.Purchases;

/// <summary>From the entries of a purchase to everything computed from them.</summary>
internal sealed class Folder(TenantDirectory tenants, Installation installation, TimeProvider time) : IFolder
{
    public ValueTask<TenantContext?> TenantAsync(string tenant, CancellationToken ct) => tenants.FindAsync(tenant, ct);

    public (string? Purchase, Translation? Translation, EntryOutcome? Outcome) Place(TenantContext tenant, Entry entry)
    {
        if (tenant.Tenant.State != TenantState.Active && entry is { Source: EntrySource.Ping, Purchase: null })
        {
            return (null, null, new(entry, EntryStatus.Held, EntryReasons.TenantSuspended, null, null));
        }

        var translation = Translator.Translate(tenant, entry);
        return translation switch
        {
            Translation.OfGumroad known => (tenant.Secrets.Derivation.PurchaseId(known.Name), translation, null),
            Translation.Ignored ignored => (null, translation, new(entry, EntryStatus.Ignored, ignored.Reason, null, null)),
            Translation.Held held => (null, translation, new(entry, EntryStatus.Held, held.Reason, null, null)),
            _ => (entry.Purchase, translation, null),
        };
    }

    public PurchaseChange Fold(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents)
    {
        var now = time.GetUtcNow();
        return FoldAt(tenant, before, facts, parents, before.Purchase is { } earlier && earlier.FoldedAt > now ? earlier.FoldedAt : now);
    }

    public PurchaseChange FoldAt(
        TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts, IReadOnlyList<ParentFacts> parents, DateTimeOffset now)
    {
        var merged = FactMerge.Merge(facts, parents);
        var decision = Redeeming.Decide(tenant, before, merged, now);
        if (decision is not null)
        {
            // As any later fold will find it.
            facts = [.. facts, decision.Note];
            merged = FactMerge.Merge(facts, parents);
        }

        merged = merged with { CanAsk = tenant.Integration.SealedGumroadToken is not null };
        var name = merged.Name ?? before.Purchase?.Name ?? throw new InvalidOperationException("No entry names this purchase.");
        var granting = Granting.Of(tenant, before.Id, merged, now);
        merged = granting.Facts;

        var rights = Rights.Rights.At(merged, now);
        var subject = SubjectOf.Purchase(tenant, merged);
        var licenses = LicenseRows.Of(tenant, before, name, merged, rights, subject, now);
        var purchase = new Purchase(
            tenant.Id, before.Id, name, merged.SubscriptionId, subject, merged.First?.Email, merged.First?.IsTest ?? false,
            rights.State, granting.HeldFor, rights.Holds, rights.PaidUntil, [.. merged.Charges.Select(c => c.ToStored())], [.. licenses.Select(l => l.Id)],
            rights.NextChange, now, merged.Digest, merged.FirstSeenAt, Links.EmailOf(merged.Charges, tenant.Rules));

        return new PurchaseChange(
            purchase,
            licenses,
            [.. licenses.Zip(rights.Licenses).SelectMany(pair => LicenseRows.KeysOf(tenant, installation.KeyLookup, pair.First, pair.Second))],
            granting.Baked,
            [.. Differences.Of(before, purchase, licenses, now), .. Redeeming.MessagesOf(purchase, merged, decision is not null || facts.Any(IsNewWord), now)],
            [.. facts.Where(f => f.Entry.Source != EntrySource.Baked).Select(f => OutcomeOf(f, purchase))],
            ChildrenToFold(before, purchase, facts))
        {
            Decision = decision,
        };
    }

    public ParentFacts Parent(LinkNote link, IReadOnlyList<Fact> facts) => new(link.Kind, link.Parent, FactMerge.ChargesOf(facts));

    public IReadOnlyList<Entry> Link(TenantContext tenant, Purchase purchase, IReadOnlyList<Purchase> others, DateTimeOffset now) =>
        [.. Links.Find(purchase, others, tenant.Rules).SelectMany(link => LinkEntries.Of(tenant, link, now))];

    public EntryOutcome SetAside(Entry entry, Exception error) =>
        new(entry, EntryStatus.Failed, $"{EntryReasons.FoldFailed}: {error.GetType().Name}", entry.Resource, entry.Purchase);

    /// <summary>The seller has decided about the link the purchase came with.</summary>
    private static bool IsNewWord(Fact fact) => fact.Translation is Translation.OfRedemption && fact.Entry.Status != EntryStatus.Applied;

    /// <summary>What rests on this purchase is folded again when its flags have changed.</summary>
    private static IReadOnlyList<string> ChildrenToFold(PurchaseBefore before, Purchase after, IReadOnlyList<Fact> facts) =>
        before.Purchase is { } earlier && FlagsOf(earlier) == FlagsOf(after)
            ? []
            : [.. facts.Select(f => f.Translation).OfType<Translation.OfLink>().Select(l => l.Link).Where(l => l.Parent == after.Id).Select(l => l.Child).Distinct()];

    private static string FlagsOf(Purchase purchase) =>
        string.Join(';', purchase.Charges.Select(c => $"{c.SaleId}:{c.Refunded}:{c.Disputed}:{c.DisputeWon}"));

    private static EntryOutcome OutcomeOf(Fact fact, Purchase purchase)
    {
        var resource = (fact.Translation as Translation.OfGumroad)?.Resource;
        return purchase.HeldFor switch
        {
            _ when fact.Translation is Translation.OfRedemption => new(fact.Entry, EntryStatus.Applied, null, null, purchase.Id),
            null => new(fact.Entry, EntryStatus.Applied, null, resource, purchase.Id),
            _ when EntryReasons.Ignores(purchase.HeldFor) => new(fact.Entry, EntryStatus.Ignored, purchase.HeldFor, resource, purchase.Id),
            _ => new(fact.Entry, EntryStatus.Held, purchase.HeldFor, resource, purchase.Id),
        };
    }
}

using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Products;
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

    public PurchaseChange Fold(TenantContext tenant, PurchaseBefore before, IReadOnlyList<Fact> facts)
    {
        var now = time.GetUtcNow();
        now = before.Purchase is { } earlier && earlier.FoldedAt > now ? earlier.FoldedAt : now;

        var merged = FactMerge.Merge(facts);
        var name = merged.Name ?? before.Purchase?.Name ?? throw new InvalidOperationException("No entry names this purchase.");
        var (settings, heldFor) = merged.Baked is { } baked ? (baked, null) : Match(tenant, merged);
        var newlyBaked = merged.Baked is null && settings is not null ? Bake(tenant, before.Id, settings, now) : null;
        merged = merged with { Baked = settings };

        var rights = Rights.Rights.At(merged, now);
        var subject = merged.First?.Email is { } email ? "email:" + email : null;
        var licenses = LicenseRows.Of(tenant, before, name, merged, rights, subject, now);
        var purchase = new Purchase(
            tenant.Id, before.Id, name, merged.SubscriptionId, subject, merged.First?.Email, merged.First?.IsTest ?? false,
            rights.State, heldFor, rights.Holds, rights.PaidUntil, [.. merged.Charges.Select(WithoutKey)], [.. licenses.Select(l => l.Id)],
            rights.NextChange, now, merged.Digest, merged.FirstSeenAt);

        return new PurchaseChange(
            purchase,
            licenses,
            [.. licenses.Zip(rights.Licenses).SelectMany(pair => LicenseRows.KeysOf(tenant, installation.KeyLookup, pair.First, pair.Second))],
            newlyBaked,
            Differences.Of(before, purchase, licenses, now),
            [.. facts.Where(f => f.Entry.Source != EntrySource.Baked).Select(f => OutcomeOf(f, purchase))]);
    }

    public EntryOutcome SetAside(Entry entry, Exception error) =>
        new(entry, EntryStatus.Failed, $"{EntryReasons.FoldFailed}: {error.GetType().Name}", entry.Resource, entry.Purchase);

    /// <summary>A key stands in the store only sealed, with its license; a fold reads it from the entries.</summary>
    private static Charge WithoutKey(Charge charge) => charge with { LicenseKey = null };

    private static EntryOutcome OutcomeOf(Fact fact, Purchase purchase)
    {
        var resource = (fact.Translation as Translation.OfGumroad)?.Resource;
        return purchase.HeldFor switch
        {
            null => new(fact.Entry, EntryStatus.Applied, null, resource, purchase.Id),
            _ when EntryReasons.Ignores(purchase.HeldFor) => new(fact.Entry, EntryStatus.Ignored, purchase.HeldFor, resource, purchase.Id),
            _ => new(fact.Entry, EntryStatus.Held, purchase.HeldFor, resource, purchase.Id),
        };
    }

    /// <summary>The settings a purchase is granted with, or why it is not granted.</summary>
    private static (BakedSettings? Settings, string? HeldFor) Match(TenantContext tenant, PurchaseFacts facts)
    {
        if (facts.First is not { } first)
        {
            return (null, EntryReasons.WaitsForSale);
        }

        if (first.IsTest && !tenant.Integration.TestPurchases)
        {
            return (null, EntryReasons.TestPurchasesOff);
        }

        var rule = RuleMatch.First(tenant.Rules, BoughtOf(first));
        if (rule is { Ignore: true })
        {
            return (null, EntryReasons.IgnoredByRule);
        }

        if (first.IsPreorder)
        {
            return (null, EntryReasons.WaitsForCharge);
        }

        return rule is { Product: { } product, KeyType: { } keyType }
            && tenant.Products.TryGetValue(product, out var sold)
            && tenant.KeyTypes.TryGetValue((product, keyType), out var type)
                ? (BakedSettings.Of(tenant.Rules, sold, type), null)
                : (null, EntryReasons.UnmappedProduct);
    }

    private static Bought BoughtOf(Charge first) => new(
        first.ProductId, first.ShortId, first.Permalink, first.ProductUrl, first.Variants, first.Recurrence,
        first.IsGift ? first.GiftPriceUsdCents ?? first.PriceUsdCents : first.PriceUsdCents);

    private static Entry Bake(TenantContext tenant, string purchase, BakedSettings settings, DateTimeOffset now)
    {
        var id = Ids.New("png_", now);
        var body = JsonSerializer.SerializeToUtf8Bytes(settings, InboxJson.Default.BakedSettings);
        return new Entry(
            tenant.Id, id, EntrySource.Baked, now, now, now, 0,
            RepeatKey.OfOwn(tenant.Secrets.Repeat, $"baked|{purchase}|{settings.Product}|{settings.KeyType}"),
            "application/json", null, BodySeal.Seal(tenant, id, body), Status: EntryStatus.Applied, Resource: null, Purchase: purchase);
    }
}

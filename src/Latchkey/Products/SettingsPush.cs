using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Products;

/// <summary>
/// Puts a key type's present settings in force for what was granted with earlier ones, by an act of the seller on each purchase.
/// Keys stay as they are: neither their prefix, nor their source, nor how many there are is pushed.
/// </summary>
internal sealed class SettingsPush(IInboxStore inbox, ILicenseStore licenses, FoldSignal signal, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Once more changes nothing: only what differs is touched.</summary>
    /// <param name="dryRun">Counts, and changes nothing.</param>
    /// <returns>How many purchases were touched.</returns>
    public async Task<int> PushAsync(TenantContext tenant, Product product, KeyType keyType, bool dryRun, CancellationToken ct)
    {
        var touched = 0;
        string? after = null;
        while (await licenses.ListGrantedAsync(tenant.Id, product.Id, keyType.Id, after, Batch, ct) is { Count: > 0 } page)
        {
            var acts = new List<Entry>();
            foreach (var license in page)
            {
                var entries = await inbox.ListByPurchaseAsync(tenant.Id, license.Purchase, ct);
                if (Outdated(tenant, product, keyType, entries) is { } granted)
                {
                    acts.Add(ActOf(tenant, license.Purchase, Present(tenant, product, keyType, granted), entries));
                }
            }

            touched += acts.Count;
            if (!dryRun && acts.Count > 0)
            {
                await Task.WhenAll(acts.Select(inbox.AppendAsync));
                signal.Poke();
            }

            after = page[^1].Id;
        }

        return touched;
    }

    /// <summary>The settings it was granted with, if the present ones differ; null otherwise.</summary>
    private static BakedSettings? Outdated(TenantContext tenant, Product product, KeyType keyType, IReadOnlyList<Entry> entries) =>
        FactMerge.Merge(EntryFacts.Of(tenant, entries)).Bakings
            .Where(b => b.Product == product.Id && b.KeyType == keyType.Id)
            .FirstOrDefault(b => !SameTerms(b, Present(tenant, product, keyType, b)));

    private static BakedSettings Present(TenantContext tenant, Product product, KeyType keyType, BakedSettings granted) =>
        BakedSettings.Of(tenant.Rules, product, keyType) with { KeyPrefix = granted.KeyPrefix, KeySource = granted.KeySource, Quantity = granted.Quantity };

    /// <summary>Which rules led there, and for which plan, does not matter.</summary>
    private static bool SameTerms(BakedSettings a, BakedSettings b) => TextOf(a) == TextOf(b);

    private static string TextOf(BakedSettings settings) =>
        JsonSerializer.Serialize(settings with { RulesVersion = 0, Plan = null, User = null }, InboxJson.Default.BakedSettings);

    private Entry ActOf(TenantContext tenant, string purchase, BakedSettings settings, IReadOnlyList<Entry> entries)
    {
        var at = SellerActions.NextTime(entries, time.GetUtcNow());
        return SellerActions.EntryOf(tenant, purchase, new SellerAct(SellerActs.Push, string.Empty, at.ToUnixTimeMilliseconds()) { Settings = settings });
    }
}

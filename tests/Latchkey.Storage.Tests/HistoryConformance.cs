using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Reconciliation;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

/// <summary>For suites that tell whole histories: a seller with an app, a club of two tiers, and a bundle of both.</summary>
public abstract class HistoryConformance : StoreConformance
{
    private protected const string Mara = "mara.ito@example.org";

    /// <summary>A statement of the store's own, to look at rows and to damage them.</summary>
    /// <returns>Its rows as text.</returns>
    private protected abstract Task<IReadOnlyList<string>> SqlAsync(string statement);

    private protected DateTimeOffset Now => Time.GetUtcNow();

    private protected async Task OpenShopAsync(string tenant = Acme)
    {
        await Store.Tenants.PutProductAsync(tenant, new Product("club", "Ink Club", "INK", null), default);
        foreach (var (product, tier, rank, entitlement) in new[] { ("app", "pro", 20, "export"), ("club", "reader", 10, "read"), ("club", "patron", 20, "sync") })
        {
            await Store.Tenants.PutKeyTypeAsync(tenant, new KeyType(product, tier, tier, Entitlements: [entitlement], Tier: tier, Rank: rank), default);
        }

        await Store.Tenants.PutRulesAsync(tenant, Rules, null, default);
        await Directory.ReloadAsync(tenant, default);
    }

    private protected static IReadOnlyList<Rule> Rules =>
    [
        new Rule("free==", Ignore: true),
        new Rule(Said.Bundle, Ignore: true) { Contents = [Said.App, "extra=="] },
        new Rule(Said.App, Product: "app", KeyType: "pro"),
        new Rule("extra==", Product: "app", KeyType: "pro"),
        new Rule(Said.Club, "Reader", Product: "club", KeyType: "reader"),
        new Rule(Said.Club, "Patron", Product: "club", KeyType: "patron"),
    ];

    private protected async Task<TenantContext> TenantAsync(string tenant = Acme) => (await Directory.FindAsync(tenant, default))!;

    private protected async Task HearAsync(params Said[] said)
    {
        var receiver = new Receiver(Store.Inbox, new FoldSignal(Time), Time);
        foreach (var one in said)
        {
            await receiver.ReceiveAsync(await TenantAsync(), one.ToForm(), false, "application/x-www-form-urlencoded", null);
        }
    }

    /// <summary>Hears, and folds.</summary>
    private protected async Task HappensAsync(params Said[] said)
    {
        await HearAsync(said);
        await FoldAllAsync();
    }

    private protected async Task ReadAsync(GumroadRead read) =>
        await new ReadRecorder(Store.Inbox, new FoldSignal(Time)).RecordAsync(await TenantAsync(), read, Now);

    private protected async Task<Purchase> PurchaseAsync(string name) =>
        (await Store.Purchases.FindAsync(Acme, (await TenantAsync()).Secrets.Derivation.PurchaseId(name), default))!;

    private protected async Task<License> LicenseAsync(string name) => (await Store.Licenses.FindAsync(Acme, (await PurchaseAsync(name)).Licenses[0], default))!;

    private protected async Task ActAsync(string name, string kind, BakedSettings? settings = null)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var license = await LicenseAsync(name);
        var act = new SellerAct(kind, license.Id, Now.ToUnixTimeMilliseconds()) { Index = 0, Settings = settings };
        await Store.Inbox.AppendAsync(SellerActions.EntryOf(await TenantAsync(), license.Purchase, act));
        await FoldAllAsync();
    }

    private protected Task<ReplayReport> ReplayAsync(bool swap = false, IFolder? folder = null) =>
        Store.Purchases.ReplayAsync(folder ?? Folder, Acme, swap, new Unwatched(), default);

    /// <summary>A sale, refunds, disputes, memberships on several plans, a gift and a bundle with their links, acts, foreign keys, what is held and what is ignored.</summary>
    private protected async Task TellAllSortsAsync()
    {
        await OpenShopAsync();
        var one = Said.Sale("sale-1", Now, "one@example.org");
        var two = Said.Sale("sale-2", Now, "two@example.org");
        await HappensAsync(one, two, Said.Sale("sale-3", Now, Mara).With("quantity", "3"));
        await HappensAsync(one.Later("refund", "refunded"), two.Later("dispute", "disputed"));
        await HappensAsync(two.Later("dispute_won", "disputed", "dispute_won"));
        await HappensAsync(Said.Sale("sale-4", Now, Mara).With("license_key", "EF8F9E9E-1BF44E7C-AEA6B1CA-67C9D311"));
        await HappensAsync(Said.Sale("sale-5", Now, Mara, Said.Unknown), Said.Sale("sale-6", Now, Mara, "free=="), Said.Sale("sale-7", Now, Mara).Later("refund", "refunded"));
        await ActAsync("sale-3", SellerActs.Suspend);
        await ActAsync("sale-4", SellerActs.Reissue);

        await HappensAsync(Said.Charge("club-1", "charge-1", Now, "club@example.org", "Reader"), Said.Charge("club-2", "charge-2", Now, "club@example.org", "Patron"));
        Time.Advance(TimeSpan.FromDays(10));
        await HappensAsync(Said.Changed("club-1", "club@example.org", upgrade: true, Now, "Reader", "Patron"));
        await HappensAsync(Said.Changed("club-2", "club@example.org", upgrade: false, Now.AddDays(20), "Patron", "Reader"));
        Time.Advance(TimeSpan.FromDays(20));
        await HappensAsync(
            Said.Charge("club-1", "charge-3", Now, "club@example.org", "Patron", recurring: true), Said.Charge("club-2", "charge-4", Now, "club@example.org", "Patron", recurring: true));
        Time.Advance(TimeSpan.FromDays(3));
        await HappensAsync(Said.Cancelled("club-2", "club@example.org", Now.AddDays(25)));

        await HappensAsync(Said.Sale("bundle-1", Now, Mara, Said.Bundle, 9900), Said.Sale("content-1", Now, Mara, Said.App, 0));
        await HappensAsync(Said.GiftReceived("gift-2", Now, "lucky@example.org", Mara));
        await ReadAsync(GumroadReads.Of(
            new Gumroad.Api.Sale { Id = "gift-1", CreatedAt = Now, ProductId = Said.App, PurchaseEmail = Mara, GifteeEmail = "lucky@example.org", IsGiftSenderPurchase = true }, Now));
        await FoldAllAsync();
        await HappensAsync(Said.Sale("bundle-1", Now, Mara, Said.Bundle, 9900).Later("dispute", "disputed"));
        Assert.Equal(["dispute"], (await LicenseAsync("content-1")).Terms.Holds);
    }

    private sealed class Unwatched : IProgress<ReplayProgress>
    {
        public void Report(ReplayProgress value)
        {
        }
    }
}

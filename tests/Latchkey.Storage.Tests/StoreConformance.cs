using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Storage.Tests;

/// <summary>What every suite starts with: an empty store with two tenants that sell one product each. A store only says how to open it.</summary>
public abstract class StoreConformance : IAsyncLifetime
{
    private protected const string Acme = "acme";
    private protected const string Other = "other";
    private protected const string GumroadProduct = "8F_LHPDdm1JxZGU-reMQVQ==";

    private readonly MasterKey _master = MasterKey.Create();
    private OpenStore? _store;
    private TenantDirectory? _directory;

    private protected ManualTime Time { get; } = new(new DateTimeOffset(2026, 3, 14, 10, 0, 0, TimeSpan.Zero));

    private protected Installation Installation { get; } = new();

    private protected OpenStore Store => _store!;

    private protected TenantDirectory Directory => _directory!;

    private protected Folder Folder => new(Directory, Installation, Time);

    private protected abstract OpenStore Open(TimeProvider time);

    public async ValueTask InitializeAsync()
    {
        _store = Open(Time);
        await Installation.OpenAsync(_master, Store.Installation, default);
        _directory = new TenantDirectory(Store.Tenants, Installation);
        foreach (var tenant in new[] { Acme, Other })
        {
            Assert.True(await Store.Tenants.AddAsync(TenantOf(tenant), default));
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _store?.Close();
        return default;
    }

    private protected TenantRow TenantOf(string tenant) => new(
        new Tenant(tenant, tenant, TenantState.Active, $"https://keys.example/{tenant}", Time.GetUtcNow()), Integration.Default, 1,
        TenantSecrets.CreateWrapped(_master, tenant), [],
        [new Product("app", "Keyboard Wizard", "KBW", null)], [new KeyType("app", "pro", "Pro")],
        new RuleSet(1, [new Rule(GumroadProduct, Product: "app", KeyType: "pro")]), []);

    /// <summary>An entry whose meaning only <see cref="StubFolder"/> knows: it belongs to the purchase it names.</summary>
    private protected Entry AnEntry(string about, string tenant = Acme, string purchase = "pur_1") => new(
        tenant, Ids.New("png_", Time.GetUtcNow()), EntrySource.Ping, Time.GetUtcNow(), Time.GetUtcNow(), Time.GetUtcNow(), 0,
        Ids.HashOf(about), "text/plain", purchase, [1, 2, 3]);

    /// <summary>A sale as Gumroad sends it.</summary>
    private protected async Task<Receipt> ReceiveSaleAsync(string saleId, string tenant = Acme, string email = "mara.ito@example.org", string product = GumroadProduct)
    {
        var body = $"seller_id=s&product_id={Uri.EscapeDataString(product)}&product_name=Keyboard%20Wizard&permalink=kbdwiz&email={Uri.EscapeDataString(email)}"
            + $"&price=2500&currency=usd&quantity=1&order_number=1&sale_id={Uri.EscapeDataString(saleId)}&sale_timestamp=2026-03-14T09%3A26%3A53Z"
            + "&refunded=false&resource_name=sale&disputed=false&dispute_won=false";
        var context = (await Directory.FindAsync(tenant, default))!;
        return await new Receiver(Store.Inbox, new FoldSignal(Time), Time)
            .ReceiveAsync(context, System.Text.Encoding.UTF8.GetBytes(body), false, "application/x-www-form-urlencoded", null);
    }

    private protected async Task FoldAllAsync(IFolder? folder = null)
    {
        for (var round = 0; await Store.Purchases.FoldDueAsync(folder ?? Folder, 50, default) > 0; round++)
        {
            Assert.True(round < 100, "Folding does not come to an end.");
        }
    }
}

using System.Net;
using Latchkey.Gumroad.Api;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Reconciliation;
using Latchkey.Server.Tests.Running;
using Latchkey.Simulator;
using Latchkey.Subjects;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.Server.Tests.Year;

/// <summary>
/// The real receiver, store and fold on the simulator's clock: pings come over HTTP and are folded now and then, and what Gumroad did
/// not deliver is read from its API.
/// </summary>
internal sealed class YearHouse : IAsyncDisposable
{
    private const int PingsBetweenFolds = 37;
    private const string TenantId = "acme";

    private readonly string _directory = Directory.CreateTempSubdirectory("latchkey-year-").FullName;
    private readonly Lazier _clock = new();
    private readonly ServiceProvider _services;
    private readonly Installation _installation = new();
    private readonly MasterKey _master = MasterKey.Create();
    private readonly TenantDirectory _tenants;
    private readonly Folder _folder;
    private readonly WebApplication _door;
    private int _pings;

    public YearHouse()
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_clock)
            .AddStoreFor(_directory)
            .BuildServiceProvider();
        _tenants = new TenantDirectory(Get<ITenantStore>(), _installation);
        _folder = new Folder(_tenants, _installation, _clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _door = builder.Build();
        _door.MapPost("/ping", ReceiveAsync);
    }

    public Uri Door => new(new Uri(_door.Urls.First()), "/ping");

    public async Task OpenAsync(DateTimeOffset start, IReadOnlyList<SimulatedProduct> products)
    {
        _clock.Start = start;
        await _door.StartAsync();
        await _installation.OpenAsync(_master, Get<IInstallationStore>(), default);
        await Get<ITenantStore>().AddAsync(TenantOf(products, start), default);
        var tenant = await TenantAsync();
        await Get<ITenantStore>().SetIntegrationAsync(
            TenantId, Integration.Default with { SealedGumroadToken = IntegrationSecrets.Seal(TenantId, tenant.Secrets, IntegrationSecrets.GumroadPurpose, "t"u8) }, default);
        await _tenants.ReloadAsync(TenantId, default);
    }

    /// <summary>From now on time is the simulator's.</summary>
    public void Follow(TimeProvider clock) => _clock.Follow(clock);

    public async Task FoldAsync()
    {
        while (await Get<IPurchaseStore>().FoldDueAsync(_folder, 512, default) > 0)
        {
        }
    }

    /// <summary>Reads what Gumroad's API shows now: every sale in its list, every sale it leaves out that we know of, and every subscription.</summary>
    public async Task ReadGumroadAsync(GumroadClient gumroad, CancellationToken ct)
    {
        var tenant = await TenantAsync();
        var recorder = new ReadRecorder(Get<IInboxStore>(), new FoldSignal(_clock));
        var now = _clock.GetUtcNow();
        var listed = new HashSet<string>(StringComparer.Ordinal);
        var subscriptions = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var sale in gumroad.Sales.ListAsync(new SalesQuery(), ct))
        {
            listed.Add(sale.Id);
            subscriptions.UnionWith(sale.SubscriptionId is { } id ? [id] : Array.Empty<string>());
            await recorder.RecordAsync(tenant, GumroadReads.Of(sale, now), now);
        }

        await FoldAsync();
        foreach (var purchase in await PurchasesAsync())
        {
            subscriptions.UnionWith(purchase.SubscriptionId is { } id ? [id] : Array.Empty<string>());
            foreach (var charge in purchase.Charges.Where(c => !listed.Contains(c.SaleId)))
            {
                await recorder.RecordAsync(tenant, GumroadReads.Of(await gumroad.Sales.GetAsync(charge.SaleId, ct), now), now);
            }
        }

        foreach (var subscription in subscriptions)
        {
            await recorder.RecordAsync(tenant, GumroadReads.Of(await gumroad.Subscribers.GetAsync(subscription, ct), now), now);
        }

        await FoldAsync();
    }

    /// <summary>Whether anything has ever said that this sale was made.</summary>
    public async Task<IReadOnlySet<string>> KnownSalesAsync() =>
        (await PurchasesAsync()).SelectMany(p => p.Charges).Where(c => c.Granting).Select(c => c.SaleId).ToHashSet(StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, ProductRights>> RightsOfAsync(string email)
    {
        var subject = await Get<ISubjectStore>().ReadAsync(TenantId, Subject.Email(email), default);
        return Entitlements.Of(subject.Licenses, _clock.GetUtcNow()).ToDictionary(p => p.Product, StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<Purchase>> PurchasesAsync()
    {
        var all = new List<Purchase>();
        while (true)
        {
            var page = await Get<IPurchaseStore>().ListAsync(TenantId, all.LastOrDefault()?.Id, 1000, default);
            if (page.Count == 0)
            {
                return all;
            }

            all.AddRange(page);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        await _services.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        TestStore.DropOf(_directory);
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private async Task<TenantContext> TenantAsync() => (await _tenants.FindAsync(TenantId, default))!;

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        await new Receiver(Get<IInboxStore>(), new FoldSignal(_clock), _clock).ReceiveAsync(await TenantAsync(), body.ToArray(), false, request.ContentType, null);
        if (++_pings % PingsBetweenFolds == 0)
        {
            await FoldAsync();
        }

        return Results.Ok();
    }

    /// <summary>A product of ours for each of Gumroad's, a key type for each choice; the bundle is known by its contents.</summary>
    private TenantRow TenantOf(IReadOnlyList<SimulatedProduct> sold, DateTimeOffset at)
    {
        var products = sold.Where(p => p.BundleContents.Count == 0).ToList();
        return new TenantRow(
            new Tenant(TenantId, "Acme", TenantState.Active, "https://keys.example/acme", at), Integration.Default, 1,
            TenantSecrets.CreateWrapped(_master, TenantId), [],
            [.. products.Select(p => new Products.Product(p.Permalink, p.Name, "KEY", null) { OnCompleted = OnCompleted.Keep, TrialDays = p.FreeTrialDays })],
            [.. products.SelectMany(p => YearBooks.TypesOf(p).Select((type, rank) => new KeyType(p.Permalink, type, type, Tier: type, Rank: rank)))],
            new RuleSet(1,
            [
                .. products.SelectMany(p => p.Variants.SelectMany(c => c.Choices).Select(c => new Rule(p.ProductId, c.Name, Product: p.Permalink, KeyType: YearBooks.TypeOf(c.Name)))),
                .. products.Where(p => p.Variants.Count == 0).Select(p => new Rule(p.ProductId, Product: p.Permalink, KeyType: YearBooks.OnlyType)),
                .. sold.Where(p => p.BundleContents.Count > 0).Select(p => new Rule(p.ProductId, Ignore: true)
                {
                    Contents = [.. p.BundleContents.Select(c => sold.Single(s => s.Permalink == c).ProductId)],
                }),
            ]),
            []);
    }

    /// <summary>A clock that can be followed once it is there: the simulator needs the door, and the door the clock.</summary>
    private sealed class Lazier : TimeProvider
    {
        private TimeProvider? _clock;

        public DateTimeOffset Start { get; set; }

        public void Follow(TimeProvider clock) => _clock = clock;

        public override DateTimeOffset GetUtcNow() => _clock?.GetUtcNow() ?? Start;
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Products;
using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;
using Latchkey.Purchases;
using Latchkey.Reconciliation;
using Latchkey.Simulator;
using Latchkey.Tenants;

namespace Latchkey.Server.Tests.PurchaseLinks.AtGumroad;

/// <summary>A simulated Gumroad, a tenant of its seller, and what works there for links.</summary>
public abstract class AtGumroadTest : IAsyncLifetime
{
    internal const string Buyer = "mara.ito@example.org";

    private GumroadAccess _access = null!;

    internal static DateTimeOffset Start { get; } = new(2026, 3, 14, 9, 26, 53, 589, TimeSpan.Zero);

    /// <summary>What is sold: costs 29 dollars.</summary>
    internal static SimulatedProduct Brush { get; } = new()
    {
        Permalink = "brush",
        Name = "Brush",
        PriceUsdCents = 2900,
        CustomPermalink = "the-brush",
        Variants = [new VariantCategory("Size", [new VariantChoice("Small"), new VariantChoice("Large")])],
    };

    internal GumroadSimulator Gumroad { get; private set; } = null!;

    internal Wire Wire { get; } = new();

    internal StillTime Time { get; } = new(Start);

    internal Shelf Shelf { get; } = new();

    internal TenantContext Tenant { get; set; } = null!;

    internal LinkMaker Maker { get; private set; } = null!;

    internal LinkChoreWork Work { get; private set; } = null!;

    internal ReadBackRequests Requests { get; private set; } = null!;

    internal Uri ApiUrl => new(Gumroad.Address, "v2/");

    private protected virtual GumroadVersion Version => GumroadVersion.Newest;

    public async ValueTask InitializeAsync()
    {
        Gumroad = await GumroadSimulator.StartAsync(new SimulatorOptions { Speed = 0, StartAt = Start, Seed = 7, Version = Version, Products = [Brush], OfferCodes = [] });
        Tenant = TenantWith(Gumroad.CreateAccessToken());
        _access = new GumroadAccess(new GumroadOptions { ApiUrl = ApiUrl.AbsoluteUri }, Time, Wire);
        var products = new GumroadProducts(Time);
        Maker = new LinkMaker(_access, products);
        Work = new LinkChoreWork(
            _access, new LinkReadBack(products, Shelf, Shelf, new ReadRecorder(Shelf, new FoldSignal(Time)), Time), new LinkRemoval(products), new LinkRefund(Shelf), Shelf, Time);
        Requests = new ReadBackRequests(Shelf, new LinkChoreSignal(Time), Time);
    }

    public async ValueTask DisposeAsync()
    {
        _access.Dispose();
        Wire.Dispose();
        await Gumroad.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal static TenantContext TenantWith(string? accessToken)
    {
        var secrets = new TenantSecrets(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var integration = Integration.Default with
        {
            SealedGumroadToken = accessToken is null ? null : IntegrationSecrets.Seal("acme", secrets, IntegrationSecrets.GumroadPurpose, Encoding.UTF8.GetBytes(accessToken)),
        };
        return new TenantContext(
            new Tenant("acme", "Acme", TenantState.Active, "https://keys.example/acme", Start), integration, 1, [],
            new Dictionary<string, Product>(), new Dictionary<(string, string), KeyType>(), RuleSet.Empty, secrets, []);
    }

    internal static PurchaseLink Link(LinkStrength strength, LinkTerms? terms = null) => new(
        "acme", Ids.New(LinkTokens.Prefix, Start), 1, strength, LinkState.Preparing, null,
        terms ?? (strength == LinkStrength.Product
            ? new LinkTerms { Name = "Seat 12", PriceCents = 1500, PricingCurrency = "usd", Description = "One evening." }
            : new LinkTerms { GumroadProduct = "brush" }),
        null, null, null, Start, Start.AddDays(1));

    /// <summary>A link that is made, stored and opened.</summary>
    internal async Task<PurchaseLink> OpenAsync(LinkStrength strength, LinkTerms? terms = null)
    {
        var link = Link(strength, terms);
        var made = Assert.IsType<LinkMade.Ready>(await Maker.MakeAsync(Tenant, link, CancellationToken.None)).Made;
        link = link with { State = LinkState.Open, Made = made, OpenedAt = Time.Now };
        link = link with { Chore = LinkChoreTimes.AfterOpening(link, Time.Now) };
        await Shelf.AddAsync(link, CancellationToken.None);
        return link;
    }

    internal string ReferenceOf(PurchaseLink link) => LinkTokens.Reference(Tenant, link.Id);

    internal string PurchaseOf(SimulatedSale sale) => Tenant.Secrets.Derivation.PurchaseId(sale.SaleId);

    /// <summary>As somebody does who follows the link and pays.</summary>
    internal Task<SimulatedSale> BuyAsync(PurchaseLink link) => Gumroad.BuyAsync(link.Strength switch
    {
        LinkStrength.Product => new BuyOrder { Permalink = ReferenceOf(link), Email = Buyer },
        LinkStrength.Code => new BuyOrder { Permalink = "brush", Email = Buyer, OfferCode = ReferenceOf(link) },
        _ => new BuyOrder { Permalink = "brush", Email = Buyer, UrlParams = new Dictionary<string, string> { [LinkTokens.Parameter] = ReferenceOf(link) } },
    });

    /// <summary>Both clocks.</summary>
    internal async Task AdvanceAsync(TimeSpan by)
    {
        Time.Now += by;
        await Gumroad.AdvanceAsync(by);
    }

    /// <summary>Does what is due for a link.</summary>
    /// <returns>What went wrong.</returns>
    internal Task<string?> DoAsync(string link) => Work.DoAsync(Tenant, Shelf[link], CancellationToken.None);

    /// <summary>What was read from Gumroad and stored for folding.</summary>
    internal IReadOnlyList<GumroadRead> Reads() =>
    [
        .. Shelf.Entries.Where(e => e.Source == EntrySource.Api)
            .Select(e => JsonSerializer.Deserialize(BodySeal.Open(Tenant, e.Id, e.SealedBody), InboxJson.Default.GumroadRead)!),
    ];
}

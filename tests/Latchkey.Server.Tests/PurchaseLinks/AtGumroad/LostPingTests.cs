using System.Text.Json.Nodes;
using Latchkey.Keys;
using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;
using Latchkey.Server.Tests.Running;
using Latchkey.Simulator;
using Latchkey.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.Server.Tests.PurchaseLinks.AtGumroad;

/// <summary>A server whose Gumroad sends no pings at all.</summary>
public sealed class LostPingTests : IAsyncLifetime
{
    private GumroadSimulator _gumroad = null!;
    private RunningServer _server = null!;
    private TenantContext _tenant = null!;

    public async ValueTask InitializeAsync()
    {
        _gumroad = await GumroadSimulator.StartAsync(new SimulatorOptions { Products = [AtGumroadTest.Brush], OfferCodes = [] });
        var there = new GumroadOptions { ApiUrl = new Uri(_gumroad.Address, "v2").AbsoluteUri };
        _server = await RunningServer.StartAsync(new ServerSetup { Adapt = builder => builder.Services.Replace(ServiceDescriptor.Singleton(there)) });
        var shop = await Shop.OpenEmptyAsync(_server);
        (await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { ["gumroad_access_token"] = _gumroad.CreateAccessToken() })).Must(200);
        _tenant = (await _server.Service<TenantDirectory>().FindAsync(shop.Id, CancellationToken.None))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _gumroad.DisposeAsync();
    }

    public static TheoryData<string, string?> Sold => new()
    {
        { nameof(LinkStrength.Code), AtGumroadTest.Brush.ProductId },
        { nameof(LinkStrength.Code), AtGumroadTest.Brush.Permalink }, // which no sale read from the API names
        { nameof(LinkStrength.Product), null },
    };

    [Theory]
    [MemberData(nameof(Sold))]
    public async Task The_sweep_finds_the_sale_and_takes_away_what_was_made_for_it(string strength, string? named)
    {
        var link = await OpenAsync(Enum.Parse<LinkStrength>(strength), named);
        var reference = LinkTokens.Reference(_tenant, link.Id);
        var order = new BuyOrder { Permalink = link.Strength == LinkStrength.Code ? "brush" : reference, Email = AtGumroadTest.Buyer };
        var sale = await _gumroad.BuyAsync(link.Strength == LinkStrength.Code ? order with { OfferCode = reference } : order);

        Assert.True(await _server.Service<ILinkReadBack>().RequestAsync(_tenant, link.Id, CancellationToken.None));

        var used = await Eventually.GetAsync(
            async () => await FindAsync(link) is { State: LinkState.Redeemed, Made.Removed: true } done ? done : null, "the link was not redeemed, or what it needed not removed");
        Assert.Equal((_tenant.Secrets.Derivation.PurchaseId(sale.SaleId), null), (used.Purchase, used.Chore));
        await Assert.ThrowsAsync<ArgumentException>(() => _gumroad.BuyAsync(order with { OfferCode = reference }));
    }

    [Fact]
    public async Task What_may_have_come_with_a_token_is_known_and_listed()
    {
        var link = await OpenAsync(LinkStrength.Token);
        var sale = await _gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = AtGumroadTest.Buyer });

        Assert.True(await _server.Service<ILinkReadBack>().RequestAsync(_tenant, link.Id, CancellationToken.None));

        var held = await Eventually.GetAsync(async () => await FindAsync(link) is { State: LinkState.Held } there ? there : null, "the link was not held");
        var purchase = _tenant.Secrets.Derivation.PurchaseId(sale.SaleId);
        Assert.Equal(LinkReasons.NotCertain, held.Reason);
        Assert.Equal([purchase], held.Candidates);
        await Eventually.HoldsAsync(
            async () => await _server.Service<Purchases.IPurchaseStore>().FindAsync(_tenant.Id, purchase, CancellationToken.None) is not null, "the candidate was not folded");
    }

    private async Task<PurchaseLink> OpenAsync(LinkStrength strength, string? named = null)
    {
        var now = _server.Time.GetUtcNow();
        var terms = named is null ? null : new LinkTerms { GumroadProduct = named };
        var link = AtGumroadTest.Link(strength, terms) with { Tenant = _tenant.Id, Id = Ids.New(LinkTokens.Prefix, now), CreatedAt = now, ExpiresAt = now.AddHours(1) };
        var made = Assert.IsType<LinkMade.Ready>(await _server.Service<LinkMaker>().MakeAsync(_tenant, link, CancellationToken.None)).Made;
        link = link with { State = LinkState.Open, Made = made, OpenedAt = now };
        await _server.Service<IPurchaseLinkStore>().AddAsync(link with { Chore = LinkChoreTimes.AfterOpening(link, now) }, CancellationToken.None);
        return link;
    }

    private Task<PurchaseLink?> FindAsync(PurchaseLink link) => _server.Service<IPurchaseLinkStore>().FindAsync(link.Tenant, link.Id, CancellationToken.None);
}

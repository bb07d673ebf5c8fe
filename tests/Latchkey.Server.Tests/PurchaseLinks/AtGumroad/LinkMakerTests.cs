using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;
using Latchkey.Simulator;

namespace Latchkey.Server.Tests.PurchaseLinks.AtGumroad;

public sealed class LinkMakerTests : AtGumroadTest
{
    private static readonly LinkStrength[] MadeThere = [LinkStrength.Code, LinkStrength.Product];

    public static TheoryData<string> Strengths => [.. MadeThere.Select(s => s.ToString())];

    [Fact]
    public async Task A_token_asks_nothing_of_Gumroad()
    {
        Tenant = TenantWith(null);

        var made = await MakeAsync(Link(LinkStrength.Token));

        Assert.Equal(new LinkMade.Ready(MadeAtGumroad.Nothing), made);
        Assert.Empty(Wire.Calls);
    }

    [Fact]
    public async Task A_token_for_a_product_named_by_its_id_learns_the_address()
    {
        var made = await MakeAsync(Link(LinkStrength.Token, new LinkTerms { GumroadProduct = Brush.ProductId }));

        Assert.Equal(new Uri(Gumroad.Address, "l/the-brush").AbsoluteUri, Assert.IsType<LinkMade.Ready>(made).Made.CheckoutUrl);
    }

    [Theory]
    [InlineData("brush")]
    [InlineData("The-Brush")]
    [InlineData("https://acme.gumroad.com/l/the-brush?layout=profile")]
    public async Task A_code_is_made_for_a_product_however_it_is_named(string named)
    {
        var made = await MakeAsync(Link(LinkStrength.Code, new LinkTerms { GumroadProduct = named }));

        Assert.Equal(Brush.ProductId, Assert.IsType<LinkMade.Ready>(made).Made.ProductId);
    }

    [Theory]
    [MemberData(nameof(Strengths))]
    public async Task What_is_made_is_sold_once(string strength)
    {
        var link = await OpenAsync(Enum.Parse<LinkStrength>(strength));

        await BuyAsync(link);

        await Assert.ThrowsAsync<ArgumentException>(() => BuyAsync(link));
    }

    [Fact]
    public async Task A_code_is_good_for_as_many_copies_as_the_link_sells()
    {
        var link = await OpenAsync(LinkStrength.Code, new LinkTerms { GumroadProduct = "brush", Quantity = 3, PercentOff = 50 });

        var sale = await Gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = Buyer, OfferCode = ReferenceOf(link), Quantity = 3 });

        Assert.Equal(3 * 1450, sale.PriceUsdCents);
        await Assert.ThrowsAsync<ArgumentException>(() => BuyAsync(link));
    }

    [Fact]
    public async Task A_product_is_as_its_terms_say()
    {
        var link = await OpenAsync(LinkStrength.Product);

        var product = Assert.Single(Gumroad.Products, p => p.ProductId == link.Made.ProductId);
        Assert.Equal(("Seat 12", 1500, "usd", "One evening.", 1, true), (product.Name, product.PriceUsdCents, product.Currency, product.Description, product.MaxPurchaseCount, product.IsPublished));
        Assert.Equal(new Uri(Gumroad.Address, "l/" + ReferenceOf(link)).AbsoluteUri, link.Made.CheckoutUrl);
    }

    [Theory]
    [MemberData(nameof(Strengths))]
    public async Task Made_again_after_a_crash_it_is_what_was_made(string strength)
    {
        var link = Link(Enum.Parse<LinkStrength>(strength));

        var first = await MakeAsync(link);

        Assert.Equal(first, await MakeAsync(link));
        Assert.Equal(strength == "Product" ? 2 : 1, Gumroad.Products.Count);
    }

    [Theory]
    [MemberData(nameof(Strengths))]
    public async Task A_lost_answer_makes_nothing_twice(string strength)
    {
        var link = LinkOf(strength);
        Wire.LosesAnswer = IsCreation;

        var made = Assert.IsType<LinkMade.Ready>(await MakeAsync(link)).Made;

        Wire.LosesAnswer = _ => false;
        Assert.Equal(new LinkMade.Ready(made), await MakeAsync(link));
    }

    [Theory]
    [MemberData(nameof(Strengths))]
    public async Task What_may_have_been_made_before_Gumroad_went_away_is_left_to_the_sweep(string strength)
    {
        var link = LinkOf(strength);
        await Maker.MakeAsync(Tenant, Link(LinkStrength.Code), CancellationToken.None); // so that the product is known
        Wire.LosesAnswer = r => IsCreation(r) && GoDown();

        var failed = Assert.IsType<LinkMade.Failed>(await MakeAsync(link));

        Assert.Equal(LinkErrors.Unavailable, failed.Code);
        Assert.NotNull(failed.Left);
        Wire.IsDown = _ => false;
        await Shelf.AddAsync(link with { Made = failed.Left, Chore = LinkChoreTimes.RemoveNow(Start) }, CancellationToken.None);
        Assert.Null(await DoAsync(link.Id));
        Assert.True(Shelf[link.Id].Made.Removed);
        await Assert.ThrowsAsync<ArgumentException>(() => BuyAsync(link));
    }

    [Fact]
    public async Task A_product_that_cannot_be_put_on_sale_is_taken_away()
    {
        Wire.Refuses = r => r.RequestUri!.AbsolutePath.EndsWith("/enable", StringComparison.Ordinal) ? "You must connect a payment method." : null;

        var failed = Assert.IsType<LinkMade.Failed>(await MakeAsync(Link(LinkStrength.Product)));

        Assert.Equal(LinkErrors.CannotCreateProducts, failed.Code);
        Assert.Contains("connect a payment method", failed.Sentence, StringComparison.Ordinal);
        Assert.Null(failed.Left);
        Assert.Single(Gumroad.Products);
    }

    [Fact]
    public async Task A_product_that_can_be_neither_sold_nor_removed_is_left_to_the_sweep()
    {
        Wire.IsDown = r => r.Method != HttpMethod.Post;

        var failed = Assert.IsType<LinkMade.Failed>(await MakeAsync(Link(LinkStrength.Product)));

        Assert.Equal(LinkErrors.Unavailable, failed.Code);
        Assert.Contains(Gumroad.Products, p => p.ProductId == failed.Left?.ProductId);
    }

    [Theory]
    [MemberData(nameof(Strengths))]
    public async Task Without_an_access_token_it_says_so(string strength)
    {
        Tenant = TenantWith(null);

        Assert.Equal(LinkErrors.TokenMissing, Assert.IsType<LinkMade.Failed>(await MakeAsync(Link(Enum.Parse<LinkStrength>(strength)))).Code);
    }

    [Theory]
    [InlineData(nameof(LinkStrength.Code), LinkErrors.Refused)]
    [InlineData(nameof(LinkStrength.Product), LinkErrors.CannotCreateProducts)]
    public async Task A_token_that_may_not_edit_products_is_named_with_the_scope_it_lacks(string strength, string code)
    {
        var token = Gumroad.CreateAccessToken("view_sales");
        Tenant = TenantWith(token);

        var failed = Assert.IsType<LinkMade.Failed>(await MakeAsync(Link(Enum.Parse<LinkStrength>(strength))));

        Assert.Equal(code, failed.Code);
        Assert.Contains("edit_products", failed.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(token, failed.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Strengths))]
    public async Task A_token_that_Gumroad_does_not_know_is_refused(string strength)
    {
        Tenant = TenantWith("never-made");

        var failed = Assert.IsType<LinkMade.Failed>(await MakeAsync(Link(Enum.Parse<LinkStrength>(strength))));

        Assert.Equal((LinkErrors.Refused, null), (failed.Code, failed.Left));
    }

    [Fact]
    public async Task A_product_that_is_not_there_is_unknown()
    {
        var failed = Assert.IsType<LinkMade.Failed>(await MakeAsync(Link(LinkStrength.Code, new LinkTerms { GumroadProduct = "pencil" })));

        Assert.Equal((LinkErrors.ProductUnknown, null), (failed.Code, failed.Left));
    }

    private Task<LinkMade> MakeAsync(PurchaseLink link) => Maker.MakeAsync(Tenant, link, CancellationToken.None);

    /// <summary>A code of which the first attempt is the only one, whatever Gumroad takes for a discount.</summary>
    private static PurchaseLink LinkOf(string strength) => Enum.Parse<LinkStrength>(strength) is var made && made == LinkStrength.Code
        ? Link(made, new LinkTerms { GumroadProduct = "brush", PercentOff = 10 })
        : Link(made);

    private static bool IsCreation(HttpRequestMessage request) => request.Method == HttpMethod.Post;

    private bool GoDown()
    {
        Wire.IsDown = _ => true;
        return true;
    }
}

public sealed class OlderGumroadTests : AtGumroadTest
{
    private protected override GumroadVersion Version => GumroadVersion.April2025;

    [Fact]
    public async Task Where_the_API_makes_no_products_a_link_with_one_cannot_be_made()
    {
        var failed = Assert.IsType<LinkMade.Failed>(await Maker.MakeAsync(Tenant, Link(LinkStrength.Product), CancellationToken.None));

        Assert.Equal((LinkErrors.CannotCreateProducts, null), (failed.Code, failed.Left));
    }

    [Fact]
    public async Task A_code_can_be_made_all_the_same()
    {
        var link = await OpenAsync(LinkStrength.Code);

        Assert.Equal(ReferenceOf(link), (await BuyAsync(link)).OfferCode);
    }
}

using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;

namespace Latchkey.Server.Tests.PurchaseLinks.AtGumroad;

public sealed class LinkCheckoutTests
{
    private const string Shop = "https://gumroad.com";
    private static readonly Tenants.TenantContext Tenant = AtGumroadTest.TenantWith(null);

    [Theory]
    [InlineData("brush", "https://gumroad.com/l/brush?wanted=true&latchkey=REF")]
    [InlineData("https://acme.gumroad.com/l/brush#top", "https://acme.gumroad.com/l/brush?wanted=true&latchkey=REF")]
    [InlineData("https://acme.gumroad.com/l/brush?layout=profile", "https://acme.gumroad.com/l/brush?layout=profile&wanted=true&latchkey=REF")]
    public void A_token_stands_in_the_address_of_the_product(string named, string expected) =>
        Assert.Equal(expected, UrlOf(AtGumroadTest.Link(LinkStrength.Token, new LinkTerms { GumroadProduct = named })));

    [Fact]
    public void A_code_stands_in_the_path_besides() => Assert.Equal(
        "http://127.0.0.1:4000/l/brush/REF?wanted=true&latchkey=REF",
        UrlOf(AtGumroadTest.Link(LinkStrength.Code) with { Made = new("id==", "code==", "http://127.0.0.1:4000/l/brush", Removed: false) }));

    [Fact]
    public void What_the_terms_ask_for_is_chosen_already() => Assert.Equal(
        "https://gumroad.com/l/club?option=Studio%20%26%20co&variant=Studio%20%26%20co&recurrence=yearly&quantity=2&price=7.51&wanted=true&latchkey=REF",
        UrlOf(AtGumroadTest.Link(
            LinkStrength.Token, new LinkTerms { GumroadProduct = "club", Variant = "Studio & co", Recurrence = "yearly", Quantity = 2, MinPriceUsdCents = 1501 })));

    [Fact]
    public void A_price_in_dollars_is_not_asked_of_a_product_in_another_currency() => Assert.DoesNotContain(
        "price=",
        UrlOf(AtGumroadTest.Link(LinkStrength.Token, new LinkTerms { GumroadProduct = "club", MinPriceUsdCents = 900, PricingCurrency = "eur" })),
        StringComparison.Ordinal);

    private static string UrlOf(PurchaseLink link) =>
        LinkCheckout.UrlOf(Tenant, link, Shop).Replace(LinkTokens.Reference(Tenant, link.Id), "REF", StringComparison.Ordinal);
}

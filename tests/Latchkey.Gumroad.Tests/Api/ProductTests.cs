using System.Net;
using Latchkey.Gumroad.Api;

namespace Latchkey.Gumroad.Tests.Api;

public class ProductTests
{
    private const string Id = "8F_LHPDdm1JxZGU-reMQVQ==";

    [Theory]
    [InlineData("product_show")]
    public async Task A_product_is_read_in_full(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var product = await gumroad.Client().Products.GetAsync(Id);

        Assert.Equal((ApiFile.Load(file).Line, ""), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal((Id, "Keyboard Wizard", 2500, "usd", "$25"), (product.Id, product.Name, product.PriceCents, product.Currency, product.FormattedPrice));
        Assert.Equal((true, false, false, false), (product.IsPublished, product.IsDeleted, product.IsPayWhatYouWant, product.IsTieredMembership));
        Assert.Equal((12, 30000), (product.SalesCount, product.SalesUsdCents));
        Assert.Equal("https://inkwellapps.gumroad.com/l/kbdwiz", product.Url);
        Assert.Equal(["keyboard"], product.Tags);
        Assert.Empty(product.Recurrences);
        Assert.Empty(product.Variants);
        var field = Assert.Single(product.CustomFields);
        Assert.Equal(("Company & Team", "text", false, null), (field.Name, field.Type, field.IsRequired, field.IsGlobal));
    }

    [Theory]
    [InlineData("products_index")]
    public async Task Products_are_listed_with_their_tiers(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var products = await gumroad.Client().Products.ListAsync().ToListAsync();

        Assert.Equal((ApiFile.Load(file).Line, ""), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal(2, products.Count);
        var club = products[1];
        Assert.Equal(["monthly", "yearly"], club.Recurrences);
        var tier = Assert.Single(club.Variants);
        Assert.Equal("Tier", tier.Title);
        var patron = Assert.Single(tier.Options);
        Assert.Equal(("Patron", null, false), (patron.Name, patron.PriceDifferenceCents, patron.IsPayWhatYouWant));
        Assert.Equal((900, null), (patron.RecurrencePrices["monthly"].PriceCents, patron.RecurrencePrices["monthly"].SuggestedPriceCents));
        Assert.Equal(9000, patron.RecurrencePrices["yearly"].PriceCents);
    }

    [Theory]
    [InlineData("product_not_found")]
    public async Task A_missing_product_is_not_found(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadNotFoundException>(() => gumroad.Client().Products.GetAsync("none"));

        Assert.Equal((ApiFile.Load(file).Line, HttpStatusCode.OK), (gumroad.Only.Line, e.HttpStatus));
    }

    [Theory]
    [InlineData("product_created")]
    public async Task A_product_is_made_as_a_draft(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var product = await gumroad.Client().Products.CreateAsync(new NewProduct("Order 4711 for Mara", 4711) { Currency = "usd", Tags = ["a", "b"] });

        Assert.Equal(ApiFile.Load(file).Line, gumroad.Only.Line);
        Assert.Equal("name=Order 4711 for Mara&price=4711&price_currency_type=usd&tags[]=a&tags[]=b", gumroad.Only.Parameters);
        Assert.Equal(("EvRaCFKdsobj8IunzV7fXQ==", false, null), (product.Id, product.IsPublished, product.SalesCount));
    }

    [Fact]
    public async Task Where_products_cannot_be_made_the_error_says_so()
    {
        var gumroad = Exchange.OfJson("""{"success":false,"error":"Not found"}""", 404);

        var e = await Assert.ThrowsAsync<GumroadNotFoundException>(() => gumroad.Client().Products.CreateAsync(new NewProduct("x", 100)));

        Assert.Equal("Gumroad found nothing for POST /products and said: Not found. Older Gumroad makes no products through the API: make it on the web site.", e.Message);
    }

    [Theory]
    [InlineData("product_deleted")]
    public async Task A_product_is_deleted(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        await gumroad.Client().Products.DeleteAsync("EvRaCFKdsobj8IunzV7fXQ==");

        Assert.Equal((ApiFile.Load(file).Line, ""), (gumroad.Only.Line, gumroad.Only.Parameters));
    }

    [Theory]
    [InlineData("offer_code_created")]
    public async Task A_code_for_one_purchase_is_made(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var code = await gumroad.Client().OfferCodes.CreateAsync(Id, NewOfferCode.PercentOff("ONE-4711", 100) with { MaxPurchaseCount = 1 });

        Assert.Equal(ApiFile.Load(file).Line, gumroad.Only.Line);
        Assert.Equal("name=ONE-4711&amount_off=100&offer_type=percent&max_purchase_count=1", gumroad.Only.Parameters);
        Assert.Equal(("5z8vrkhW0yIT0RyyelCffA==", "ONE-4711", 100, null), (code.Id, code.Code, code.PercentOff, code.AmountOffCents));
        Assert.Equal((1, false, 0), (code.MaxPurchaseCount, code.IsUniversal, code.TimesUsed));
    }

    [Theory]
    [InlineData("offer_code_missing_amount")]
    public async Task A_code_Gumroad_does_not_take_is_refused_in_its_words(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadRefusedException>(() => gumroad.Client().OfferCodes.CreateAsync("x", NewOfferCode.CentsOff("X", 500) with { IsUniversal = true }));

        Assert.Equal((ApiFile.Load(file).Line, "name=X&amount_off=500&offer_type=cents&universal=true"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.StartsWith("You are missing required offer code parameters.", e.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("custom_fields_index")]
    public async Task Custom_fields_are_listed(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var field = Assert.Single(await gumroad.Client().CustomFields.ListAsync("…"));

        Assert.Equal((ApiFile.Load(file).Line, ""), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal(("ln1jdqRTgEL67urXnfJT1g==", "Company & Team", false, false), (field.Id, field.Name, field.IsGlobal, field.IsAskedPerProduct));
        Assert.Equal([Id], field.ProductIds);
    }

    [Theory]
    [InlineData("variant_category_created")]
    public async Task A_variant_category_is_made(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var category = await gumroad.Client().VariantCategories.CreateAsync("…", "Edition");

        Assert.Equal((ApiFile.Load(file).Line, "title=Edition"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal(("g0G4Hahg4h0Fk80_Iaf6ng==", "Edition"), (category.Id, category.Title));
    }

    [Theory]
    [InlineData("variant_created")]
    public async Task A_variant_is_made(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var variant = await gumroad.Client().Variants.CreateAsync("…", "…", new NewVariant("Studio") { PriceDifferenceCents = 1000 });

        Assert.Equal((ApiFile.Load(file).Line, "name=Studio&price_difference_cents=1000"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal(("JV3LY99yOqAiBf_dhqY9Lw==", "Studio", null, 1000, null), (variant.Id, variant.Name, variant.Description, variant.PriceDifferenceCents, variant.MaxPurchaseCount));
    }

    [Fact]
    public void A_code_outside_its_range_is_not_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NewOfferCode.PercentOff("X", 101));
        Assert.Throws<ArgumentOutOfRangeException>(() => NewOfferCode.CentsOff("X", 0));
        Assert.Throws<ArgumentException>(() => NewOfferCode.PercentOff(" ", 10));
    }
}

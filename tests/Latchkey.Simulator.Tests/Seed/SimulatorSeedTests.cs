using System.Text;
using Latchkey.Simulator.Seed;

namespace Latchkey.Simulator.Tests.Seed;

public sealed class SimulatorSeedTests
{
    [Fact]
    public void Everything_a_seed_can_say_is_read()
    {
        var options = Read("""
            {
              // comments are fine
              "start_at": "2026-01-01T02:00:00+02:00", "seed": 7, "access_token": "tok", "seller_id": "s==", "seller_email": "me@example.org",
              "shop_url": "https://me.example/", "ping_url": "http://127.0.0.1:1/p",
              "subscriptions": [ { "resource_name": "refund", "post_url": "http://127.0.0.1:1/r?token=t" }, { "post_url": "http://127.0.0.1:1/all" } ],
              "products": [
                { "permalink": "pen", "name": "Pen", "price_usd_cents": 900, "product_id": "pen==", "short_id": "abcde", "custom_permalink": "the-pen",
                  "description": "Writes.", "currency": "eur", "is_licensed": false, "is_published": false, "requires_product_id": false,
                  "installments": 3, "release_at": "2026-05-01T00:00:00Z", "shipping_rate_usd_cents": 0, "skus": { "Red": "PEN-R" },
                  "is_pay_what_you_want": true, "suggested_price_usd_cents": 1200, "max_purchase_count": 10,
                  "custom_fields": [ { "name": "Company" }, { "name": "Terms", "type": "terms", "required": true } ],
                  "variants": [ { "title": "Color", "choices": [ { "name": "Red", "price_usd_cents": 1000, "max_purchase_count": 5 }, { "name": "Blue" } ] } ] },
                { "permalink": "club", "name": "Club", "price_usd_cents": 300, "is_multiseat": true, "recurrence": "monthly", "other_recurrences": ["yearly"],
                  "charge_count": 6, "free_trial_days": 14,
                  "variants": [ { "title": "Tier", "choices": [ { "name": "Reader", "recurrence_prices_usd_cents": { "yearly": 3000 } } ] } ] },
                { "permalink": "both", "name": "Both", "price_usd_cents": 1000, "bundle_contents": ["pen"] },
              ],
              "offer_codes": [ { "code": "HALF", "percent_off": 50, "max_purchase_count": 3, "permalinks": ["pen"] }, { "code": "FIVE", "amount_off_usd_cents": 500 } ]
            }
            """);

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), options.StartAt);
        Assert.Equal(("tok", "s==", "me@example.org", 7), (options.AccessToken, options.SellerId, options.SellerEmail, options.Seed!.Value));
        Assert.Equal(("https://me.example/", "http://127.0.0.1:1/p"), (options.ShopUrl!.AbsoluteUri, options.PingUrl!.AbsoluteUri));
        Assert.Equal(["http://127.0.0.1:1/r?token=t", "http://127.0.0.1:1/all"], options.Subscriptions["refund"].Select(url => url.AbsoluteUri));
        Assert.Equal(PingResources.All.Count, options.Subscriptions.Count);

        var pen = options.Products[0];
        Assert.Equal(("pen==", "abcde", "the-pen", "Writes.", "eur"), (pen.ProductId, pen.ShortId, pen.CustomPermalink, pen.Description, pen.Currency));
        Assert.Equal((false, false, false, true), (pen.IsLicensed, pen.IsPublished, pen.RequiresProductId, pen.IsPayWhatYouWant));
        Assert.Equal((3, 0, 1200, 10), (pen.Installments!.Value, pen.ShippingRateUsdCents!.Value, pen.SuggestedPriceUsdCents!.Value, pen.MaxPurchaseCount!.Value));
        Assert.Equal("PEN-R", pen.Skus["Red"]);
        Assert.Equal([new CheckoutField("Company"), new CheckoutField("Terms", "terms", true)], pen.CustomFields);
        Assert.Equal(["Red 1000 5", "Blue  "], pen.Variants[0].Choices.Select(choice => $"{choice.Name} {choice.PriceUsdCents} {choice.MaxPurchaseCount}"));

        var club = options.Products[1];
        Assert.Equal(["monthly", "yearly"], club.Recurrences);
        Assert.Equal((true, 6, 14, 3000), (club.IsMultiseat, club.ChargeCount!.Value, club.FreeTrialDays!.Value, club.Variants[0].Choices[0].RecurrencePrices["yearly"]));
        Assert.Equal(["pen"], options.Products[2].BundleContents);
        Assert.Equal(["HALF 50  3 pen", "FIVE  500  "], options.OfferCodes.Select(c => $"{c.Code} {c.PercentOff} {c.AmountOffUsdCents} {c.MaxPurchaseCount} {string.Join(',', c.Permalinks)}"));
    }

    [Fact]
    public void What_is_left_out_keeps_its_default()
    {
        var (options, defaults) = (Read("{}"), new SimulatorOptions());
        Assert.Same(defaults.Products, options.Products);
        Assert.Same(defaults.OfferCodes, options.OfferCodes);
        Assert.Equal((defaults.SellerId, defaults.SellerEmail), (options.SellerId, options.SellerEmail));
        Assert.Null(options.StartAt);
        Assert.Empty(options.Subscriptions);

        var pen = Read("""{ "products": [ { "permalink": "pen", "name": "Pen", "price_usd_cents": 900 } ] }""");
        var expected = new SimulatedProduct { Permalink = "pen", Name = "Pen", PriceUsdCents = 900 };
        Assert.Equal((expected.ProductId, expected.ShortId, true), (pen.Products[0].ProductId, pen.Products[0].ShortId, pen.Products[0].IsLicensed));
        Assert.Empty(pen.OfferCodes);
    }

    [Theory]
    [InlineData("""{ "product": [] }""", "line 1, $.product: there is no field 'product' here; there are start_at,")]
    [InlineData("""{ "a name.": 1 }""", "there is no field 'a name.' here; there are start_at,")]
    [InlineData("{ \"products\": [\n { \"permalink\": \"a\",\n \"colour\": 1 } ] }", "line 3, $.products[0].colour: there is no field 'colour' here; there are permalink,")]
    [InlineData("{ \"products\": [\n { \"price_usd_cents\": \"29.00\" } ] }", "line 2, $.products[0].price_usd_cents: this is not a whole number")]
    [InlineData("""{ "products": [ { "is_licensed": "yes" } ] }""", "$.products[0].is_licensed: this is not true or false")]
    [InlineData("""{ "products": [ { "variants": [ { "choices": [ { "name": 7 } ] } ] } ] }""", "$.products[0].variants[0].choices[0].name: this is not text")]
    [InlineData("""{ "products": [ { "variants": [ { "choices": [ { "recurrence_prices_usd_cents": { "yearly": "x" } } ] } ] } ] }""", "this is not a whole number")]
    [InlineData("""{ "start_at": "tomorrow" }""", "$.start_at: this is not a time")]
    [InlineData("""{ "subscriptions": {} }""", "$.subscriptions: this is not a list")]
    [InlineData("[]", "line 1, $: this is not an object")]
    [InlineData("null", "$: is null")]
    [InlineData("{ \"seed\": 1\n \"x\" }", "line 2: this is not JSON")]
    [InlineData("", "$: is empty; write { } for a seed with nothing of its own")]
    [InlineData(" \n", "$: is empty")]
    [InlineData("{ \"seed\": 1,\n \"seed\": 2 }", "line 2, $.seed: is given twice; keep one.")]
    [InlineData("""{ "products": [ { "skus": { "Red": "A", "Red": "B" } } ] }""", "is given twice; keep one.")]
    [InlineData("""{ "products": [ { "permalink": "my pen", "name": "A", "price_usd_cents": 1 } ] }""", "$.products[0].permalink: 'my pen' cannot stand in an address; use letters, digits, - and _.")]
    [InlineData("""{ "products": [ { "permalink": "stift/é", "name": "A", "price_usd_cents": 1 } ] }""", "$.products[0].permalink: 'stift/é' cannot stand in an address")]
    [InlineData("""{ "products": [ { "name": "A", "price_usd_cents": 1 } ] }""", "$.products[0].permalink: is missing")]
    [InlineData("""{ "products": [ { "permalink": "a", "name": "A" } ] }""", "$.products[0].price_usd_cents: is missing")]
    [InlineData("""{ "products": [ null ] }""", "$.products[0]: is null")]
    [InlineData("""{ "products": [ { "permalink": "a", "name": "A", "price_usd_cents": -1 } ] }""", "$.products[0].price_usd_cents: -1 is too small; use 0 or more")]
    [InlineData("""{ "products": [ { "permalink": "a", "name": "A", "price_usd_cents": 1, "recurrence": "weekly" } ] }""", "$.products[0].recurrence: 'weekly' is none of monthly,")]
    [InlineData("""{ "products": [ { "permalink": "a", "name": "A", "price_usd_cents": 1, "other_recurrences": ["yearly"] } ] }""", "$.products[0].other_recurrences: stands beside no recurrence")]
    [InlineData("""{ "products": [ { "permalink": "a", "name": "A", "price_usd_cents": 1, "bundle_contents": ["b"] } ] }""", "$.products[0].bundle_contents: 'b' is no product's permalink")]
    [InlineData("""{ "products": [ { "permalink": "a", "name": "A", "price_usd_cents": 1, "variants": [ { "title": "T" } ] } ] }""", "$.products[0].variants[0].choices: is empty")]
    [InlineData("""{ "products": [ { "permalink": "a", "name": "A", "price_usd_cents": 1 }, { "permalink": "a", "name": "B", "price_usd_cents": 1 } ] }""", "$.products[1].permalink: 'a' is that of $.products[0] too")]
    [InlineData("""{ "offer_codes": [ { "code": "X" } ] }""", "$.offer_codes[0]: give either percent_off or amount_off_usd_cents")]
    [InlineData("""{ "offer_codes": [ { "code": "X", "percent_off": 101 } ] }""", "$.offer_codes[0].percent_off: 101 is too much")]
    [InlineData("""{ "offer_codes": [ { "code": "X", "percent_off": 5, "permalinks": ["nothing"] } ] }""", "$.offer_codes[0].permalinks[0]: 'nothing' is no product's permalink")]
    [InlineData("""{ "subscriptions": [ { "resource_name": "comet", "post_url": "http://127.0.0.1/" } ] }""", "$.subscriptions[0].resource_name: 'comet' is none of sale,")]
    [InlineData("""{ "subscriptions": [ { "resource_name": "sale" } ] }""", "$.subscriptions[0].post_url: is missing")]
    [InlineData("""{ "ping_url": "127.0.0.1/x" }""", "$.ping_url: is not a whole address")]
    public void A_mistake_is_named_with_its_place_and_its_mend(string json, string says)
    {
        var wrong = Assert.Throws<InvalidDataException>(() => Read(json));
        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_a_file_names_the_file()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """{ "color": 1 }""");
            Assert.StartsWith(Path.GetFileName(path) + ": line 1, $.color", Assert.Throws<InvalidDataException>(() => SimulatorSeed.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static SimulatorOptions Read(string json) => SimulatorSeed.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}

namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>What the checkout asks for and refuses.</summary>
public sealed class CheckoutRulesTests : ShopTest
{
    private static readonly SimulatedProduct Poster = new()
    {
        Permalink = "poster",
        Name = "Poster",
        PriceUsdCents = 1000,
        Variants = [new("Size", [new("A3"), new("A1", 3000) { MaxPurchaseCount = 2 }]), new("Frame", [new("None"), new("Wood", 500)])],
        CustomFields = [new("Name", Required: true), new("Terms", "terms", Required: true)],
        MaxPurchaseCount = 5,
    };

    private static readonly BuyOrder Order = new() { Permalink = "poster", Email = "mara@example.org", CustomFields = Map(("Name", "Mara"), ("Terms", "true")) };

    public static TheoryData<string, string> Refusals => new()
    {
        { "Permalink", "nothing" }, { "Permalink", "hidden" }, { "Email", "email" }, { "Quantity", "quantity" }, { "Quantity", "stock" }, { "Quantity", "choice stock" },
        { "Variants", "category" }, { "Variants", "choice" }, { "OfferCode", "code" }, { "OfferCode", "code of another" }, { "OfferCode", "code used up" },
        { "PriceUsdCents", "too little" }, { "PriceUsdCents", "too much" }, { "Recurrence", "recurrence" }, { "InInstallments", "installments" }, { "Shipping", "shipping" },
        { "CustomFields", "field" }, { "CustomFields", "terms" }, { "CustomFields", "checkbox" }, { "GifterEmail", "giver" }, { "Gift", "preorder gift" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_names_the_field(string field, string which)
    {
        var simulator = await PostersAsync();
        var error = await Assert.ThrowsAsync<ArgumentException>(() => simulator.BuyAsync(Wrong(which), Limit));
        Assert.StartsWith(field + ":", error.Message, StringComparison.Ordinal);
        Assert.Empty(simulator.Sales);
    }

    [Fact]
    public async Task Prices_of_choices_add_up_and_replace_the_products()
    {
        var simulator = await PostersAsync();
        Assert.Equal(1000, (await simulator.BuyAsync(Order, Limit)).PriceUsdCents);
        Assert.Equal(3500, (await simulator.BuyAsync(Order with { Variants = Map(("Size", "A1"), ("Frame", "Wood")) }, Limit)).PriceUsdCents);
    }

    [Fact]
    public async Task Everything_with_a_limit_counts_quantity()
    {
        var simulator = await PostersAsync();
        var large = Order with { Variants = Map(("Size", "A1")) };
        await simulator.BuyAsync(large with { Quantity = 2 }, Limit);
        await Assert.ThrowsAsync<ArgumentException>(() => simulator.BuyAsync(large, Limit));
        await simulator.BuyAsync(Order with { Quantity = 3 }, Limit);
        Assert.Contains("only 0 of Poster", (await Assert.ThrowsAsync<ArgumentException>(() => simulator.BuyAsync(Order, Limit))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_counts_quantity_but_no_tests()
    {
        var simulator = await PostersAsync();
        var coded = Order with { OfferCode = "few" };
        await simulator.BuyAsync(coded with { IsTest = true }, Limit);
        Assert.Equal(1000, (await simulator.BuyAsync(coded with { Quantity = 2 }, Limit)).PriceUsdCents);
        await Assert.ThrowsAsync<ArgumentException>(() => simulator.BuyAsync(coded, Limit));
        Assert.Equal(2, simulator.Ledger.Read(view => view.OfferCodes.Single(code => code.Code.Code == "FEW").TimesUsed));
    }

    [Fact]
    public async Task Who_names_the_price_pays_at_least_what_is_asked()
    {
        var simulator = await ShopAsync(BookProduct with { IsPayWhatYouWant = true });
        Assert.Equal(1000, (await simulator.BuyAsync(Book, Limit)).PriceUsdCents);
        Assert.Equal(5000, (await simulator.BuyAsync(Book with { Quantity = 2, PriceUsdCents = 5000 }, Limit)).PriceUsdCents);
        await Assert.ThrowsAsync<ArgumentException>(() => simulator.BuyAsync(Book with { PriceUsdCents = 999 }, Limit));
    }

    private Task<GumroadSimulator> PostersAsync() => StartAsync(new SimulatorOptions
    {
        Speed = 0,
        Products = [Poster, BookProduct, BookProduct with { Permalink = "hidden", IsPublished = false }, BookProduct with { Permalink = "mug", ShippingRateUsdCents = 100 }, BookProduct with { Permalink = "soon", ReleaseAt = Start.AddYears(50) }],
        OfferCodes = [new("FEW") { AmountOffUsdCents = 500, MaxPurchaseCount = 2 }, new("BOOKS") { PercentOff = 10, Permalinks = ["book"] }],
    });

    private static BuyOrder Wrong(string which) => which switch
    {
        "nothing" or "hidden" => Order with { Permalink = which },
        "email" => Order with { Email = " " },
        "quantity" => Order with { Quantity = 0 },
        "stock" => Order with { Quantity = 6 },
        "choice stock" => Order with { Quantity = 3, Variants = Map(("Size", "A1")) },
        "category" => Order with { Variants = Map(("Color", "red")) },
        "choice" => Order with { Variants = Map(("Size", "A0")) },
        "code" => Order with { OfferCode = "unknown" },
        "code of another" => Order with { OfferCode = "books" },
        "code used up" => Order with { OfferCode = "few", Quantity = 3 },
        "too little" => Order with { PriceUsdCents = 999 },
        "too much" => Order with { PriceUsdCents = 1001 },
        "recurrence" => Order with { Recurrence = "monthly" },
        "installments" => Order with { InInstallments = true },
        "shipping" => Book with { Permalink = "mug" },
        "field" => Order with { CustomFields = Map(("Name", "  "), ("Terms", "true")) },
        "terms" => Order with { CustomFields = Map(("Name", "Mara"), ("Terms", "false")) },
        "checkbox" => Order with { CustomFields = Map(("Name", "Mara"), ("Terms", "maybe")) },
        "giver" => Order with { Gift = new("nobody") },
        "preorder gift" => Book with { Permalink = "soon", Gift = new("giver@example.org") },
        _ => throw new ArgumentOutOfRangeException(nameof(which), which, null),
    };
}

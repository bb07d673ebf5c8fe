namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>Products, discount codes and the seller's buttons.</summary>
public sealed class ShelfTests : ShopTest
{
    [Fact]
    public async Task A_product_is_found_by_id_and_by_its_addresses_in_any_case()
    {
        var simulator = await ShopAsync(BookProduct with { CustomPermalink = "the-book" });
        foreach (var name in new[] { BookProduct.ProductId, "BOOK", "The-Book", BookProduct.ShortId })
        {
            Assert.NotNull(simulator.Ledger.Read(view => view.FindProduct(name)));
        }

        Assert.Null(simulator.Ledger.Read(view => view.FindProduct("other")));
        await simulator.BuyAsync(Book with { Permalink = "the-book" }, Limit);
        Assert.Equal(("the-book", simulator.Address + "l/the-book"), await OnlyPingAsync(simulator) is var ping ? (ping["permalink"], ping["product_permalink"]) : default);
    }

    [Fact]
    public async Task Products_can_be_added_changed_and_taken_away()
    {
        var simulator = await ShopAsync();
        var ledger = simulator.Ledger;
        var poster = ledger.AddProduct(new SimulatedProduct { Permalink = "poster", Name = "Poster", PriceUsdCents = 100 }).Product;
        Assert.Throws<ArgumentException>(() => ledger.AddProduct(poster));
        ledger.ChangeProduct(poster.ProductId, product => product with { ProductId = "never", PriceUsdCents = 200 });
        Assert.Equal(200, (await simulator.BuyAsync(Book with { Permalink = "poster" }, Limit)).PriceUsdCents);
        ledger.DeleteProduct(poster.ProductId);
        Assert.Equal(["book", "club"], simulator.Products.Select(product => product.Permalink));
        await Assert.ThrowsAsync<ArgumentException>(() => simulator.BuyAsync(Book with { Permalink = "poster" }, Limit));
        Assert.Throws<KeyNotFoundException>(() => ledger.DeleteProduct(poster.ProductId));
    }

    [Fact]
    public async Task A_release_can_be_put_off()
    {
        var simulator = await ShopAsync(BookProduct with { ReleaseAt = Start.AddDays(1) });
        await BoughtAsync(simulator, Book);
        simulator.Ledger.ChangeProduct(BookProduct.ProductId, product => product with { ReleaseAt = Start.AddDays(3) });
        await simulator.AdvanceToAsync(Start.AddDays(2), Limit);
        Assert.Empty(await PingsAsync(simulator));
        await simulator.AdvanceToAsync(Start.AddDays(3), Limit);
        Assert.Single(await PingsAsync(simulator));
    }

    [Fact]
    public async Task What_cannot_be_sold_is_refused()
    {
        SimulatedProduct[] wrong =
        [
            BookProduct with { PriceUsdCents = -1 },
            BookProduct with { Variants = [new("Size", [])] },
            BookProduct with { Recurrence = "weekly" },
            ClubProduct with { ReleaseAt = Start },
            ClubProduct with { BundleContents = ["book"] },
            BookProduct with { Installments = 2, ReleaseAt = Start },
        ];
        foreach (var product in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => ShopAsync(product));
        }

        var simulator = await ShopAsync(BookProduct with { BundleContents = ["gone"] });
        await Assert.ThrowsAsync<ArgumentException>(() => simulator.BuyAsync(Book, Limit));
    }

    [Fact]
    public async Task Codes_can_be_added_changed_and_taken_away()
    {
        var simulator = await ShopAsync();
        var ledger = simulator.Ledger;
        var code = ledger.AddOfferCode(new SimulatedOfferCode("One-1") { PercentOff = 10, MaxPurchaseCount = 1 });
        Assert.Throws<ArgumentException>(() => ledger.AddOfferCode(new SimulatedOfferCode("ONE-1") { PercentOff = 10 }));
        Assert.Throws<ArgumentException>(() => ledger.AddOfferCode(new SimulatedOfferCode("a b") { PercentOff = 10 }));
        Assert.Throws<ArgumentException>(() => ledger.AddOfferCode(new SimulatedOfferCode("two")));
        Assert.Throws<ArgumentException>(() => ledger.AddOfferCode(new SimulatedOfferCode("two") { PercentOff = 101 }));
        var order = Book with { OfferCode = "one-1" };
        Assert.Equal((900, "One-1"), await simulator.BuyAsync(order, Limit) is var sale ? (sale.PriceUsdCents, sale.OfferCode) : default);
        await Assert.ThrowsAsync<ArgumentException>(() => simulator.BuyAsync(order, Limit));
        ledger.ChangeOfferCode(code.Id, maxPurchaseCount: null);
        await simulator.BuyAsync(order, Limit);
        ledger.DeleteOfferCode(code.Id);
        await Assert.ThrowsAsync<ArgumentException>(() => simulator.BuyAsync(order, Limit));
        Assert.Throws<KeyNotFoundException>(() => ledger.ChangeOfferCode(code.Id, 1));
    }

    [Fact]
    public async Task Only_what_is_shipped_can_be_marked_so()
    {
        var simulator = await ShopAsync(BookProduct, BookProduct with { Permalink = "mug", ShippingRateUsdCents = 100 });
        var mug = await BoughtAsync(simulator, Book with { Permalink = "mug", Shipping = new() });
        var book = await BoughtAsync(simulator, Book);
        simulator.Ledger.MarkShipped(mug.SaleId, "https://carrier.example/1");
        Assert.Equal((true, "https://carrier.example/1"), simulator.Ledger.Read(view => view.FindSale(mug.SaleId) is { } sale ? (sale.Shipped, sale.TrackingUrl) : default));
        Assert.Throws<InvalidOperationException>(() => simulator.Ledger.MarkShipped(book.SaleId, null));
        simulator.Ledger.ResendReceipt(book.SaleId);
        Assert.Throws<KeyNotFoundException>(() => simulator.Ledger.ResendReceipt("unknown"));
        Assert.Empty(await PingsAsync(simulator));
    }

    [Fact]
    public async Task The_test_button_repeats_even_a_payment_that_failed()
    {
        var options = Still();
        options.PingUrl = Receiver.Url;
        var simulator = await StartAsync(options);
        var member = await BoughtAsync(simulator, Club);
        await simulator.DeclineCardAsync(member.SubscriptionId!, ct: Limit);
        await simulator.AdvanceToAsync(Start.AddMonths(1), Limit);
        await simulator.SendTestPingAsync(Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.NotEqual(member.SaleId, ping["sale_id"]);
        Assert.Equal((member.SubscriptionId, "true", null), (ping["subscription_id"], ping["test"], ping["resource_name"]));
    }
}

using Latchkey.Gumroad.Api;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>The real client refunds and ships the simulator's sales.</summary>
public class ClientSaleChangesTests : ApiTest
{
    [Fact]
    public async Task A_refund_can_be_part_then_all_and_then_nothing_is_left()
    {
        var shop = await OpenAsync();
        var sale = await shop.BuyAsync(Inkwell);
        var sales = ClientOf(shop).Sales;

        var part = await sales.RefundAsync(sale.SaleId, 900);
        var tooMuch = await Assert.ThrowsAsync<GumroadRefusedException>(() => sales.RefundAsync(sale.SaleId, 2001));
        var all = await sales.RefundAsync(sale.SaleId);
        var again = await Assert.ThrowsAsync<GumroadRefusedException>(() => sales.RefundAsync(sale.SaleId));

        Assert.True(part is { PartiallyRefunded: true, Refunded: false, AmountRefundable: 20m });
        Assert.Equal("Refund amount cannot be greater than the purchase price.", tooMuch.Words);
        Assert.True(all is { PartiallyRefunded: false, Refunded: true, AmountRefundable: 0m });
        Assert.Equal("Purchase is already refunded.", again.Words);
    }

    [Fact]
    public async Task A_physical_product_is_marked_as_shipped()
    {
        var shop = await OpenAsync();
        var sale = await shop.BuyAsync(Inkwell with { Permalink = "sketchbook", Shipping = new ShippingAddress("Mara Ito", "1 Quay", "Kyoto", "Kyoto", "600", "Japan") });
        var sales = ClientOf(shop).Sales;

        var before = await sales.GetAsync(sale.SaleId);
        var after = await sales.MarkAsShippedAsync(sale.SaleId, new Uri("https://track.example/1"));

        Assert.True(before is { Shipped: false, SkuId: "SKB-SMOOTH", CountryIso2: "JP", FormattedShipping: "$4.50" });
        Assert.True(after is { Shipped: true, TrackingUrl: "https://track.example/1" });
    }

    [Theory]
    [InlineData(GumroadVersion.Newest)]
    [InlineData(GumroadVersion.April2025)]
    public async Task Receipts_are_sent_again_by_the_newest_gumroad_only(GumroadVersion version)
    {
        var shop = await OpenAsync(version);
        var sale = await shop.BuyAsync(Inkwell);
        var sales = ClientOf(shop).Sales;

        var failure = await Record.ExceptionAsync(() => sales.ResendReceiptAsync(sale.SaleId));

        Assert.Equal(version is GumroadVersion.Newest, failure is null);
        Assert.True(failure is null or GumroadNotFoundException);
    }

    [Fact]
    public async Task An_unknown_sale_is_not_found()
    {
        var client = ClientOf(await OpenAsync());

        await Assert.ThrowsAsync<GumroadNotFoundException>(() => client.Sales.GetAsync("none"));
        await Assert.ThrowsAsync<GumroadNotFoundException>(() => client.Sales.RefundAsync("none"));
        await Assert.ThrowsAsync<GumroadNotFoundException>(() => client.Sales.MarkAsShippedAsync("none"));
    }
}

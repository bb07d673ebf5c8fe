using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Streams;

public sealed class TenantStreamTests(SharedServer shared)
{
    [Fact]
    public async Task Everything_is_heard_in_order_and_without_keys()
    {
        var shop = await shared.OpenShopAsync();
        await using var stream = await OpenStream.OfAllAsync(shop);
        var hello = await stream.NextAsync();
        Assert.Equal(("hello", "0", 0L), (hello.Event, hello.Id, (long)hello.Data["position"]!));

        var sold = await shop.SellAsync();
        var issued = await stream.NextAsync();
        var changed = await stream.NextAsync();
        Assert.Equal(("license.issued", "entitlements.changed"), (issued.Event, changed.Event));
        Assert.Equal((hello.Position + 1, hello.Position + 2), (issued.Position, changed.Position));
        Assert.Equal((sold.License, "email:" + sold.Sale.Email, "license.issued"), ((string?)issued.Data["license"], (string?)issued.Data["subject"], (string?)issued.Data["kind"]));
        Assert.Equal(["id", "kind", "at", "subject", "license", "purchase", "detail"], issued.Data.AsObject().Select(p => p.Key));
        Assert.StartsWith("evt_", (string)issued.Data["id"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(sold.Key, issued.Data.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_goes_on_where_it_was_and_hears_the_same_ids()
    {
        var shop = await shared.OpenShopAsync();
        await using var whole = await OpenStream.OfAllAsync(shop);
        await whole.NextAsync("hello");
        await shop.SellAsync();
        var first = await whole.NextAsync();
        var second = await whole.NextAsync();

        await using var resumed = await OpenStream.OfAllAsync(shop, first.Id);
        var again = await resumed.NextAsync();
        Assert.Equal((second.Id, (string?)second.Data["id"]), (again.Id, (string?)again.Data["id"]));
        await using var byQuery = await OpenStream.OpenAsync(shop.Server, $"{shop.Path}/events/stream?last_event_id={first.Id}", shop.ApiToken);
        Assert.Equal(second.Id, (await byQuery.NextAsync()).Id);
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("-1")]
    [InlineData("no position")]
    public async Task A_position_that_never_was_begins_with_the_present(string position)
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        await using var all = await OpenStream.OfAllAsync(shop, position);
        var hello = await all.NextAsync();
        Assert.Equal("hello", hello.Event);
        Assert.Equal(hello.Id, ((long)hello.Data["position"]!).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using var one = await OpenStream.OfAsync(shop, "email:" + sold.Sale.Email, position);
        Assert.Equal("pro", (await one.NextAsync()).Tier);
    }
}

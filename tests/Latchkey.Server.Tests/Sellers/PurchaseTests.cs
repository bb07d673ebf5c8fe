using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class PurchaseTests(SharedServer shared)
{
    [Fact]
    public async Task A_purchase_shows_its_facts_its_money_and_its_story()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        await shop.ActAsync(sold, "suspend");
        await shop.ActAsync(sold, "reinstate");
        await shop.RefundAsync(sold);

        var purchase = (await shop.SellerGetAsync($"/purchases/{(await shop.LicenseAsync(sold))["purchase"]}")).Must(200);
        Assert.StartsWith("pur_", (string)purchase["id"]!, StringComparison.Ordinal);
        Assert.Equal([sold.Sale.Id], purchase["gumroad"]!["sale_ids"]!.AsArray().Select(s => (string)s!));
        Assert.Null(purchase["gumroad"]!["subscription_id"]);
        Assert.Equal(("email:" + sold.Sale.Email, "blocked", false), ((string?)purchase["subject"], (string?)purchase["state"], (bool)purchase["test"]!));
        Assert.Equal(("refund", sold.Sale.Id), ((string?)purchase["holds"]![0]!["name"], (string?)purchase["holds"]![0]!["sale_id"]));
        Assert.Equal([sold.License], purchase["licenses"]!.AsArray().Select(l => (string)l!));

        var sale = Assert.Single(purchase["sales"]!.AsArray())!;
        Assert.Equal((Sale.Product.PriceUsdCents, "usd", true), ((int)sale["price_usd_cents"]!, (string?)sale["pricing_currency"], (bool)sale["refunded"]!));
        Assert.Equal(["sale", "seller", "seller", "refund"], purchase["timeline"]!.AsArray().Select(t => (string)t!["what"]!));
        Assert.Equal(sold.Ping, (string?)purchase["timeline"]![0]!["ping"]);
    }

    [Fact]
    public async Task The_list_is_in_order_of_creation_without_the_stories()
    {
        var shop = await shared.OpenShopAsync();
        var sales = new[] { await shop.SellAsync(), await shop.SellAsync(), await shop.SellAsync() };
        var list = await shop.PurchasesAsync();
        Assert.Equal(sales.Select(s => s.Sale.Id), list.Select(p => (string)p!["sales"]![0]!["sale_id"]!));
        Assert.All(list, p => Assert.Null(p!["timeline"]));
        (await shop.SellerGetAsync("/purchases/pur_unknown")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task A_price_in_another_currency_is_in_usd_cents_all_the_same()
    {
        var shop = await shared.OpenShopAsync();
        await shop.SellAsync(Sale.New("currency=jpy", "price=1999"));
        var sale = (await shop.PurchasesAsync())[0]!["sales"]![0]!;
        Assert.Equal((1999, "jpy"), ((int)sale["price_usd_cents"]!, (string?)sale["pricing_currency"]));
    }

    [Fact]
    public async Task The_sellers_own_purchase_is_a_test_that_ends_after_a_week()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync(Sale.New("test=true"));
        var license = await shop.LicenseAsync(sold);
        Assert.True((bool)license["test"]!);
        var ends = (DateTimeOffset)license["expires_at"]! - shared.Server.Time.GetUtcNow();
        Assert.InRange(ends, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task Repeats_in_any_order_change_nothing()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        await shop.DisputeAsync(sold);
        await shop.RefundAsync(sold);
        var before = (await shop.PurchasesAsync()).ToJsonString();
        foreach (var body in new[] { sold.Sale.Form("refund", "refunded"), sold.Sale.Form(), sold.Sale.Form("dispute", "disputed") })
        {
            await shop.DeliverAsync(body);
        }

        Assert.Equal(before, (await shop.PurchasesAsync()).ToJsonString());
    }
}

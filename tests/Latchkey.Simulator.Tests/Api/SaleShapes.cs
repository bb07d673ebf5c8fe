using System.Globalization;
using static Latchkey.Simulator.Tests.Api.ShapeCase;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>Sales.</summary>
internal static class SaleShapes
{
    private const string Days = "/v2/sales?before=2026-04-01&after=2026-03-01&access_token=x";

    // In the sample one product has choices in one sale, is a membership in another one, and neither in the others.
    private static readonly SimulatedProduct Editions = Wizard with
    {
        ProductId = StableIds.Id("editions"),
        Permalink = "kbdwized",
        ShortId = "kbdwized",
        Variants = [new("Edition", [new("Studio")])],
    };

    private static readonly SimulatedProduct Recurring = Club with { Name = Wizard.Name };

    private static readonly BuyOrder Buyer = Order with { IpCountry = "Japan" };

    private static readonly BuyOrder Coded = Mara with
    {
        Permalink = "kbdwized",
        OfferCode = "SPRING-25",
        CustomFields = new Dictionary<string, string> { ["Company & Team"] = "Dot" },
    };

    public static Dictionary<string, ShapeCase> All { get; } = new()
    {
        ["sale_show"] = new(async shop =>
        {
            var sale = await shop.BuyAsync(Mara, verifications: 1);
            await shop.Simulator.AdvanceAsync(TimeSpan.FromDays(3));
            return await shop.GetAsync("/v2/sales/" + sale.SaleId);
        })
        {
            MayDiffer = Paths(OfSale("sale", true)),
        },
        ["sale_show_partially_refunded"] = new(async shop =>
        {
            var sale = await shop.BuyAsync(Buyer with { Quantity = 5 }, verifications: 1);
            await shop.Simulator.PartialRefundAsync(sale.SaleId, 5000);
            await shop.Simulator.AdvanceAsync(TimeSpan.FromDays(3));
            return await shop.GetAsync("/v2/sales/" + sale.SaleId);
        })
        {
            MayDiffer = Paths(OfSale("sale")),
        },
        ["sale_not_found"] = new(shop => shop.GetAsync("/v2/sales/none")),
        ["sale_refund_already"] = new(async shop =>
        {
            var sale = await shop.BuyAsync(Mara);
            await shop.Simulator.RefundAsync(sale.SaleId);
            return await shop.PutAsync($"/v2/sales/{sale.SaleId}/refund");
        }),
        ["sales_bad_date"] = new(shop => shop.GetAsync("/v2/sales?after=yesterday")),
        ["sales_empty"] = new(async shop =>
        {
            await shop.BuyAsync(Mara);
            return await shop.GetAsync("/v2/sales?email=nobody%40example.org");
        }),
        ["sales_page"] = new(shop => MarchAsync(shop, Days))
        {
            Products = [Wizard, Editions, Recurring],
            OfferCodes = [new("SPRING-25") { PercentOff = 25 }],
            StartAt = "2026-02-14T09:34:00Z",
            MayDiffer = Paths(
            [
                .. Enumerable.Range(0, 10).SelectMany(i => OfSale($"sales[{i}]", withAccount: i == 2)),
                ("sales[2].product_id sales[2].product_permalink sales[5].product_id sales[5].product_permalink", "what is unlike is another product here"),
                ("sales[2].created_at sales[5].created_at", Time),
                ("sales[5].subscription_id", Drawn),
                ("next_page_key", Drawn),
                ("next_page_url", "holds the key, and what is one product in the sample is three here, so none is asked for"),
            ]),
        },
        ["sales_last_page"] = new(async shop =>
        {
            var page = await ApiShop.ReadAsync(await MarchAsync(shop, Days));
            return await shop.GetAsync((string)page["next_page_url"]!);
        })
        {
            Products = [Wizard, Editions, Recurring],
            OfferCodes = [new("SPRING-25") { PercentOff = 25 }],
            StartAt = "2026-02-14T09:34:00Z",
            MayDiffer = Paths(OfSale("sales[0]")),
        },
    };

    // A month before, somebody became a member: the renewal falls among the sales of the day.
    private static async Task<HttpResponseMessage> MarchAsync(ApiShop shop, string path)
    {
        var member = await shop.BuyAsync(Member with { IpCountry = "Japan" }, verifications: 1);
        await At(shop, "09:26:53");
        await shop.BuyAsync(Buyer, verifications: 1);
        for (var i = 10; i > 0; i--)
        {
            await At(shop, $"09:{40 - i}:00");
            if (i == 6)
            {
                Assert.True(shop.Simulator.Sales[^1] is { IsRecurringCharge: true } renewal && renewal.SubscriptionId == member.SubscriptionId);
                continue;
            }

            await shop.BuyAsync(i == 3 ? Coded : Buyer with { Email = $"buyer{i}@example.org" }, verifications: 1);
        }

        await shop.Simulator.AdvanceAsync(TimeSpan.FromDays(3));
        return await shop.GetAsync(path);
    }

    private static Task At(ApiShop shop, string time) =>
        shop.Simulator.AdvanceToAsync(DateTimeOffset.Parse($"2026-03-14T{time}Z", CultureInfo.InvariantCulture));

    private static (string Paths, string Reason)[] OfSale(string sale, bool withAccount = false) =>
    [
        ($"{sale}.id {sale}.order_id {sale}.license_key {sale}.license_id", Drawn),
        ($"{sale}.daystamp", Zone),
        ($"{sale}.reviews_count {sale}.average_rating", Reviews),
        .. withAccount ? new[] { ($"{sale}.purchaser_id", Account) } : [],
    ];
}

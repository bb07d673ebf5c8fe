using System.Net;
using Latchkey.Gumroad.Api;

namespace Latchkey.Gumroad.Tests.Api;

public class SaleTests
{
    private const string Id = "clM3jqGMmb-9kRYDu19z0w==";

    [Theory]
    [InlineData("sale_show")]
    public async Task A_sale_is_read_in_full(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var sale = await gumroad.Client().Sales.GetAsync(Id);

        Assert.Equal((ApiFile.Load(file).Line, ""), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal("Bearer " + Exchange.Token, gumroad.Only.Authorization);
        Assert.Equal((Id, 650414231), (sale.Id, sale.OrderNumber));
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero), sale.CreatedAt);
        Assert.Equal(("7lR_y_Sk2ZkQJWz6F1AYkg==", "8F_LHPDdm1JxZGU-reMQVQ==", "kbdwiz"), (sale.SellerId, sale.ProductId, sale.ProductShortId));
        Assert.Equal((2500, 402, 25m, 1), (sale.PriceUsdCents, sale.GumroadFeeUsdCents, sale.AmountRefundable, sale.Quantity));
        Assert.Equal(("mara.ito@example.org", "mara.ito@example.org", "2944534898501"), (sale.PurchaseEmail, sale.AccountEmail, sale.PurchaserId));
        Assert.Equal((false, false, false, false, false), (sale.Refunded, sale.PartiallyRefunded, sale.Chargedback, sale.Disputed, sale.DisputeWon));
        Assert.Equal(("EF8F9E9E-1BF44E7C-AEA6B1CA-67C9D311", "PrqKx4R8l7eYZWxtrnDIrw==", false, 1, false), (sale.LicenseKey, sale.LicenseId, sale.LicenseDisabled, sale.LicenseUses, sale.IsMultiseatLicense));
        Assert.Equal(("Kyoto", "Japan", null), (sale.State, sale.Country, sale.City));
        Assert.Equal("visa", sale.Card?.Type);
        Assert.True(sale.IsPaid);
        Assert.Null(sale.VariantsAndQuantity);
        Assert.Empty(sale.Variants);
        Assert.Empty(sale.CustomFields);
        Assert.Null(sale.SubscriptionId);
        Assert.Null(sale.OfferCode);
    }

    [Theory]
    [InlineData("sale_show_partially_refunded")]
    public async Task Only_a_sale_tells_a_partial_refund(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var sale = await gumroad.Client().Sales.GetAsync("WznJu2-e_JWyHO-n4pxrqQ==");

        Assert.Equal((ApiFile.Load(file).Line, ""), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal((false, true, 75m, 12500, 5), (sale.Refunded, sale.PartiallyRefunded, sale.AmountRefundable, sale.PriceUsdCents, sale.Quantity));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5081/", true)]
    [InlineData("http://127.0.0.1:5081/v2/", false)]
    [InlineData("https://api.gumroad.com/", false)]
    public async Task A_404_from_elsewhere_says_how_an_api_address_ends(string apiUrl, bool says)
    {
        var gumroad = new Exchange().ThenStatus(404);
        using var client = new GumroadClient(new GumroadClientOptions { ApiUrl = new Uri(apiUrl), AccessToken = Exchange.Token, Handler = gumroad });
        var e = await Assert.ThrowsAsync<GumroadNotFoundException>(() => client.Sales.GetAsync("none"));
        Assert.Equal(says, e.Message.EndsWith(" Check GumroadClientOptions.ApiUrl too: it usually ends in /v2/.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sale_not_found")]
    public async Task A_missing_sale_is_not_found_although_the_status_is_200(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadNotFoundException>(() => gumroad.Client().Sales.GetAsync("none"));

        Assert.Equal((ApiFile.Load(file).Line, HttpStatusCode.OK), (gumroad.Only.Line, e.HttpStatus));
        Assert.Equal("Gumroad found nothing for GET /sales/none and said: The sale was not found. Check the id and whose access token it is.", e.Message);
    }

    [Theory]
    [InlineData("sale_refund_already")]
    public async Task A_refund_twice_is_refused_in_Gumroads_words(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadRefusedException>(() => gumroad.Client().Sales.RefundAsync(Id));

        Assert.Equal((ApiFile.Load(file).Line, ""), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal("Purchase is already refunded.", e.Words);
        Assert.StartsWith("Gumroad refused PUT /sales/", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(" and said: Purchase is already refunded. Change the request; the same again is refused again.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sales_page")]
    public async Task A_page_of_sales_names_the_next(string file)
    {
        var gumroad = Exchange.OfFiles(file);
        var query = new SalesQuery { After = new(2026, 3, 1), Before = new(2026, 4, 1), ProductId = "8F_LHPDdm1JxZGU-reMQVQ==" };

        var page = await gumroad.Client().Sales.ListPageAsync(query);

        Assert.Equal(ApiFile.Load(file).Line, gumroad.Only.Line);
        Assert.Equal("after=2026-03-01&before=2026-04-01&product_id=8F_LHPDdm1JxZGU-reMQVQ==", gumroad.Only.Parameters);
        Assert.Equal("20260314093000000000-206415997", page.NextPageKey);
        Assert.Equal(10, page.Items.Count);
        var third = page.Items[2];
        Assert.Equal(new Dictionary<string, string> { ["Edition"] = "Studio" }, third.Variants);
        Assert.Equal(new Dictionary<string, string> { ["Company & Team"] = "Dot" }, third.CustomFields);
        Assert.Equal((new UsedOfferCode("SPRING-25", "25%"), 18.75m, "(Studio)"), (third.OfferCode, third.AmountRefundable, third.VariantsAndQuantity));
        var renewal = page.Items[5];
        Assert.Equal(("ydTTAJ3ViGTU6i1e3FhuFw==", "monthly", true, true), (renewal.SubscriptionId, renewal.Recurrence, renewal.IsRecurringCharge, renewal.IsRecurringBilling));
        Assert.Equal((false, false, false, null, null), (renewal.SubscriptionCancelled, renewal.SubscriptionDead, renewal.SubscriptionEnded, renewal.FreeTrialEnded, renewal.FreeTrialEndsOn));
    }

    [Theory]
    [InlineData("sales_last_page")]
    public async Task The_last_page_names_none_and_a_walk_ends_there(string file)
    {
        var gumroad = Exchange.OfFiles("sales_page", file);
        var sales = new List<Sale>();

        await foreach (var sale in gumroad.Client().Sales.ListAsync(new SalesQuery { OrderId = 7, Email = "a b@example.org", Name = "Ito", LicenseKey = "K" }))
        {
            sales.Add(sale);
        }

        Assert.Equal(11, sales.Count);
        Assert.Equal("MLHRk_NEvmCbL8WevUvhlA==", sales[^1].Id);
        Assert.Equal(2, gumroad.Sent.Count);
        Assert.All(gumroad.Sent, sent => Assert.Equal(ApiFile.Load(file).Line, sent.Line));
        Assert.Equal("email=a b@example.org&order_id=7&name=Ito&license_key=K", gumroad.Sent[0].Parameters);
        Assert.Equal(gumroad.Sent[0].Parameters + "&page_key=20260314093000000000-206415997", gumroad.Sent[1].Parameters);
    }

    [Theory]
    [InlineData("sales_empty")]
    public async Task No_sales_are_an_empty_page(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var page = await gumroad.Client().Sales.ListPageAsync(new SalesQuery { Email = "nobody@example.org" });

        Assert.Equal((ApiFile.Load(file).Line, "email=nobody@example.org"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Empty(page.Items);
        Assert.Null(page.NextPageKey);
    }

    [Theory]
    [InlineData("sales_bad_date")]
    public async Task A_400_without_success_is_a_refusal(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadRefusedException>(() => gumroad.Client().Sales.ListPageAsync());

        Assert.Equal((ApiFile.Load(file).Line, HttpStatusCode.BadRequest), (gumroad.Only.Line, e.HttpStatus));
        Assert.Equal("Invalid date format provided in field 'after'. Dates must be in the format YYYY-MM-DD.", e.Words);
    }

    [Theory]
    [InlineData("forbidden_scope")]
    public async Task A_missing_scope_is_named_although_Gumroad_says_nothing(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadScopeException>(() => gumroad.Client().Sales.ListPageAsync());

        Assert.Equal((ApiFile.Load(file).Line, HttpStatusCode.Forbidden), (gumroad.Only.Line, e.HttpStatus));
        Assert.Equal(["view_sales"], e.Scopes);
        Assert.Equal("The access token may not do GET /sales. Make one with the scope view_sales.", e.Message);
    }

    [Fact]
    public async Task Either_of_two_scopes_refunds()
    {
        var gumroad = new Exchange().ThenStatus(403);

        var e = await Assert.ThrowsAsync<GumroadScopeException>(() => gumroad.Client().Sales.RefundAsync(Id, 500));

        Assert.Equal("amount_cents=500", gumroad.Only.Parameters);
        Assert.Equal(["refund_sales", "edit_sales"], e.Scopes);
    }

    [Fact]
    public async Task Values_in_another_shape_are_read_all_the_same()
    {
        var gumroad = Exchange.OfJson("""
            {"success":true,"sale":{"id":"s","created_at":"2026-03-14T09:26:53Z","price":"2500","order_id":"7","quantity":2.0,"amount_refundable_in_currency":1234.5,
            "purchaser_id":2944534898501,"variants":"(Studio)","custom_fields":["Team: Dot: two"],"offer_code":"SPRING","affiliate":"a@example.org","refunded":null,"card":null,
            "is_preorder_authorization":true,"free_trial_ended":false,"never_seen":{"before":[1]}}}
            """);

        var sale = await gumroad.Client().Sales.GetAsync("s");

        Assert.Equal((2500, 7, 2, 1234.5m), (sale.PriceUsdCents, sale.OrderNumber, sale.Quantity, sale.AmountRefundable));
        Assert.Equal("2944534898501", sale.PurchaserId);
        Assert.Empty(sale.Variants);
        Assert.Equal(new Dictionary<string, string> { ["Team"] = "Dot: two" }, sale.CustomFields);
        Assert.Equal((new UsedOfferCode("SPRING", null), new SaleAffiliate("a@example.org", null)), (sale.OfferCode, sale.Affiliate));
        Assert.Equal((false, null, true, false), (sale.Refunded, sale.Card, sale.IsPreorderAuthorization, sale.FreeTrialEnded));
    }
}

using System.Net;
using Latchkey.Gumroad.Api;

namespace Latchkey.Gumroad.Tests.Api;

public class LicenseTests
{
    private const string Product = "8F_LHPDdm1JxZGU-reMQVQ==";
    private const string Key = "EF8F9E9E-1BF44E7C-AEA6B1CA-67C9D311";
    private const string Asked = $"product_id={Product}&license_key={Key}&increment_uses_count=";

    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("licenses_verify_success")]
    public async Task Verifying_with_a_count_says_so_and_needs_no_token(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var valid = Assert.IsType<LicenseVerification.Valid>(await gumroad.Client(o => o.AccessToken = null).Licenses.VerifyAsync(Product, $" {Key} ", IncrementUses.Yes));

        Assert.Equal(ApiFile.Load(file).Line, gumroad.Only.Line);
        Assert.Equal(Asked + "true", gumroad.Only.Parameters);
        Assert.Null(gumroad.Only.Authorization);
        Assert.Equal(1, valid.Uses);
        var purchase = valid.Purchase;
        Assert.Equal("clM3jqGMmb-9kRYDu19z0w==", purchase.Id);
        Assert.Equal(Product, purchase.ProductId);
        Assert.Equal("https://inkwellapps.gumroad.com/l/kbdwiz", purchase.ProductUrl);
        Assert.Equal("kbdwiz", purchase.ProductShortId);
        Assert.Equal("mara.ito@example.org", purchase.PurchaseEmail);
        Assert.Equal((2500, 402, 650414231, 1), (purchase.PriceUsdCents, purchase.GumroadFeeUsdCents, purchase.OrderNumber, purchase.Quantity));
        Assert.Equal(("**** **** **** 4242", "visa", null), (purchase.Card?.Visual, purchase.Card?.Type, purchase.Card?.Bin));
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero), purchase.CreatedAt);
        Assert.Equal((Key, "Japan", "2944534898501"), (purchase.LicenseKey, purchase.IpCountry, purchase.PurchaserId));
        Assert.Null(purchase.ChosenVariants);
        Assert.Empty(purchase.CustomFields);
        Assert.Null(purchase.SubscriptionId);
        Assert.Null(purchase.IsTest);
        Assert.True(purchase.IsEntitled(Now));
    }

    [Theory]
    [InlineData("licenses_verify_success_fields_and_code")]
    public async Task Fields_variants_and_code_are_read_from_their_shapes_here(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var valid = Assert.IsType<LicenseVerification.Valid>(await gumroad.Client().Licenses.VerifyAsync(Product, Key, IncrementUses.No));

        Assert.Equal(ApiFile.Load(file).Line, gumroad.Only.Line);
        Assert.Equal(Asked + "false", gumroad.Only.Parameters);
        Assert.Null(gumroad.Only.Authorization);
        Assert.Equal("(Studio)", valid.Purchase.ChosenVariants);
        Assert.Equal(new Dictionary<string, string> { ["Company & Team"] = "Dot" }, valid.Purchase.CustomFields);
        Assert.Equal(new UsedOfferCode("SPRING-25", "25%"), valid.Purchase.OfferCode);
    }

    [Theory]
    [InlineData("licenses_verify_multi_quantity")]
    public async Task One_key_stands_for_the_whole_quantity(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var valid = Assert.IsType<LicenseVerification.Valid>(await gumroad.Client().Licenses.VerifyAsync(Product, Key, IncrementUses.No));

        Assert.Equal((ApiFile.Load(file).Line, Asked + "false"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal((0, 5, 12500), (valid.Uses, valid.Purchase.Quantity, valid.Purchase.PriceUsdCents));
    }

    [Theory]
    [InlineData("licenses_verify_refunded")]
    [InlineData("licenses_verify_chargebacked")]
    [InlineData("licenses_verify_subscription_ended")]
    public async Task A_key_that_Gumroad_calls_good_may_entitle_to_nothing(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var valid = Assert.IsType<LicenseVerification.Valid>(await gumroad.Client().Licenses.VerifyAsync(Product, Key, IncrementUses.Yes));

        Assert.Equal((ApiFile.Load(file).Line, Asked + "true"), (gumroad.Only.Line, gumroad.Only.Parameters));
        var purchase = valid.Purchase;
        Assert.False(purchase.IsEntitled(Now));
        Assert.Equal(file.EndsWith("refunded", StringComparison.Ordinal), purchase.Refunded);
        Assert.Equal(file.EndsWith("chargebacked", StringComparison.Ordinal), purchase.Chargebacked && purchase.Disputed);
        Assert.Equal(file.EndsWith("ended", StringComparison.Ordinal) ? new DateTimeOffset(2026, 11, 2, 17, 5, 41, TimeSpan.Zero) : null, purchase.SubscriptionEndedAt);
        Assert.Equal(file.EndsWith("ended", StringComparison.Ordinal) ? ("(Patron)", "monthly", false) : (null, null, null), (purchase.ChosenVariants, purchase.Recurrence, purchase.IsMultiseatLicense));
    }

    [Theory]
    [InlineData("licenses_verify_imported_customer")]
    public async Task An_imported_customer_has_no_purchase(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var imported = Assert.IsType<LicenseVerification.ImportedCustomer>(await gumroad.Client().Licenses.VerifyAsync(Product, Key, IncrementUses.Yes));

        Assert.Equal((ApiFile.Load(file).Line, Asked + "true"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal(1, imported.Uses);
        Assert.Equal(("77_h4x3IgRhgol0SSO7Mog==", "old@example.org", "Keyboard Wizard"), (imported.Customer.Id, imported.Customer.Email, imported.Customer.ProductName));
        Assert.Equal(new DateTimeOffset(2019, 5, 5, 5, 5, 5, TimeSpan.Zero), imported.Customer.CreatedAt);
    }

    [Theory]
    [InlineData("licenses_verify_not_found", typeof(LicenseVerification.NotFound))]
    [InlineData("licenses_verify_disabled", typeof(LicenseVerification.Disabled))]
    [InlineData("licenses_verify_access_revoked", typeof(LicenseVerification.AccessRevoked))]
    public async Task Three_refusals_are_told_apart_by_their_words(string file, Type outcome)
    {
        var gumroad = Exchange.OfFiles(file);

        var verification = await gumroad.Client().Licenses.VerifyAsync(Product, Key, IncrementUses.Yes);

        Assert.IsType(outcome, verification);
        Assert.Equal((ApiFile.Load(file).Line, Asked + "true"), (gumroad.Only.Line, gumroad.Only.Parameters));
    }

    [Theory]
    [InlineData("licenses_verify_product_id_required")]
    public async Task A_permalink_may_not_do_and_the_error_names_the_id(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadProductIdRequiredException>(() => gumroad.Client().Licenses.VerifyByPermalinkAsync("kbdwiz", Key, IncrementUses.No));

        Assert.Equal(ApiFile.Load(file).Line, gumroad.Only.Line);
        Assert.Equal($"product_permalink=kbdwiz&license_key={Key}&increment_uses_count=false", gumroad.Only.Parameters);
        Assert.Equal((Product, HttpStatusCode.InternalServerError), (e.ProductId, e.HttpStatus));
        Assert.Equal($"This product's licenses can be verified with its id only. Use the id {Product} instead of the permalink.", e.Message);
    }

    [Theory]
    [InlineData("licenses_verify_param_not_string")]
    public async Task A_malformed_request_is_refused_in_Gumroads_words(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadRefusedException>(() => gumroad.Client().Licenses.VerifyAsync(Product, Key, IncrementUses.No));

        Assert.Equal((ApiFile.Load(file).Line, Asked + "false"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal((HttpStatusCode.BadRequest, "The 'license_key' parameter must be a string."), (e.HttpStatus, e.Words));
    }

    [Theory]
    [InlineData("licenses_disable")]
    public async Task Disabling_gives_the_license_back(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var license = await gumroad.Client().Licenses.DisableAsync(Product, Key);

        Assert.Equal(ApiFile.Load(file).Line, gumroad.Only.Line);
        Assert.Equal($"product_id={Product}&license_key={Key}", gumroad.Only.Parameters);
        Assert.Equal("Bearer " + Exchange.Token, gumroad.Only.Authorization);
        Assert.Equal((2, Key, null), (license.Uses, license.Purchase?.LicenseKey, license.ImportedCustomer));
    }

    [Theory]
    [InlineData("licenses_disable_other_owner")]
    public async Task Somebody_elses_license_is_not_found(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadNotFoundException>(() => gumroad.Client().Licenses.DisableAsync(Product, Key));

        Assert.Equal((ApiFile.Load(file).Line, HttpStatusCode.NotFound), (gumroad.Only.Line, e.HttpStatus));
        Assert.Equal("Gumroad found nothing for PUT /licenses/disable and said: Not found. Check the id and whose access token it is.", e.Message);
    }

    [Fact]
    public async Task A_404_in_other_words_is_no_verdict_about_the_key()
    {
        var gumroad = Exchange.OfJson("""{"success":false,"error":"Not found"}""", 404);

        await Assert.ThrowsAsync<GumroadNotFoundException>(() => gumroad.Client().Licenses.VerifyAsync(Product, Key, IncrementUses.No));
    }

    [Fact]
    public async Task A_license_whose_access_was_revoked_is_not_enabled()
    {
        var gumroad = Exchange.OfJson("""{"success":false,"message":"Access to the purchase associated with this license has expired."}""", 404);

        var e = await Assert.ThrowsAsync<GumroadRefusedException>(() => gumroad.Client().Licenses.EnableAsync(Product, Key));

        Assert.Equal(HttpStatusCode.NotFound, e.HttpStatus);
    }

    [Theory]
    [InlineData("""{"success":true,"uses":1}""")]
    [InlineData("""{"success":true,"purchase":{}}""")]
    [InlineData("""{"success":true,"uses":1,"purchase":{"refunded":"perhaps"}}""")]
    [InlineData("""{"success":true,"uses":1,"purchase":{"refunded":{}}}""")]
    [InlineData("""{"success":true,"uses":1,"purchase":{"subscription_ended_at":"soon"}}""")]
    public async Task What_a_right_depends_on_must_be_readable(string body)
    {
        var gumroad = Exchange.OfJson(body);

        await Assert.ThrowsAsync<GumroadAnswerException>(() => gumroad.Client().Licenses.VerifyAsync(Product, Key, IncrementUses.No));
    }

    [Fact]
    public async Task A_custom_field_named_like_a_key_does_not_break_the_answer()
    {
        var gumroad = Exchange.OfJson("""
            {"success":true,"uses":"3","purchase":{"price":"a lot","quantity":"two","email":["x"],"can_contact":"maybe","test":"yes","card":"none",
            "custom_fields":["price: a lot","no colon"],"variants":{"Edition":"Studio","Size":"Large"},"offer_code":"SPRING","refunded":"false","dispute_won":null}}
            """);

        var valid = Assert.IsType<LicenseVerification.Valid>(await gumroad.Client().Licenses.VerifyAsync(Product, Key, IncrementUses.No));

        Assert.Equal(3, valid.Uses);
        var purchase = valid.Purchase;
        Assert.Equal((null, null, null, null, null), (purchase.PriceUsdCents, purchase.Quantity, purchase.PurchaseEmail, purchase.IsTest, purchase.Card));
        Assert.Equal(new Dictionary<string, string> { ["price"] = "a lot" }, purchase.CustomFields);
        Assert.Equal("(Studio, Large)", purchase.ChosenVariants);
        Assert.Equal(new UsedOfferCode("SPRING", null), purchase.OfferCode);
        Assert.True(purchase.IsEntitled(Now));
    }

    [Theory]
    [InlineData(true, false, false, false, false)]
    [InlineData(true, true, true, true, false)]
    [InlineData(false, true, true, false, false)]
    [InlineData(false, true, false, false, false)]
    [InlineData(false, false, true, false, false)]
    [InlineData(false, false, true, true, true)]
    [InlineData(false, true, true, true, true)]
    [InlineData(false, false, false, false, true)]
    public void Refunds_and_lost_disputes_end_the_right(bool refunded, bool chargebacked, bool disputed, bool won, bool entitled)
    {
        var purchase = new LicensePurchase { Refunded = refunded, Chargebacked = chargebacked, Disputed = disputed, DisputeWon = won };

        Assert.Equal(entitled, purchase.IsEntitled(Now));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_subscription_ends_the_right_at_its_time(int seconds, bool entitled)
    {
        var at = Now.AddSeconds(seconds);

        Assert.Equal(entitled, new LicensePurchase { SubscriptionEndedAt = at }.IsEntitled(Now));
        Assert.Equal(entitled, new LicensePurchase { SubscriptionFailedAt = at }.IsEntitled(Now));
        Assert.Equal(entitled, new LicensePurchase { SubscriptionCancelledAt = at }.IsEntitled(Now));
    }
}

using Latchkey.Inbox;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Tests.Purchases;

namespace Latchkey.Tests.Rights;

/// <summary>Rows of docs/reference/situations.md about single sales, gifts, bundles and tests.</summary>
public class SituationsOfSalesTests
{
    private static readonly DateTimeOffset T = Situation.Start;
    private static readonly DateTimeOffset Later = T.AddDays(1);

    [Fact]
    public void A_sale_gives_one_lasting_license()
    {
        var sale = new Situation().Said(Ping.Sale(("price", 0)));
        Assert.Equal(("Active Active ok", (DateTimeOffset?)null), (sale.At(Later), sale.RightsAt(Later).NextChange));
        Assert.True(sale.Opens(T.AddYears(50)));
    }

    [Fact]
    public void Each_product_of_a_cart_and_each_further_sale_is_a_purchase_of_its_own()
    {
        var names = new[] { Ping.Sale(), Ping.Sale(("sale_id", "sale2"), ("order_number", 7)), Ping.Sale(("sale_id", "sale3")) }.Select(p => Facts.Of(p, T).Translation.GumroadName);
        Assert.Equal([Ping.SaleId, "sale2", "sale3"], names);
    }

    [Fact]
    public void A_quantity_is_seats_or_keys_or_nothing_as_the_key_type_says()
    {
        (int, int) Gives(QuantityMode mode)
        {
            var licenses = new Situation(Acme.With(keyTypes: [Acme.Pro with { Quantity = mode }])).Said(Ping.Sale(("quantity", 4))).RightsAt(Later).Licenses;
            return (licenses.Count, licenses[0].Seats);
        }

        Assert.Equal(((1, 4), (4, 1), (1, 1)), (Gives(QuantityMode.Seats), Gives(QuantityMode.Keys), Gives(QuantityMode.Ignore)));
    }

    [Fact]
    public void The_sellers_own_purchase_is_real_for_seven_days()
    {
        var test = new Situation().Said(Ping.Sale(("test", true)));
        Assert.Equal("Active Active ok", test.At(T.AddDays(7).AddTicks(-1)));
        Assert.Equal("Ended Expired expired", test.At(T.AddDays(7)));
    }

    [Fact]
    public void The_test_button_makes_nothing() =>
        Assert.Equal(new Translation.Ignored(EntryReasons.Rehearsal), Translator.Translate(Acme.Tenant, Acme.Tenant.Entry(Ping.Captured("18"), T)));

    [Fact]
    public void A_preorder_waits_and_its_charge_is_the_purchase()
    {
        var authorized = new Situation().Said(Ping.Sale(("is_preorder_authorization", true)));
        Assert.Equal(("Held none", EntryReasons.WaitsForCharge), (authorized.At(Later), authorized.HeldFor(Later)));
        Assert.Equal("Active Active ok", new Situation().Said(Ping.Sale(("sale_id", "released"))).At(Later));
    }

    [Fact]
    public void A_gift_is_the_receivers()
    {
        var gift = Gift();
        Assert.Equal("Active Active ok", gift.At(Later));
        Assert.Equal("mara.ito@example.org", gift.FactsAt(Later).First!.Email);
        Assert.Equal("noor@example.org", gift.FactsAt(Later).First!.GifterEmail);
    }

    [Fact]
    public void A_gift_refunded_to_its_giver_is_revoked_once_the_API_shows_it() =>
        Assert.Equal("Blocked Revoked refunded", Gift().RestsOn(LinkKinds.Gift, GiverRead(refunded: true)).At(Later));

    [Fact]
    public void A_gift_whose_giver_was_not_refunded_stays() => Assert.Equal("Active Active ok", Gift().RestsOn(LinkKinds.Gift, GiverRead(refunded: false)).At(Later));

    [Fact]
    public void A_dispute_of_the_giver_suspends_the_gift_and_makes_no_license_of_its_own()
    {
        var dispute = Ping.Dispute(("sale_id", "giver"), ("email", "noor@example.org"));
        Assert.Equal("Blocked Suspended disputed", Gift().RestsOn(LinkKinds.Gift, Facts.Of(dispute, T)).At(Later));
        Assert.Equal("Held none", new Situation().Said(dispute).At(Later));
        Assert.Equal("Active Active ok", Gift().RestsOn(LinkKinds.Gift, Facts.Of(dispute, T), Facts.Of(Ping.DisputeWon(("sale_id", "giver")), Later)).At(Later));
    }

    [Fact]
    public void A_bundle_that_a_rule_ignores_makes_nothing_and_its_contents_make_licenses()
    {
        var bundle = new Situation(Acme.With(rules: [Acme.ProRule with { Ignore = true }])).Said(Ping.Sale());
        Assert.Equal(("Held none", EntryReasons.IgnoredByRule), (bundle.At(Later), bundle.HeldFor(Later)));
        Assert.Equal("Active Active ok", new Situation().Said(Ping.Sale(("sale_id", "content"), ("price", 0))).At(Later));
    }

    [Fact]
    public void A_refund_or_dispute_of_a_bundle_reaches_its_contents()
    {
        var sale = Facts.Of(Ping.Sale(("sale_id", "bundle")), T);
        Situation Content() => new Situation().Said(Ping.Sale(("sale_id", "content"), ("price", 0)));
        Assert.Equal("Active Active ok", Content().RestsOn(LinkKinds.Bundle, sale).At(Later));
        Assert.Equal("Blocked Revoked refunded", Content().RestsOn(LinkKinds.Bundle, sale, Facts.Of(Ping.Refund(("sale_id", "bundle")), T)).At(Later));
        Assert.Equal("Blocked Suspended disputed", Content().RestsOn(LinkKinds.Bundle, sale, Facts.Of(Ping.Dispute(("sale_id", "bundle")), T)).At(Later));
    }

    [Fact]
    public void What_Gumroad_does_to_a_key_without_a_ping_changes_nothing_here()
    {
        var sale = new Situation().Said(Ping.Sale());
        Assert.Empty(sale.License(Later).ForeignKeys);
        Assert.Equal([Ping.GumroadKey], sale.Said(Ping.Sale(("license_key", Ping.GumroadKey)), Later).License(Later).ForeignKeys);
        Assert.Equal("Active Active ok", sale.At(Later));
    }

    [Fact]
    public void A_sale_that_no_rule_fits_is_held()
    {
        var sale = new Situation(Acme.With(rules: [])).Said(Ping.Sale());
        Assert.Equal(("Held none", EntryReasons.UnmappedProduct), (sale.At(Later), sale.HeldFor(Later)));
    }

    [Fact]
    public void A_limited_duration_ends_at_its_moment()
    {
        var sale = new Situation(Acme.With(keyTypes: [Acme.Pro with { DurationDays = 30 }])).Said(Ping.Sale());
        Assert.Equal(("Active Active ok", "Ended Expired expired"), (sale.At(T.AddDays(30).AddTicks(-1)), sale.At(T.AddDays(30))));
    }

    private static Situation Gift() =>
        new Situation().Said(Ping.Sale(("price", 0), ("is_gift_receiver_purchase", true), ("gift_price", 2500), ("gifter_email", "noor@example.org")));

    private static Fact GiverRead(bool refunded) =>
        Situation.FactOf(new SaleRead(Later, new Charge("giver", Granting: false) { ProductId = Ping.ProductId, Email = "noor@example.org", SoldAt = T, Refunded = refunded }));
}

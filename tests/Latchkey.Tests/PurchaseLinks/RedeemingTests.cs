using System.Text.Json.Nodes;
using Latchkey.Inbox;
using Latchkey.Outbox;
using Latchkey.Products;
using Latchkey.PurchaseLinks;
using Latchkey.Tenants;

namespace Latchkey.Tests.PurchaseLinks;

public class RedeemingTests
{
    [Fact]
    public void A_sale_that_fits_redeems_the_link_and_belongs_to_its_subject()
    {
        var link = ALink.Open();
        var book = With(link);
        var change = book.Say(link.Sale());

        Assert.Equal((LinkState.Redeemed, change.Purchase.Id, book.Clock.Now), (book.Links[0].State, book.Links[0].Purchase, book.Links[0].RedeemedAt));
        Assert.Equal(("user:42", null), (change.Purchase.Subject, change.Purchase.HeldFor));
        Assert.Equal(("pro", "user:42"), (book.License.KeyType, book.License.Subject));
        Assert.Equal([OutboxKinds.LicenseIssued, OutboxKinds.PurchaseLinkRedeemed], book.Told);
        Assert.Equal((link.Id, "user:42"), (book.Messages[1].Detail, book.Messages[1].Subject));
    }

    [Fact]
    public void Once_decided_nothing_is_decided_again()
    {
        var link = ALink.Open();
        var book = With(link);
        var first = book.Say(link.Sale());
        var again = book.Say(link.Sale(("resource_name", "refund"), ("refunded", true)));

        Assert.NotNull(first.Decision);
        Assert.Null(again.Decision);
        Assert.Equal("user:42", again.Purchase.Subject);
        Assert.Equal(2, book.Told.Count(kind => kind is OutboxKinds.PurchaseLinkRedeemed or OutboxKinds.LicenseIssued));
    }

    [Theory]
    [InlineData("product_mismatch", "product_id", "other==")]
    [InlineData("quantity_mismatch", "quantity", 2)]
    [InlineData("currency_mismatch", "currency", "eur")]
    [InlineData("amount_mismatch", "price", 1999)]
    [InlineData("product_mismatch", "variants", "Small")]
    [InlineData("product_mismatch", "recurrence", "yearly")]
    [InlineData("expired", "sale_timestamp", "2026-03-14T10:30:01Z")]
    public void A_sale_that_does_not_fit_is_held_and_lost_to_nobody(string reason, string field, object value)
    {
        var link = ALink.Open(new()
        {
            GumroadProduct = Ping.ProductId,
            Variant = "Large",
            Recurrence = "monthly",
            PricingCurrency = "usd",
            MinPriceUsdCents = 2000,
        });
        JsonNode? said = (field, value) switch
        {
            ("variants", string size) => new JsonObject { ["Size"] = size },
            (_, int number) => number,
            _ => (string)value,
        };
        var book = With(link);
        var change = book.Say(link.Sale([("variants", new JsonObject { ["Size"] = "Large" }), ("recurrence", "monthly"), (field, said)]));

        Assert.Equal(LinkReasons.OfPurchase(reason), change.Purchase.HeldFor);
        Assert.Empty(change.Licenses);
        Assert.Contains(change.Outcomes, o => o.Status == EntryStatus.Held && o.Reason == LinkReasons.OfPurchase(reason));
        Assert.Equal([OutboxKinds.PurchaseHeld, OutboxKinds.PurchaseLinkHeld], book.Told);
        var left = book.Links[0];
        Assert.Equal(reason == "expired" ? (LinkState.Open, null, null) : (LinkState.Held, reason, change.Purchase.Id), (left.State, left.Reason, left.Purchase));

        Assert.Null(With(link).Say(link.Sale(("variants", new JsonObject { ["Size"] = "Large" }), ("recurrence", "monthly"))).Purchase.HeldFor);
    }

    [Fact]
    public void What_the_seller_accepts_is_the_links_own_all_the_same()
    {
        var link = ALink.Open(new() { GumroadProduct = Ping.ProductId, MinPriceUsdCents = 9900 });
        var book = With(link);
        book.Say(link.Sale());
        Assert.Equal("link_amount_mismatch", book.Last!.Purchase.HeldFor);

        var change = book.Accept(book.Links[0]);
        Assert.Equal((null, "user:42", LinkState.Redeemed), (change.Purchase.HeldFor, change.Purchase.Subject, book.Links[0].State));
        Assert.Single(change.Licenses);
        Assert.Equal(
            [OutboxKinds.PurchaseHeld, OutboxKinds.PurchaseLinkHeld, OutboxKinds.LicenseIssued, OutboxKinds.PurchaseLinkRedeemed], book.Told);
    }

    [Fact]
    public void A_used_link_and_a_cancelled_one_are_left_as_they_are()
    {
        var used = ALink.Open() with { State = LinkState.Redeemed, Purchase = "pur_other" };
        var cancelled = ALink.Open() with { State = LinkState.Cancelled };
        foreach (var (link, reason) in new[] { (used, "link_already_used"), (cancelled, "link_cancelled") })
        {
            var book = With(link);
            Assert.Equal(reason, book.Say(link.Sale()).Purchase.HeldFor);
            Assert.Same(link, book.Links[0]);
        }
    }

    [Fact]
    public void A_second_purchase_is_refunded_where_the_link_asks_for_that_and_what_was_made_for_it_goes_after()
    {
        var link = ALink.Open(new() { GumroadProduct = Ping.ProductId, RefundRepeats = true }, LinkStrength.Code) with { Made = new("p", "code", null, Removed: false) };
        List<PurchaseLink> shelf = [link];
        var first = new Book { Links = shelf };
        first.Say(link.Sale(("url_params", null), ("offer_code", link.Reference().ToUpperInvariant())));
        Assert.Equal(LinkChores.Remove, shelf[0].Chore!.Kind);

        var second = new Book { Links = shelf }.Say(link.Sale(("sale_id", "second==")));
        Assert.Equal("link_already_used", second.Purchase.HeldFor);
        Assert.Equal((LinkChores.Refund, first.Last!.Purchase.Id), (shelf[0].Chore!.Kind, shelf[0].Purchase));
        Assert.Equal([second.Purchase.Id], shelf[0].Refunds);
        Assert.Equal(LinkChores.Remove, (shelf[0] with { Refunds = [], Chore = null }).WithNextChore(Acme.Start).Chore!.Kind);
        Assert.Null((shelf[0] with { Refunds = [], Chore = null, Made = link.Made with { Removed = true } }).WithNextChore(Acme.Start).Chore);
    }

    [Fact]
    public void A_product_made_for_the_link_names_it_by_itself_and_costs_its_price()
    {
        var terms = new LinkTerms { PricingCurrency = "usd", PriceCents = 2500 };
        var link = ALink.Open(terms, LinkStrength.Product) with { Made = new(Ping.ProductId, null, null, Removed: false) };
        var book = With(link);
        book.Say(Ping.Sale());
        Assert.Equal((LinkState.Redeemed, LinkChores.Remove), (book.Links[0].State, book.Links[0].Chore?.Kind));

        Assert.Equal("link_amount_mismatch", With(link).Say(Ping.Sale(("price", 2499))).Purchase.HeldFor);
    }

    [Fact]
    public void A_gift_belongs_to_whom_it_is_given_and_only_where_gifts_are_allowed()
    {
        (string, JsonNode?)[] gift = [("is_gift_receiver_purchase", true), ("price", 0), ("gift_price", 2500), ("gifter_email", "giver@example.org")];
        var link = ALink.Open(new() { GumroadProduct = Ping.ProductId, MinPriceUsdCents = 2500 });
        Assert.Equal("link_gift_not_allowed", With(link).Say(link.Sale(gift)).Purchase.HeldFor);

        var allowed = link with { Terms = link.Terms with { Gift = true } };
        var purchase = With(allowed).Say(allowed.Sale(gift)).Purchase;
        Assert.Equal((null, "email:mara.ito@example.org"), (purchase.HeldFor, purchase.Subject));
    }

    [Fact]
    public void A_link_may_grant_what_no_rule_says()
    {
        var tenant = Acme.With(rules: [], keyTypes: [Acme.Pro, Acme.Pro with { Id = "team" }]);
        var link = ALink.Open(new() { GumroadProduct = Ping.ProductId, Product = "studio", KeyType = "team" });
        var book = new Book(tenant) { Links = [link] };
        book.Say(link.Sale());
        Assert.Equal("team", book.License.KeyType);
        book.Fold();
        Assert.Equal(1, book.BakedTimes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_no_rule_knows_or_one_ignores_is_sold_by_a_link_without_a_license(bool ignored)
    {
        IReadOnlyList<Rule> rules = ignored ? [new Rule(Ping.ProductId, Ignore: true)] : [];
        var link = ALink.Open();
        var book = new Book(Acme.With(rules: rules)) { Links = [link] };
        var change = book.Say(link.Sale());

        Assert.Equal((null, "user:42"), (change.Purchase.HeldFor, change.Purchase.Subject));
        Assert.Empty(change.Licenses);
        Assert.All(change.Outcomes, o => Assert.Equal(EntryStatus.Applied, o.Status));
        Assert.Equal([OutboxKinds.PurchaseLinkRedeemed], book.Told);
    }

    [Fact]
    public void A_test_purchase_redeems_a_link_only_where_test_purchases_count()
    {
        var link = ALink.Open();
        Assert.Equal(LinkState.Redeemed, Tested(link, counts: true).State);
        Assert.Equal(LinkState.Open, Tested(link, counts: false).State);
    }

    [Fact]
    public void A_renewal_and_a_preorder_never_redeem()
    {
        var link = ALink.Open();
        var book = With(link);
        var reference = new JsonObject { [LinkTokens.Parameter] = link.Reference() };
        book.Say(Ping.Charge(1, "sale", ("url_params", reference)));
        Assert.Equal(LinkState.Open, book.Links[0].State);
        Assert.Equal(LinkState.Open, Said(link, link.Sale(("is_preorder_authorization", true))).State);

        book.Say(Ping.Charge(0, "sale", ("url_params", reference)));
        Assert.Equal((LinkState.Redeemed, "user:42"), (book.Links[0].State, book.Last!.Purchase.Subject));
    }

    [Fact]
    public void A_reference_that_is_not_ours_is_no_reference()
    {
        var link = ALink.Open();
        Assert.Equal(LinkState.Open, Said(link, Ping.Sale(("url_params", new JsonObject { [LinkTokens.Parameter] = link.Reference()[..^1] + "!" }))).State);
        Assert.Equal(LinkState.Open, Said(link, link.Sale(("url_params", new JsonObject { ["other"] = link.Reference() }))).State);
    }

    private static Book With(PurchaseLink link) => new() { Links = [link] };

    private static PurchaseLink Said(PurchaseLink link, JsonObject payload)
    {
        var book = With(link);
        book.Say(payload);
        return book.Links[0];
    }

    private static PurchaseLink Tested(PurchaseLink link, bool counts)
    {
        var book = new Book(Acme.With(integration: new Integration(Acme.SellerId, TestPurchases: counts))) { Links = [link] };
        book.Say(link.Sale(("test", true)));
        return book.Links[0];
    }
}

using System.Text.Json.Nodes;
using Latchkey.Inbox;
using Latchkey.Outbox;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Tenants;
using Latchkey.Tests.Rights;

namespace Latchkey.Tests.Purchases;

public class FolderTests
{
    [Fact]
    public void A_mapped_sale_bakes_its_settings_and_makes_one_license_with_its_key_and_message()
    {
        var book = new Book();
        var change = book.Say(Ping.Sale());

        Assert.Equal(("pur_3gg7dwbg51evn834s97mtj2vkb", Ping.SaleId, PurchaseState.Active, (string?)null), (change.Purchase.Id, change.Purchase.Name, change.Purchase.State, change.Purchase.HeldFor));
        var license = book.License;
        Assert.Equal(("lic_d88ea5c34dqnc0306cer51h29t", "studio", "pro", 3), (license.Id, license.Product, license.KeyType, license.ActivationLimit));
        Assert.Equal(("email:mara.ito@example.org", "pro", 20), (license.Subject, license.Tier, license.Rank));
        Assert.Equal("ACME-*****-*****-*****-*****-8N75A", license.KeyMasked);
        Assert.False(Assert.Single(change.Keys).Foreign);
        Assert.NotNull(book.KeyRow("ACME-FKR28E1BQN24GQAWXRYF8N75A"));
        Assert.Equal([OutboxKinds.LicenseIssued], book.Told);
        Assert.Equal(1, book.BakedTimes);
        Assert.Equal([(EntryStatus.Applied, "sale")], change.Outcomes.Select(o => (o.Status, o.Resource!)));
    }

    [Fact]
    public void Folding_again_changes_and_tells_nothing()
    {
        var book = new Book();
        book.Say(Ping.Sale());
        var before = book.License;
        Assert.Empty(book.Fold().Baked);
        Assert.Empty(book.Last!.Messages);
        Assert.Equal((before.Id, before.KeyMasked, before.FoldedState, before.CreatedAt), (book.License.Id, book.License.KeyMasked, book.License.FoldedState, book.License.CreatedAt));
    }

    [Fact]
    public void An_unmapped_sale_is_held_and_told_once_until_a_rule_fits()
    {
        var book = new Book(Acme.With(rules: []));
        var held = book.Say(Ping.Sale());
        Assert.Equal((PurchaseState.Held, EntryReasons.UnmappedProduct), (held.Purchase.State, held.Purchase.HeldFor));
        Assert.Equal((EntryStatus.Held, EntryReasons.UnmappedProduct), (held.Outcomes[0].Status, held.Outcomes[0].Reason));
        Assert.Empty(held.Licenses);
        book.Fold();
        Assert.Equal([OutboxKinds.PurchaseHeld], book.Told);
        Assert.Equal(0, book.BakedTimes);

        book.Tenant = Acme.With(version: 2);
        Assert.Null(book.Fold().Purchase.HeldFor);
        Assert.Equal([OutboxKinds.PurchaseHeld, OutboxKinds.LicenseIssued], book.Told);
        Assert.Equal(EntryStatus.Applied, book.Last!.Outcomes[0].Status);
    }

    [Fact]
    public void A_rule_that_names_no_key_type_of_ours_leaves_the_sale_held()
    {
        foreach (var rule in new[] { Acme.ProRule with { KeyType = "gone" }, Acme.ProRule with { Product = "gone" }, Acme.ProRule with { Product = null } })
        {
            Assert.Equal(EntryReasons.UnmappedProduct, new Book(Acme.With(rules: [rule])).Say(Ping.Sale()).Purchase.HeldFor);
        }
    }

    [Fact]
    public void Baked_settings_win_over_later_changes()
    {
        var book = new Book();
        book.Say(Ping.Sale());
        book.Tenant = Acme.With(rules: [], keyTypes: [Acme.Pro with { ActivationLimit = 1, Tier = "lite" }], product: Acme.Studio with { KeyPrefix = "OTHER" }, version: 2);
        book.Fold();
        Assert.Equal((3, "pro", "ACME"), (book.License.ActivationLimit, book.License.Tier, book.License.KeyPrefix));
        Assert.Equal([OutboxKinds.LicenseIssued], book.Told);
        Assert.Equal(1, book.BakedTimes);
    }

    [Theory]
    [InlineData(3, 5, 15)]
    [InlineData(null, 5, null)]
    [InlineData(int.MaxValue, 2, int.MaxValue)]
    public void The_quantity_multiplies_the_limit(int? limit, int quantity, int? expected)
    {
        var book = new Book(Acme.With(keyTypes: [Acme.Pro with { ActivationLimit = limit }]));
        book.Say(Ping.Sale(("quantity", quantity)));
        Assert.Equal(expected, book.License.ActivationLimit);
    }

    [Fact]
    public void A_renewal_makes_no_new_license()
    {
        var book = new Book();
        book.Say(Ping.Charge(0));
        var first = book.License.Id;
        book.Clock.Now = Ping.ChargedAt(1);
        book.Say(Ping.Charge(1, with: ("price", 1)));
        Assert.Equal((first, Ping.ChargedAt(2)), (book.License.Id, book.License.PaidUntil));
        Assert.Equal([OutboxKinds.LicenseIssued, OutboxKinds.LicenseUpdated, OutboxKinds.SubscriptionRenewed], book.Told);
    }

    [Fact]
    public void A_first_charge_that_comes_late_is_what_the_purchase_is_granted_by()
    {
        var (late, inOrder) = (new Book(Situation.Club), new Book(Situation.Club));
        late.Say(Member.Charge(1, "Patron"));
        late.Say(Member.Charge(0, "Reader"));
        inOrder.Say(Member.Charge(0, "Reader"));
        inOrder.Say(Member.Charge(1, "Patron"));
        Assert.Equal(("reader", "reader"), (inOrder.License.KeyType, late.License.KeyType));
    }

    [Fact]
    public void A_gift_is_matched_by_what_the_giver_paid()
    {
        var rules = new[] { Acme.ProRule with { MinPriceUsdCents = 2500 } };
        var gift = Ping.Sale(("price", 0), ("is_gift_receiver_purchase", true), ("gift_price", 2500));
        Assert.Null(new Book(Acme.With(rules)).Say(gift).Purchase.HeldFor);
        Assert.Equal(EntryReasons.UnmappedProduct, new Book(Acme.With(rules)).Say(Ping.Sale(("price", 0), ("gift_price", 2500))).Purchase.HeldFor);
    }

    [Fact]
    public void A_license_born_blocked_is_announced_once_when_the_dispute_is_won()
    {
        var book = new Book();
        book.Say(Ping.Dispute());
        Assert.Equal(EntryReasons.WaitsForSale, book.Last!.Purchase.HeldFor);
        book.Say(Ping.Sale());
        Assert.Equal((LicenseState.Suspended, false), (book.License.FoldedState, book.License.Issued));
        Assert.DoesNotContain(OutboxKinds.LicenseIssued, book.Told);

        book.Say(Ping.DisputeWon());
        book.Fold();
        Assert.True(book.License.Issued);
        Assert.Single(book.Told, OutboxKinds.LicenseIssued);
        Assert.DoesNotContain(OutboxKinds.LicenseReinstated, book.Told);
    }

    [Fact]
    public void A_license_stays_announced_while_it_is_blocked()
    {
        var book = new Book();
        book.Say(Ping.Sale());
        book.Say(Ping.Dispute());
        book.Say(Ping.DisputeWon());
        Assert.Equal([OutboxKinds.LicenseIssued, OutboxKinds.LicenseSuspended, OutboxKinds.LicenseReinstated], book.Told);
    }

    [Fact]
    public void What_a_rule_ignores_makes_nothing_and_is_not_told_as_held()
    {
        var book = new Book(Acme.With(rules: [Acme.ProRule with { Ignore = true }]));
        var change = book.Say(Ping.Sale());
        Assert.Equal((EntryStatus.Ignored, EntryReasons.IgnoredByRule), (change.Outcomes[0].Status, change.Outcomes[0].Reason));
        Assert.Empty(change.Licenses);
        Assert.Empty(book.Told);
    }

    [Fact]
    public void Test_purchases_make_nothing_where_they_are_switched_off()
    {
        var off = new Book(Acme.With(integration: new Integration(Acme.SellerId, TestPurchases: false)));
        Assert.Equal((EntryStatus.Ignored, EntryReasons.TestPurchasesOff), off.Say(Ping.Sale(("test", true))).Outcomes.Select(o => (o.Status, o.Reason!)).Single());
        Assert.Empty(off.Told);

        var on = new Book();
        on.Say(Ping.Sale(("test", true)));
        Assert.Equal((true, Acme.Start.AddDays(7)), (on.License.Test, on.License.Terms.EndsAt));
    }

    [Fact]
    public void A_preorder_waits_for_its_charge()
    {
        var book = new Book();
        Assert.Equal(EntryReasons.WaitsForCharge, book.Say(Ping.Sale(("is_preorder_authorization", true))).Purchase.HeldFor);
        Assert.Empty(book.Last!.Licenses);
    }

    [Fact]
    public void A_clock_that_falls_takes_back_nothing()
    {
        var book = new Book(Acme.With(keyTypes: [Acme.Pro with { DurationDays = 30 }]));
        book.Say(Ping.Sale());
        book.Clock.Now = Acme.Start.AddDays(31);
        Assert.Equal(PurchaseState.Ended, book.Fold().Purchase.State);
        book.Clock.Now = Acme.Start.AddDays(1);
        Assert.Equal(PurchaseState.Ended, book.Fold().Purchase.State);
    }

    [Fact]
    public void Pings_of_a_suspended_tenant_are_held_and_its_sellers_acts_are_not()
    {
        var suspended = Acme.Tenant with { Tenant = Acme.Tenant.Tenant with { State = TenantState.Suspended } };
        var book = new Book(suspended);
        var ping = book.Place(suspended.Entry(Ping.Sale().ToForm(), Acme.Start));
        Assert.Equal((EntryStatus.Held, EntryReasons.TenantSuspended), (ping.Outcome!.Status, ping.Outcome.Reason));
        Assert.Null(ping.Purchase);

        var act = suspended.Entry("{\"kind\":\"suspend\",\"license\":\"lic_1\",\"at\":1}"u8.ToArray(), Acme.Start) with { Source = EntrySource.Seller, Purchase = "pur_1" };
        var placed = book.Place(act);
        Assert.Equal(("pur_1", new Translation.OfSeller(new SellerAct("suspend", "lic_1", 1))), (placed.Purchase, placed.Translation));
        Assert.Null(placed.Outcome);
    }

    [Fact]
    public void Suspending_a_tenant_takes_nothing_from_the_purchases_it_has()
    {
        var suspended = Acme.Tenant with { Tenant = Acme.Tenant.Tenant with { State = TenantState.Suspended } };
        var placed = new Book(suspended).Place(suspended.Entry(Ping.Sale().ToForm(), Acme.Start) with { Purchase = "pur_1" });
        Assert.NotNull(placed.Purchase);
        Assert.IsType<Translation.OfGumroad>(placed.Translation);
        Assert.Null(placed.Outcome);
    }

    [Fact]
    public void What_translates_to_nothing_is_placed_nowhere()
    {
        var book = new Book();
        var rehearsal = book.Place(book.Tenant.Entry(Ping.Captured("18"), Acme.Start));
        Assert.Equal((EntryStatus.Ignored, EntryReasons.Rehearsal), (rehearsal.Outcome!.Status, rehearsal.Outcome.Reason));
        var broken = book.Place(book.Tenant.Entry("{"u8.ToArray(), Acme.Start, Acme.Json));
        Assert.Equal((EntryStatus.Held, "broken_json"), (broken.Outcome!.Status, broken.Outcome.Reason));
    }

    [Fact]
    public void A_fold_that_threw_is_set_aside_without_telling_what_was_in_it()
    {
        var book = new Book();
        var aside = book.SetAside(book.Tenant.Entry(Ping.Sale().ToForm(), Acme.Start), new InvalidOperationException("mara.ito@example.org"));
        Assert.Equal((EntryStatus.Failed, "fold_failed: InvalidOperationException"), (aside.Status, aside.Reason));
    }

    [Fact]
    public void A_change_of_plan_keeps_the_key_even_if_the_prefix_has_changed_since()
    {
        Latchkey.Products.Rule[] rules = [new(Ping.ProductId, "Team", Product: "studio", KeyType: "team"), Acme.ProRule];
        var team = Acme.Pro with { Id = "team", Tier = "team" };
        var book = new Book(Acme.With(rules, keyTypes: [Acme.Pro, team]));
        book.Say(Ping.Charge(0, with: ("variants", new JsonObject { ["Tier"] = "Solo" })));
        var key = book.GeneratedKey(0);

        book.Tenant = Acme.With(rules, Acme.Studio with { KeyPrefix = "NEWER" }, [Acme.Pro, team]);
        book.Clock.Now = Ping.ChargedAt(1);
        book.Say(Ping.Charge(1, with: ("variants", new JsonObject { ["Tier"] = "Team" })));
        Assert.Equal(("team", key), (book.License.Tier, book.GeneratedKey(0)));
    }

    [Fact]
    public void Who_was_granted_it_keeps_it_when_ids_are_to_be_signed_later()
    {
        var unsigned = new Integration(Acme.SellerId) { Subject = new SubjectField(SubjectSource.UrlParam, "account") };
        var book = new Book(Acme.With(integration: unsigned));
        book.Say(Ping.Charge(0, with: ("url_params", new JsonObject { ["account"] = "42" })));
        Assert.Equal("user:42", book.License.Subject);

        var secret = IntegrationSecrets.Seal("acme", book.Tenant.Secrets, IntegrationSecrets.SubjectPurpose, "a secret of the seller"u8);
        book.Tenant = Acme.With(integration: unsigned with { SealedSubjectSecret = secret });
        book.Clock.Now = Ping.ChargedAt(1);
        book.Say(Ping.Charge(1));
        Assert.Equal("user:42", book.License.Subject);
    }
}

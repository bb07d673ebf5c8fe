using System.Text.Json.Nodes;
using Latchkey.Purchases;

namespace Latchkey.Tests.Purchases;

public class FactMergeTests
{
    private static readonly DateTimeOffset T = Acme.Start;

    [Fact]
    public void A_present_value_beats_an_absent_one_whichever_came_last()
    {
        var full = Facts.Of(Ping.Sale(("full_name", "Mara Ito"), ("license_key", Ping.GumroadKey)), T);
        var bare = Facts.Of(Ping.Refund(("full_name", null), ("email", null), ("license_key", null), ("sale_timestamp", null), ("quantity", null)), T.AddHours(1));
        foreach (var charge in new[] { Facts.OneCharge(full, bare), Facts.OneCharge(bare, full) })
        {
            Assert.Equal("Mara Ito", charge.FullName);
            Assert.Equal("mara.ito@example.org", charge.Email);
            Assert.Equal(Ping.GumroadKey, charge.LicenseKey);
            Assert.Equal(T, charge.SoldAt);
            Assert.Equal(1, charge.Quantity);
            Assert.True(charge.Refunded);
        }
    }

    [Fact]
    public void The_snapshot_with_more_flags_wins_even_if_it_was_seen_earlier()
    {
        var sale = Facts.Of(Ping.Sale(("email", "old@example.org"), ("quantity", 2)), T.AddDays(2));
        var refund = Facts.Of(Ping.Refund(("email", "new@example.org"), ("quantity", 3)), T);
        var lost = Facts.Of(Ping.Refund(("email", "newest@example.org"), ("disputed", true)), T.AddDays(-1));
        Assert.Equal(("new@example.org", 3), Seen(Facts.OneCharge(sale, refund)));
        Assert.Equal(("new@example.org", 3), Seen(Facts.OneCharge(refund, sale)));
        Assert.Equal(("newest@example.org", 1), Seen(Facts.OneCharge(lost, sale, refund)));
    }

    [Fact]
    public void Of_equal_flags_the_one_last_seen_later_wins()
    {
        var first = Facts.Of(Ping.Sale(("email", "a@example.org")), T);
        var second = Facts.Of(Ping.Sale(("email", "b@example.org")), T.AddHours(1));
        Assert.Equal("b@example.org", Facts.OneCharge(first, second).Email);
        Assert.Equal("b@example.org", Facts.OneCharge(second, first).Email);
        Assert.Equal("a@example.org", Facts.OneCharge(first.SeenAt(T.AddHours(2)), second).Email);
    }

    [Fact]
    public void Of_equal_flags_and_sight_the_greater_hash_wins()
    {
        var a = Facts.Of(Ping.Sale(("email", "a@example.org")), T);
        var b = Facts.Of(Ping.Sale(("email", "b@example.org")), T);
        var expected = a.Entry.RepeatKey.AsSpan().SequenceCompareTo(b.Entry.RepeatKey) > 0 ? "a@example.org" : "b@example.org";
        Assert.Equal(expected, Facts.OneCharge(a, b).Email);
        Assert.Equal(expected, Facts.OneCharge(b, a).Email);
    }

    [Fact]
    public void Only_a_sale_makes_a_grant()
    {
        Assert.False(Facts.OneCharge(Facts.Of(Ping.Refund(), T)).Granting);
        Assert.False(Facts.OneCharge(Facts.Of(Ping.Dispute(), T), Facts.Of(Ping.DisputeWon(), T)).Granting);
        Assert.True(Facts.OneCharge(Facts.Of(Ping.Refund(), T), Facts.Of(Ping.Sale(), T)).Granting);
    }

    [Fact]
    public void A_partial_refund_is_recorded_and_is_no_refund()
    {
        var charge = Facts.OneCharge(Facts.Of(Ping.Sale(), T), Facts.Of(Ping.PartialRefund(), T));
        Assert.True(charge.PartiallyRefunded);
        Assert.False(charge.Refunded);
        Assert.False(Facts.OneCharge(Facts.Of(Ping.Refund(), T)).PartiallyRefunded);
    }

    [Fact]
    public void A_dispute_ping_is_a_dispute_even_without_its_flag() =>
        Assert.True(Facts.OneCharge(Facts.Of(Ping.Dispute(("disputed", null)), T)).Disputed);

    [Theory]
    [InlineData("ef8f9e9e-1bf44e7c-aea6b1ca-67c9d311 ", Ping.GumroadKey)]
    [InlineData("EF8F9E9E-1BF44E7C-AEA6B1CA", null)]
    [InlineData("ACME-FKR28-E1BQN-24GQA-WXRYF-8N75A", null)]
    [InlineData("let me in", null)]
    public void Only_a_key_of_Gumroads_own_format_counts(string sent, string? kept) =>
        Assert.Equal(kept, Facts.OneCharge(Facts.Of(Ping.Sale(("license_key", sent)), T)).LicenseKey);

    [Fact]
    public void An_imitated_key_does_not_push_out_the_real_one() =>
        Assert.Equal(
            Ping.GumroadKey,
            Facts.OneCharge(
                Facts.Of(Ping.Sale(("license_key", Ping.GumroadKey)), T),
                Facts.Of(Ping.Sale(("license_key", "let me in")), T.AddHours(1))).LicenseKey);

    [Fact]
    public void Addresses_are_compared_in_one_spelling() =>
        Assert.Equal("mara.ito@example.org", Facts.OneCharge(Facts.Of(Ping.Sale(("email", " Mara.Ito@Example.ORG ")), T)).Email);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(7, 7)]
    [InlineData(2_000_000_000, 1_000_000)]
    public void A_quantity_is_at_least_one_and_not_absurd(int sent, int kept) =>
        Assert.Equal(kept, Facts.OneCharge(Facts.Of(Ping.Sale(("quantity", sent)), T)).Quantity);

    [Fact]
    public void Charges_stand_in_order_of_sale_time_then_id()
    {
        var facts = FactMerge.Merge(
        [
            Facts.Of(Ping.Charge(2), T), Facts.Of(Ping.Charge(0), T.AddHours(1)), Facts.Of(Ping.Charge(1), T.AddHours(2)),
            Facts.Of(Ping.Charge(0, with: [("sale_id", "charge00")]), T.AddHours(3)),
        ]);
        Assert.Equal(["charge0", "charge00", "charge1", "charge2"], facts.Charges.Select(c => c.SaleId));
        Assert.Equal((Ping.SubscriptionId, Ping.SubscriptionId), (facts.Name, facts.SubscriptionId));
    }

    [Fact]
    public void Within_one_second_the_charge_that_is_no_renewal_was_the_first()
    {
        var bought = Facts.Of(Ping.Charge(0, with: [("sale_id", "zz")]), T);
        var upgrade = Facts.Of(Ping.Charge(0, with: [("sale_id", "aa"), ("is_recurring_charge", true)]), T);
        Assert.Equal("zz", FactMerge.Merge([upgrade, bought]).First!.SaleId);
    }

    [Fact]
    public void What_was_bought_is_the_earliest_charge_that_a_sale_spoke_of()
    {
        var facts = FactMerge.Merge([Facts.Of(Ping.Charge(1), T), Facts.Of(Ping.Charge(0, "refund", ("refunded", true)), T)]);
        Assert.Equal("charge1", facts.First!.SaleId);
    }

    [Fact]
    public void What_the_buyer_typed_over_Gumroads_value_is_not_believed()
    {
        var typed = Facts.OneCharge(Facts.Of(
            Ping.Sale(
                ("email", "somebody@example.net"), ("price", "0"), ("quantity", "9999"), ("test", "true"),
                ("custom_fields", new JsonObject { ["email"] = "somebody@example.net", ["price"] = "0", ["quantity"] = "9999", ["test"] = "true" })),
            T));
        Assert.Equal((null, null, 1, false), (typed.Email, typed.PriceUsdCents, typed.Quantity, typed.IsTest));
    }

    [Fact]
    public void Variants_are_the_choices_not_their_categories() =>
        Assert.Equal(
            ["Pro", "Mac"],
            Facts.OneCharge(Facts.Of(Ping.Sale(("variants", new JsonObject { ["Tier"] = "Pro", ["System"] = "Mac" })), T)).Variants);

    [Fact]
    public void The_digest_tells_sets_apart_and_not_orders_or_repeats()
    {
        var (sale, refund) = (Facts.Of(Ping.Sale(), T), Facts.Of(Ping.Refund(), T));
        var both = FactMerge.Merge([sale, refund]).Digest;
        Assert.Equal(both, FactMerge.Merge([refund, sale]).Digest);
        Assert.Equal(both, FactMerge.Merge([refund, sale.SeenAt(T.AddDays(1))]).Digest);
        Assert.Equal(both, FactMerge.Merge([sale, Facts.Baked(Acme.Pro), refund]).Digest);
        Assert.NotEqual(both, FactMerge.Merge([sale]).Digest);
    }

    [Fact]
    public void The_earliest_baked_settings_stand()
    {
        var first = Facts.Baked(Acme.Pro);
        var late = Facts.Baked(Acme.Pro with { Tier = "late" });
        late = late with { Entry = late.Entry with { FirstSeenAt = T.AddDays(1) } };
        Assert.Equal("pro", FactMerge.Merge([late, first, Facts.Of(Ping.Sale(), T)]).Bakings[0].Tier);
    }

    private static (string? Email, int Quantity) Seen(Charge charge) => (charge.Email, charge.Quantity);
}

using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Gumroad.Events;
using Latchkey.Inbox;
using Latchkey.Tenants;

namespace Latchkey.Tests.Inbox;

public class TranslatorTests
{
    [Theory]
    [InlineData("02", "sale", "clM3jqGMmb-9kRYDu19z0w==")]
    [InlineData("13", "sale", Ping.SubscriptionId)]
    [InlineData("15", "sale", Ping.SubscriptionId)]
    [InlineData("25", "refund", "clM3jqGMmb-9kRYDu19z0w==")]
    [InlineData("26", "refund", Ping.SaleId)]
    [InlineData("27", "dispute", "YVUm8XM0ZItQLUSU9OCoLQ==")]
    [InlineData("28", "dispute_won", "YVUm8XM0ZItQLUSU9OCoLQ==")]
    [InlineData("29", "cancellation", Ping.SubscriptionId)]
    public void A_captured_ping_names_its_purchase(string number, string resource, string name)
    {
        var known = Assert.IsType<Translation.OfGumroad>(Translate(Ping.Captured(number), AnySeller));
        Assert.Equal(name, known.Name);
        Assert.Equal(resource, GumroadResources.Name(known.Event.Resource));
    }

    [Theory]
    [InlineData("sale_id=a&product_id=p", "unknown_resource")]
    [InlineData("resource_name=payout&sale_id=a&product_id=p", "unknown_resource")]
    [InlineData("resource_name=sale&product_id=p", "missing_sale_id")]
    [InlineData("resource_name=cancellation&product_id=p", "missing_subscription_id")]
    [InlineData("resource_name=sale&sale_id=a", "missing_product_id")]
    [InlineData("resource_name=sale&sale_id=a/b&product_id=p", "bad_name")]
    [InlineData("resource_name=sale&sale_id=a&product_id=%ff", "broken_encoding")]
    [InlineData("", "unknown_resource")]
    public void What_is_not_understood_is_held_with_its_reason(string body, string reason) =>
        Assert.Equal(new Translation.Held(reason), Translate(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("{\"a\":", Acme.Json, "broken_json")]
    [InlineData("a=1", "text/plain", "unknown_content_type")]
    public void What_cannot_be_decoded_is_held_with_its_reason(string body, string contentType, string reason) =>
        Assert.Equal(new Translation.Held(reason), Translate(Encoding.UTF8.GetBytes(body), contentType: contentType));

    [Theory]
    [InlineData("sale_id", "another==")]
    [InlineData("product_id", "another==")]
    public void An_id_that_the_buyer_typed_into_a_field_of_that_name_is_held(string name, string typed) =>
        Assert.Equal(new Translation.Held(EntryReasons.ImitatedField), Translate(WithField(Ping.Sale(), name, typed)));

    [Fact]
    public void A_typed_subscription_id_is_no_membership_unless_the_sale_really_is_one()
    {
        var known = Assert.IsType<Translation.OfGumroad>(Translate(WithField(Ping.Sale(), "subscription_id", "somebodys==")));
        Assert.Equal((Ping.SaleId, null), (known.Name, known.Event.SubscriptionId));
        Assert.Equal(new Translation.Held(EntryReasons.ImitatedField), Translate(WithField(Ping.Charge(0), "subscription_id", "somebodys==")));
    }

    [Fact]
    public void A_renewal_names_the_fields_of_the_first_purchase_and_keeps_its_own_ids()
    {
        var renewal = Ping.Charge(1, with: ("custom_fields", new JsonObject { ["sale_id"] = "typed at first" }));
        Assert.Equal(Ping.SubscriptionId, Assert.IsType<Translation.OfGumroad>(Translate(renewal.ToForm())).Name);
    }

    [Fact]
    public void Bodies_beyond_the_limits_are_held_with_their_reason()
    {
        Assert.Equal(new Translation.Held("too_many_pairs"), Translate(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a=1&", 2_001)))));
        Assert.Equal(new Translation.Held("too_deep"), Translate("a[b][c][d][e][f][g][h][i]=1"u8.ToArray()));
        Assert.Equal(new Translation.Held("name_too_long"), Translate(Encoding.UTF8.GetBytes(new string('n', 1_025) + "=1")));
    }

    [Fact]
    public void What_was_truncated_is_held_even_if_it_reads_well() =>
        Assert.Equal(
            new Translation.Held(EntryReasons.TooLarge),
            Translator.Translate(Acme.Tenant, Acme.Tenant.Entry(Ping.Sale().ToForm(), Acme.Start, truncated: true)));

    [Fact]
    public void A_sale_that_belongs_to_a_purchase_stays_there_when_the_seller_id_is_changed()
    {
        var entry = Acme.Tenant.Entry(Ping.Sale(("seller_id", "somebody==")).ToForm(), Acme.Start) with { Purchase = "pur_1" };
        Assert.IsType<Translation.OfGumroad>(Translator.Translate(Acme.Tenant, entry));
    }

    [Fact]
    public void A_sale_of_another_seller_is_held() =>
        Assert.Equal(new Translation.Held(EntryReasons.OtherSeller), Translate(Ping.Sale(("seller_id", "somebody==")).ToForm()));

    [Fact]
    public void A_sale_is_taken_from_any_seller_while_none_is_set_and_without_one_always()
    {
        Assert.IsType<Translation.OfGumroad>(Translate(Ping.Sale(("seller_id", "somebody==")).ToForm(), AnySeller));
        Assert.IsType<Translation.OfGumroad>(Translate(Ping.Sale(("seller_id", null)).ToForm()));
    }

    [Fact]
    public void The_test_button_is_a_rehearsal_whatever_the_hint()
    {
        Assert.Equal(new Translation.Ignored(EntryReasons.Rehearsal), Translate(Ping.Captured("18")));
        Assert.Equal(new Translation.Ignored(EntryReasons.Rehearsal), Translate(Ping.Captured("18"), hint: "sale"));
    }

    [Fact]
    public void The_sellers_own_purchase_is_a_sale() =>
        Assert.IsType<Translation.OfGumroad>(Translate(Ping.Captured("17"), AnySeller));

    [Theory]
    [InlineData(null, "unknown_resource")]
    [InlineData("Refund", "unknown_resource")]
    [InlineData("refund", null)]
    public void Without_a_name_in_the_body_the_address_says_what_it_is(string? hint, string? heldFor)
    {
        var read = Translate("sale_id=a&product_id=p"u8.ToArray(), hint: hint);
        if (heldFor is null)
        {
            Assert.IsType<RefundEvent>(Assert.IsType<Translation.OfGumroad>(read).Event);
        }
        else
        {
            Assert.Equal(new Translation.Held(heldFor), read);
        }
    }

    [Fact]
    public void The_body_overrules_the_address() =>
        Assert.IsType<SaleEvent>(Assert.IsType<Translation.OfGumroad>(Translate(Ping.Sale().ToForm(), hint: "refund")).Event);

    private static TenantContext AnySeller { get; } = Acme.With(integration: Integration.Default);

    /// <summary>A checkout field stands flat under its own name, over Gumroad's value, and once more among the fields.</summary>
    private static byte[] WithField(JsonObject payload, string name, string typed)
    {
        payload[name] = typed;
        payload["custom_fields"] = new JsonObject { [name] = typed };
        return payload.ToForm();
    }

    private static Translation Translate(byte[] body, TenantContext? tenant = null, string contentType = Acme.Form, string? hint = null) =>
        Translator.Translate(tenant ?? Acme.Tenant, (tenant ?? Acme.Tenant).Entry(body, Acme.Start, contentType, hint));
}

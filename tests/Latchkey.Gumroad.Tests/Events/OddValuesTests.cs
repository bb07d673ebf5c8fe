using Latchkey.Gumroad.Events;

namespace Latchkey.Gumroad.Tests.Events;

public class OddValuesTests
{
    private const string Sale = "resource_name=sale&sale_id=s&product_id=p&";
    private const string Subscription = "subscription_id=s&product_id=p&resource_name=";

    [Theory]
    [InlineData("price=abc", "price")]
    [InlineData("price=1.5", "price")]
    [InlineData("price=99999999999999999999", "price")]
    [InlineData("price[x]=1", "price")]
    [InlineData("quantity=3000000000", "quantity")]
    [InlineData("refunded=maybe", "refunded")]
    [InlineData("refunded=True", "refunded")]
    [InlineData("test=1", "test")]
    [InlineData("sale_timestamp=yesterday", "sale_timestamp")]
    [InlineData("sale_timestamp=2026-02-30T00:00:00Z", "sale_timestamp")]
    [InlineData("email[]=a%40example.org", "email")]
    [InlineData("card=visa", "card")]
    [InlineData("card[type][x]=visa", "card[type]")]
    [InlineData("url_params=x", "url_params")]
    [InlineData("variants[a][b]=x", "variants")]
    [InlineData("custom_fields=x", "custom_fields")]
    [InlineData("retry_count=x", "retry_count")]
    [InlineData("shipping_information[]=x", "shipping_information")]
    [InlineData("subscription_id[]=x", "subscription_id")]
    public void A_value_that_cannot_be_read_is_named_and_left_empty(string pair, string name)
    {
        var clean = Read(Sale);
        var read = Read(Sale + pair);
        Assert.Equal([name], read.Malformed);
        Assert.Empty(read.Unknown.Entries);

        // A map of somebody's own names, and a card, stay with what could be read of them: here nothing.
        Assert.Equal(clean, read with { Malformed = clean.Malformed, Unknown = clean.Unknown, Card = clean.Card, Variants = clean.Variants });
    }

    [Theory]
    [InlineData("price=")]
    [InlineData("refunded=&test=&sale_timestamp=&card=&card[type]=&url_params=&custom_fields=&retry_count=&subscription_id=")]
    public void Empty_is_absent_and_not_malformed(string pairs)
    {
        var read = Read(Sale + pairs);
        Assert.Empty(read.Malformed);
        Assert.Null(read.PriceUsdCents);
        Assert.Null(read.Refunded);
        Assert.False(read.IsTest);
        Assert.Null(read.UrlParams);
        Assert.Null(read.SubscriptionId);
        Assert.Empty(read.CustomFields);
        Assert.Equal(0, read.RetryCount);
    }

    [Fact]
    public void Fields_that_shadow_earlier_keys_stand_at_the_top_and_the_map_keeps_the_answers()
    {
        var read = Assert.IsType<SaleEvent>(EventReaderTests.ReadEvent(PingCase.OfForm("05_").Body));
        Assert.Equal(("not-the-buyer@example.net", 0L, 9_999), (read.Email, read.PriceUsdCents, read.Quantity));
        Assert.Equal("maybe", read.CustomFields["refunded"]);
        Assert.False(read.Refunded);
        Assert.Empty(read.Unknown.Entries);
    }

    [Fact]
    public void Flat_copies_of_custom_fields_end_up_unknown()
    {
        var read = EventReaderTests.ReadEvent(PingCase.OfForm("04_").Body);
        Assert.Equal(["Company & Team", "Order [ref] #", "a=b?c", "C++ / C#", "50% off", "Prénom 😀"], read.Unknown.Entries.Select(e => e.Key));
        Assert.Equal(read.Unknown.Entries.Select(e => e.Key), read.CustomFields.Keys);
    }

    [Fact]
    public void Custom_fields_are_never_read_from_the_top_level()
    {
        var read = Read(Sale + "Company=Dot&custom_fields[Nick]=Ito");
        Assert.Equal("Ito", Assert.Single(read.CustomFields).Value);
        Assert.Equal("Dot", read.Unknown.Text("Company"));
    }

    [Fact]
    public void The_flat_address_is_known_beside_the_map_and_a_custom_field_without_it()
    {
        Assert.Empty(EventReaderTests.ReadEvent(PingCase.OfForm("11_").Body).Unknown.Entries);
        Assert.Equal("Halifax", Read(Sale + "city=Halifax").Unknown.Text("city"));
    }

    [Fact]
    public void A_category_without_title_has_the_empty_name()
    {
        var read = Assert.IsType<SaleEvent>(EventReaderTests.ReadEvent(PingCase.OfForm("10_").Body));
        Assert.Equal(new Dictionary<string, string> { [""] = "Pro" }, read.Variants);
        Assert.Empty(read.Malformed);
    }

    [Fact]
    public void Times_with_fractions_or_an_offset_are_read_as_utc()
    {
        var expected = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);
        Assert.Equal(expected, Read(Sale + "sale_timestamp=2026-03-14T11:26:53%2B02:00").SaleTimestamp);
        Assert.Equal(expected.AddMilliseconds(250), Read(Sale + "sale_timestamp=2026-03-14T09:26:53.25Z").SaleTimestamp);
    }

    [Theory]
    [InlineData("cancelled", SubscriptionEndReason.Cancelled)]
    [InlineData("failed_payment", SubscriptionEndReason.FailedPayment)]
    [InlineData("fixed_subscription_period_ended", SubscriptionEndReason.FixedPeriodEnded)]
    [InlineData("sunset", SubscriptionEndReason.Unknown)]
    public void An_end_keeps_its_words(string words, SubscriptionEndReason reason)
    {
        var read = Assert.IsType<SubscriptionEndedEvent>(EventReaderTests.ReadEvent($"{Subscription}subscription_ended&ended_reason={words}"));
        Assert.Equal((words, reason), (read.EndedReason, read.Reason));
    }

    [Theory]
    [InlineData("", CancelledBy.Unknown)]
    [InlineData("&cancelled_by_buyer=false", CancelledBy.Unknown)]
    [InlineData("&cancelled_by_buyer=true", CancelledBy.Buyer)]
    [InlineData("&cancelled_by_seller=true", CancelledBy.Seller)]
    [InlineData("&cancelled_by_admin=true", CancelledBy.Admin)]
    [InlineData("&cancelled_due_to_payment_failures=true", CancelledBy.PaymentFailures)]
    public void A_cancellation_says_by_whom(string pairs, CancelledBy by)
    {
        var read = Assert.IsType<CancellationEvent>(EventReaderTests.ReadEvent($"{Subscription}cancellation{pairs}"));
        Assert.Equal(by, read.By);
        Assert.Empty(read.Unknown.Entries);
    }

    [Fact]
    public void A_change_of_plan_in_unknown_words_is_malformed()
    {
        var read = Assert.IsType<SubscriptionUpdatedEvent>(EventReaderTests.ReadEvent($"{Subscription}subscription_updated&type=sidegrade&new_plan[tier]=x&new_plan[quantity]=y"));
        Assert.Null(read.Type);
        Assert.Equal(["type", "new_plan[tier]", "new_plan[quantity]"], read.Malformed);
    }

    private static SaleEvent Read(string body) => Assert.IsType<SaleEvent>(EventReaderTests.ReadEvent(body));
}

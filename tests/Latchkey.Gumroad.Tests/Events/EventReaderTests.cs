using Latchkey.Gumroad.Events;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Tests.Events;

public class EventReaderTests
{
    [Theory, MemberData(nameof(PingCase.DeliveryNames), MemberType = typeof(PingCase))]
    public void Every_delivery_is_understood_as_what_it_says(string name)
    {
        var ping = PingCase.OfForm(name);
        var read = ReadEvent(ping.Body);
        Assert.Equal(ping.Source.GetProperty("resource_name").GetString(), GumroadResources.Name(read.Resource));
        Assert.Equal(GumroadResources.Name(read.Resource).Replace("_", "", StringComparison.Ordinal) + "event", read.GetType().Name.ToLowerInvariant());
    }

    [Theory, MemberData(nameof(PingCase.DeliveryNames), MemberType = typeof(PingCase))]
    public void A_hint_does_not_overrule_the_body(string name)
    {
        var root = Decoding.Root(PingCase.OfForm(name).Body);
        foreach (var hint in Enum.GetValues<GumroadResource>())
        {
            Assert.Equal(root.Text("resource_name"), GumroadResources.Name(Understood(root, hint).Resource));
        }
    }

    [Fact]
    public void The_cases_cover_all_eight_resources() =>
        Assert.Equal(
            Enum.GetValues<GumroadResource>(),
            PingCase.Forms.Where(c => c.Kind == "delivery").Select(c => ReadEvent(c.Body).Resource).Distinct().Order());

    [Fact]
    public void Resource_names_parse_back_and_others_do_not()
    {
        foreach (var resource in Enum.GetValues<GumroadResource>())
        {
            Assert.True(GumroadResources.TryParse(GumroadResources.Name(resource), out var parsed));
            Assert.Equal(resource, parsed);
        }

        Assert.False(GumroadResources.TryParse("Sale", out _));
        Assert.False(GumroadResources.TryParse("", out _));
        Assert.False(GumroadResources.TryParse(null, out _));
    }

    [Fact]
    public void The_test_button_is_a_rehearsal_whatever_the_hint()
    {
        var root = Decoding.Root(PingCase.OfForm("18_").Body);
        Assert.Same(root, Assert.IsType<EventReading.Rehearsal>(EventReader.Read(root)).Body);
        Assert.IsType<EventReading.Rehearsal>(EventReader.Read(root, GumroadResource.Refund));
        Assert.IsType<EventReading.Rehearsal>(EventReader.Read(Decoding.Root("test=true&resource_name=")));
    }

    [Fact]
    public void The_sellers_own_purchase_is_a_sale_marked_as_test() =>
        Assert.True(Assert.IsType<SaleEvent>(ReadEvent(PingCase.OfForm("17_").Body)).IsTest);

    [Fact]
    public void Without_a_name_the_hint_decides()
    {
        var root = Decoding.Root("sale_id=a&subscription_id=s&product_id=p");
        Assert.IsType<DisputeWonEvent>(Understood(root, GumroadResource.DisputeWon));
        Assert.IsType<SubscriptionEndedEvent>(Understood(root, GumroadResource.SubscriptionEnded));
        Assert.Equal("unknown_resource", Reason("sale_id=a&product_id=p"));
    }

    [Theory]
    [InlineData("resource_name=payout&sale_id=a&product_id=p", "unknown_resource")]
    [InlineData("resource_name[x]=sale&sale_id=a&product_id=p", "unknown_resource")]
    [InlineData("resource_name[]=sale&test=true&sale_id=a&product_id=p", "unknown_resource")]
    [InlineData("resource_name=sale&product_id=p", "missing_sale_id")]
    [InlineData("resource_name=refund&sale_id=&product_id=p", "missing_sale_id")]
    [InlineData("resource_name=dispute&sale_id[a]=b&product_id=p", "missing_sale_id")]
    [InlineData("resource_name=cancellation&sale_id=a&product_id=p", "missing_subscription_id")]
    [InlineData("resource_name=sale&sale_id=a", "missing_product_id")]
    [InlineData("resource_name=subscription_ended&subscription_id=a", "missing_product_id")]
    [InlineData("resource_name=sale&sale_id=a/b&product_id=p", "bad_name")]
    [InlineData("resource_name=sale&sale_id=a%0A&product_id=p", "bad_name")]
    [InlineData("resource_name=sale&sale_id=%C3%A9&product_id=p", "bad_name")]
    [InlineData("resource_name=sale&sale_id=a&product_id=p%20", "bad_name")]
    [InlineData("resource_name=sale&sale_id=a&product_id=p&subscription_id=what+I+typed", "bad_name")]
    [InlineData("resource_name=cancellation&subscription_id=%00&product_id=p", "bad_name")]
    public void What_cannot_be_acted_on_says_why(string body, string reason) =>
        Assert.Equal(reason, Reason(body, GumroadResource.Sale));

    [Fact]
    public void Ids_have_up_to_64_characters()
    {
        Assert.IsType<SaleEvent>(ReadEvent($"resource_name=sale&product_id=p&sale_id={new string('a', 64)}"));
        Assert.Equal("bad_name", Reason($"resource_name=sale&product_id=p&sale_id={new string('a', 65)}"));
    }

    internal static GumroadEvent ReadEvent(string body) => Understood(Decoding.Root(body));

    internal static GumroadEvent ReadEvent(byte[] body, string? contentType = null) => Understood(Decoding.Root(body, contentType));

    private static GumroadEvent Understood(PingMap root, GumroadResource? hint = null) =>
        Assert.IsType<EventReading.Understood>(EventReader.Read(root, hint)).Event;

    private static string Reason(string body, GumroadResource? hint = null) =>
        Assert.IsType<EventReading.NotUnderstood>(EventReader.Read(Decoding.Root(body), body.Contains("resource_name", StringComparison.Ordinal) ? hint : null)).Reason;
}

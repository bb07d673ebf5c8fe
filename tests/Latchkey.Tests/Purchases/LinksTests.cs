using System.Text.Json.Nodes;
using Latchkey.Purchases;
using Latchkey.Rights;

namespace Latchkey.Tests.Purchases;

public class LinksTests
{
    private static readonly DateTimeOffset T = Acme.Start;

    private static readonly JsonObject Gift = Ping.Sale(("price", 0), ("is_gift_receiver_purchase", true), ("gift_price", 2500), ("gifter_email", "noor@example.org"));

    private static readonly JsonObject Giver = Ping.Dispute(("sale_id", "giver"), ("email", "noor@example.org"));

    [Fact]
    public void A_gift_is_tied_to_what_its_giver_paid()
    {
        var link = Assert.Single(Links.Find(Of("giver", Giver), [Of("gift", Gift)], Acme.Tenant.Rules));
        Assert.Equal(("gift", "giver", "gift"), (link.Kind, link.Parent, link.Child));
        Assert.Equal([link], Links.Find(Of("gift", Gift), [Of("giver", Giver)], Acme.Tenant.Rules));
    }

    [Fact]
    public void Two_gifts_of_one_giver_are_tied_to_none_while_only_one_payment_is_known()
    {
        var other = (JsonObject)Gift.DeepClone();
        (other["sale_id"], other["email"]) = ("gift2", "lee@example.org");
        Assert.Empty(Links.Find(Of("giver", Giver), [Of("gift", Gift), Of("gift2", other)], Acme.Tenant.Rules));
    }

    private static Purchase Of(string id, JsonObject payload)
    {
        var facts = FactMerge.Merge([Facts.Of(payload, T)]);
        return new Purchase(
            "acme", id, facts.Name!, null, null, null, false, PurchaseState.Active, null, [], null, facts.Charges, [], null, T, facts.Digest, T,
            Links.EmailOf(facts.Charges, Acme.Tenant.Rules));
    }
}

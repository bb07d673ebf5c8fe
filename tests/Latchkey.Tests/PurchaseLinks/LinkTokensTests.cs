using Latchkey.PurchaseLinks;

namespace Latchkey.Tests.PurchaseLinks;

public class LinkTokensTests
{
    private readonly PurchaseLink _link = ALink.Open();

    [Fact]
    public void Both_names_lead_back_to_the_link_and_neither_stands_for_the_other()
    {
        var (address, reference) = (LinkTokens.Address(Acme.Tenant, _link.Id), _link.Reference());

        Assert.Equal(_link.Id, LinkTokens.OfAddress(Acme.Tenant, address));
        Assert.Equal(_link.Id, LinkTokens.OfReference(Acme.Tenant, reference));
        Assert.Equal(_link.Id, LinkTokens.OfReference(Acme.Tenant, $" {reference.ToUpperInvariant()} "));
        Assert.Null(LinkTokens.OfAddress(Acme.Tenant, reference[2..]));
        Assert.Null(LinkTokens.OfReference(Acme.Tenant, "lk" + address));
    }

    [Fact]
    public void A_name_that_was_changed_or_is_another_tenants_is_none()
    {
        var reference = _link.Reference();
        foreach (var said in new[] { null, "", "lk", reference[..^1], reference + "0", (reference[..^1] + (reference[^1] == '0' ? '1' : '0')), LinkTokens.Reference(Acme.Other, _link.Id) })
        {
            Assert.Null(LinkTokens.OfReference(Acme.Tenant, said));
        }
    }
}

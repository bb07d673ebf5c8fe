using System.Text;
using Latchkey.Gumroad.Api;
using Latchkey.Inbox;
using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Simulator;

namespace Latchkey.Server.Tests.PurchaseLinks.AtGumroad;

public sealed class LinkChoreWorkTests : AtGumroadTest
{
    [Theory]
    [InlineData(nameof(LinkStrength.Code))]
    [InlineData(nameof(LinkStrength.Product))]
    public async Task A_sale_whose_ping_did_not_come_is_found_and_folded(string strength)
    {
        var link = await OpenAsync(Enum.Parse<LinkStrength>(strength));
        await Gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = "somebody.else@example.org" });
        var sale = await BuyAsync(link);

        Assert.Null(await DoAsync(link.Id));

        var charge = Assert.Single(Reads()).Sale!.Charge;
        Assert.Equal((sale.SaleId, link.Made.ProductId), (charge.SaleId, charge.ProductId));
        Assert.Equal(LinkState.Open, Shelf[link.Id].State);
    }

    [Theory]
    [InlineData(LinkStrength.Token)]
    [InlineData(LinkStrength.Code)]
    [InlineData(LinkStrength.Product)]
    internal async Task Where_nothing_was_sold_the_link_stays_open_and_is_looked_at_again(LinkStrength strength)
    {
        var link = await OpenAsync(strength);
        await AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Null(await DoAsync(link.Id));

        Assert.Empty(Shelf.Entries);
        Assert.Equal((LinkState.Open, new LinkChore(LinkChores.ReadBack, Start.AddMinutes(10))), (Shelf[link.Id].State, Shelf[link.Id].Chore));
    }

    [Fact]
    public async Task What_a_token_may_have_sold_is_listed_for_the_seller_to_decide()
    {
        await Gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = "early@example.org" });
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        var link = await OpenAsync(LinkStrength.Token, new LinkTerms { GumroadProduct = "the-brush", Variant = "large", MinPriceUsdCents = 2900 });
        var large = new Dictionary<string, string> { ["Size"] = "Large" };
        await Gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = "small@example.org" });
        await Gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = "two@example.org", Variants = large, Quantity = 2 });
        await Gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = "giftee@example.org", Variants = large, Gift = new Gift(Buyer) });
        var refunded = await Gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = "back@example.org", Variants = large });
        await Gumroad.RefundAsync(refunded.SaleId);
        var anothers = await Gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = "decided@example.org", Variants = large });
        Shelf.Entries.Add(new Entry(
            "acme", "png_1", EntrySource.Redemption, Start, Start, Start, 0, [], null, null, [], Purchase: PurchaseOf(anothers)));
        var fits = await Gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = Buyer, Variants = large });

        Assert.Null(await DoAsync(link.Id));

        var held = Shelf[link.Id];
        Assert.Equal((LinkState.Held, LinkReasons.NotCertain), (held.State, held.Reason));
        Assert.Equal([PurchaseOf(fits)], held.Candidates);
        Assert.Equal(fits.SaleId, Assert.Single(Reads()).Sale!.Charge.SaleId);
    }

    [Fact]
    public async Task A_candidate_that_is_known_already_is_not_read_again()
    {
        var link = await OpenAsync(LinkStrength.Token);
        var sale = await BuyAsync(link);
        Shelf.Purchases[PurchaseOf(sale)] = Bought(sale);

        Assert.Null(await DoAsync(link.Id));

        Assert.Equal([PurchaseOf(sale)], Shelf[link.Id].Candidates);
        Assert.Empty(Shelf.Entries);
    }

    [Fact]
    public async Task A_gift_of_which_only_the_givers_half_is_shown_is_left_to_the_seller()
    {
        var link = await OpenAsync(LinkStrength.Code, new LinkTerms { GumroadProduct = "brush", Gift = true });
        await Gumroad.BuyAsync(new BuyOrder { Permalink = "brush", Email = "giftee@example.org", OfferCode = ReferenceOf(link), Gift = new Gift(Buyer) });

        Assert.Null(await DoAsync(link.Id));

        var given = Assert.Single(Reads());
        Assert.False(given.Sale!.Charge.Granting);
        Assert.Equal(LinkState.Held, Shelf[link.Id].State);
        Assert.Equal([Tenant.Secrets.Derivation.PurchaseId(given.Name)], Shelf[link.Id].Candidates);
    }

    [Fact]
    public async Task A_link_that_its_sale_has_redeemed_meanwhile_stays_redeemed()
    {
        var link = await OpenAsync(LinkStrength.Token);
        await BuyAsync(link);
        Shelf.Before = () => Shelf[link.Id] = Shelf[link.Id] with { State = LinkState.Redeemed, Chore = null };

        Assert.Null(await DoAsync(link.Id));

        Assert.Equal((LinkState.Redeemed, null, null), (Shelf[link.Id].State, Shelf[link.Id].Reason, Shelf[link.Id].Chore));
    }

    [Theory]
    [InlineData(LinkStrength.Code)]
    [InlineData(LinkStrength.Product)]
    internal async Task When_its_time_is_over_it_is_looked_at_once_more_and_then_taken_away(LinkStrength strength)
    {
        var link = await OpenAsync(strength);
        await AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Null(await DoAsync(link.Id));
        Assert.Equal(LinkChores.Remove, Shelf[link.Id].Chore?.Kind);
        Assert.Null(await DoAsync(link.Id));

        Assert.Equal((true, null), (Shelf[link.Id].Made.Removed, Shelf[link.Id].Chore));
        await Assert.ThrowsAsync<ArgumentException>(() => BuyAsync(link));
    }

    [Theory]
    [InlineData(LinkStrength.Code)]
    [InlineData(LinkStrength.Product)]
    internal async Task What_the_seller_took_away_himself_is_taken_away(LinkStrength strength)
    {
        var link = await OpenAsync(strength);
        using var client = new GumroadClient(new GumroadClientOptions { AccessToken = Gumroad.CreateAccessToken(), ApiUrl = ApiUrl });
        await (strength == LinkStrength.Code
            ? client.OfferCodes.DeleteAsync(link.Made.ProductId!, link.Made.OfferCodeId!)
            : client.Products.DeleteAsync(link.Made.ProductId!));
        Shelf[link.Id] = Shelf[link.Id] with { Chore = LinkChoreTimes.RemoveNow(Start) };

        Assert.Null(await DoAsync(link.Id));

        Assert.True(Shelf[link.Id].Made.Removed);
    }

    [Fact]
    public async Task What_cannot_be_removed_now_is_removed_later()
    {
        var link = await OpenAsync(LinkStrength.Product);
        Shelf[link.Id] = Shelf[link.Id] with { Chore = LinkChoreTimes.RemoveNow(Start) };
        Wire.IsDown = _ => true;

        Assert.Equal(LinkErrors.Unavailable, await DoAsync(link.Id));

        Assert.Equal(new LinkChore(LinkChores.Remove, Start.AddSeconds(30), 1, LinkErrors.Unavailable), Shelf[link.Id].Chore);
        Wire.IsDown = _ => false;
        Wire.LosesAnswer = r => r.Method == HttpMethod.Delete && Wire.Calls.Count(c => c.StartsWith("DELETE", StringComparison.Ordinal)) == 1;
        Assert.Null(await DoAsync(link.Id));
        Assert.Equal((true, null), (Shelf[link.Id].Made.Removed, Shelf[link.Id].Chore));
    }

    [Fact]
    public async Task Without_an_access_token_nothing_is_done_and_it_says_so()
    {
        var link = await OpenAsync(LinkStrength.Code);
        Tenant = Tenant with { Integration = Tenant.Integration with { SealedGumroadToken = null } };

        Assert.Equal(LinkErrors.TokenMissing, await DoAsync(link.Id));

        Assert.Equal(LinkErrors.TokenMissing, Shelf[link.Id].Chore?.LastError);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_purchase_that_came_too_late_is_refunded_once(bool answerIsLost)
    {
        var link = await OpenAsync(LinkStrength.Token);
        var sale = await BuyAsync(link);
        Shelf.Purchases[PurchaseOf(sale)] = Bought(sale);
        Shelf[link.Id] = Shelf[link.Id] with { State = LinkState.Redeemed, Refunds = [PurchaseOf(sale)], Chore = new(LinkChores.Refund, Start) };
        Wire.LosesAnswer = r => answerIsLost && r.Method == HttpMethod.Put;

        Assert.Equal(answerIsLost ? LinkErrors.Unavailable : null, await DoAsync(link.Id));
        Assert.Equal(answerIsLost, Shelf[link.Id].Chore is not null);
        Assert.Null(answerIsLost ? await DoAsync(link.Id) : null);

        Assert.True(Gumroad.FindSale(sale.SaleId)!.Refunded);
        Assert.Single(Wire.Calls, c => c.StartsWith("PUT", StringComparison.Ordinal));
        Assert.Empty(Shelf[link.Id].Refunds);
        Assert.Null(Shelf[link.Id].Chore);
    }

    [Fact]
    public async Task A_refund_that_is_not_possible_keeps_none_of_the_others_waiting()
    {
        var link = await OpenAsync(LinkStrength.Code);
        var sale = await BuyAsync(link);
        Shelf.Purchases[PurchaseOf(sale)] = Bought(sale);
        Shelf[link.Id] = Shelf[link.Id] with { State = LinkState.Redeemed, Refunds = ["pur_gone", PurchaseOf(sale)], Chore = new(LinkChores.Refund, Start) };

        Assert.Equal(LinkErrors.SaleUnknown, await DoAsync(link.Id));

        Assert.True(Gumroad.FindSale(sale.SaleId)!.Refunded);
        Assert.Equal(["pur_gone"], Shelf[link.Id].Refunds);
        Assert.Equal((LinkChores.Refund, LinkErrors.SaleUnknown), (Shelf[link.Id].Chore?.Kind, Shelf[link.Id].Chore?.LastError));
    }

    [Fact]
    public async Task After_the_refund_what_was_made_is_taken_away()
    {
        var link = await OpenAsync(LinkStrength.Code);
        var sale = await BuyAsync(link);
        Shelf.Purchases[PurchaseOf(sale)] = Bought(sale);
        Shelf[link.Id] = Shelf[link.Id] with { State = LinkState.Redeemed, Refunds = [PurchaseOf(sale)], Chore = new(LinkChores.Refund, Start) };

        Assert.Null(await DoAsync(link.Id));

        Assert.Equal(new LinkChore(LinkChores.Remove, Start), Shelf[link.Id].Chore);
    }

    private Purchase Bought(SimulatedSale sale) => new(
        "acme", PurchaseOf(sale), sale.SaleId, null, null, sale.Email, false, PurchaseState.Active, null, [], null,
        [new Charge(sale.SaleId, Granting: true)], [], null, Start, Encoding.UTF8.GetString([]), Start);
}

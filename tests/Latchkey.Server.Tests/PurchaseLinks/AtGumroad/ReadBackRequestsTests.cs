using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;

namespace Latchkey.Server.Tests.PurchaseLinks.AtGumroad;

public sealed class ReadBackRequestsTests : AtGumroadTest
{
    [Fact]
    public async Task A_request_makes_the_look_due_now()
    {
        var link = await OpenAsync(LinkStrength.Token);
        Time.Now += TimeSpan.FromMinutes(1);

        Assert.True(await RequestAsync(link));

        Assert.Equal(new LinkChore(LinkChores.ReadBack, Time.Now), Shelf[link.Id].Chore);
    }

    [Fact]
    public async Task A_link_is_looked_at_every_half_minute_at_most()
    {
        var link = await OpenAsync(LinkStrength.Token);
        await RequestAsync(link);
        await DoAsync(link.Id);
        var next = Shelf[link.Id].Chore;

        Time.Now += TimeSpan.FromSeconds(29);
        Assert.True(await RequestAsync(link));
        Assert.Equal(next, Shelf[link.Id].Chore);

        Time.Now += TimeSpan.FromSeconds(1);
        Assert.True(await RequestAsync(link));
        Assert.Equal(Time.Now, Shelf[link.Id].Chore?.DueAt);
    }

    [Fact]
    public async Task What_no_longer_waits_is_not_looked_for()
    {
        var used = await OpenAsync(LinkStrength.Token);
        Shelf[used.Id] = Shelf[used.Id] with { State = LinkState.Redeemed };
        var removing = await OpenAsync(LinkStrength.Code);
        Shelf[removing.Id] = Shelf[removing.Id] with { Chore = LinkChoreTimes.RemoveNow(Start) };
        var expired = await OpenAsync(LinkStrength.Token);
        Shelf[expired.Id] = Shelf[expired.Id] with { ExpiresAt = Start.AddTicks(-1) };

        Assert.False(await RequestAsync(used));
        Assert.False(await RequestAsync(removing));
        Assert.False(await RequestAsync(expired));
        Assert.False(await RequestAsync(Link(LinkStrength.Token)));
    }

    [Fact]
    public async Task Without_an_access_token_nobody_can_be_asked()
    {
        var link = await OpenAsync(LinkStrength.Token);
        Tenant = TenantWith(null);

        Assert.False(await RequestAsync(link));
    }

    [Fact]
    public async Task A_change_made_meanwhile_is_kept()
    {
        var link = await OpenAsync(LinkStrength.Token);
        Shelf.Before = () => Shelf[link.Id] = Shelf[link.Id] with { Subject = "user-7" };

        Assert.True(await RequestAsync(link));

        Assert.Equal(("user-7", Time.Now), (Shelf[link.Id].Subject, Shelf[link.Id].Chore?.DueAt));
    }

    private Task<bool> RequestAsync(PurchaseLink link) => Requests.RequestAsync(Tenant, link.Id, CancellationToken.None);
}

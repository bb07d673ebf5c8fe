using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;

namespace Latchkey.Server.Tests.PurchaseLinks.AtGumroad;

public sealed class LinkChoreTimesTests
{
    private static readonly DateTimeOffset Opened = AtGumroadTest.Start;

    [Theory]
    [InlineData(LinkStrength.Token, "0:02 0:10 1:00 6:00 24:00 -")]
    [InlineData(LinkStrength.Code, "0:02 0:10 1:00 6:00 24:00 24:00 remove")]
    internal void Gumroad_is_asked_ever_more_seldom_until_the_time_is_over(LinkStrength strength, string expected)
    {
        var link = AtGumroadTest.Link(strength) with { State = LinkState.Open, OpenedAt = Opened };
        var said = new List<string>();
        var chore = LinkChoreTimes.AfterOpening(link, Opened);
        while (chore is { Kind: LinkChores.ReadBack })
        {
            said.Add(Said(chore));
            chore = LinkChoreTimes.AfterReading(link, chore.DueAt);
        }

        said.Add(chore is null ? "-" : $"{Said(chore)} {chore.Kind}");
        Assert.Equal(expected, string.Join(' ', said));
    }

    [Fact]
    public void A_link_that_nobody_opened_is_looked_at_when_its_time_is_over()
    {
        var link = AtGumroadTest.Link(LinkStrength.Product) with { State = LinkState.Open };

        Assert.Equal(new LinkChore(LinkChores.ReadBack, link.ExpiresAt), LinkChoreTimes.AfterMaking(link));
        Assert.Null(LinkChoreTimes.AfterMaking(link with { Strength = LinkStrength.Token }));
    }

    [Fact]
    public void Opening_a_link_does_not_stop_what_is_being_taken_away()
    {
        var removal = LinkChoreTimes.RemoveNow(Opened);

        Assert.Equal(removal, LinkChoreTimes.AfterOpening(AtGumroadTest.Link(LinkStrength.Code) with { Chore = removal }, Opened));
    }

    [Fact]
    public void What_fails_is_tried_again_ever_later_and_never_given_up()
    {
        var link = AtGumroadTest.Link(LinkStrength.Code);
        var chore = LinkChoreTimes.RemoveNow(Opened);
        var pauses = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            var failed = LinkChoreTimes.AfterFailure(link, chore, LinkErrors.Refused, chore.DueAt)!;
            pauses.Add((failed.DueAt - chore.DueAt).TotalSeconds);
            chore = failed;
        }

        Assert.Equal([30, 60, 120, 240], pauses.Take(4));
        Assert.Equal(6 * 3600, pauses[^1]);
        Assert.Equal((40, LinkErrors.Refused), (chore.Attempts, chore.LastError));
    }

    [Theory]
    [InlineData(LinkStrength.Token, null)]
    [InlineData(LinkStrength.Code, LinkChores.Remove)]
    internal void A_last_look_that_cannot_succeed_does_not_keep_the_link_from_being_removed(LinkStrength strength, string? next)
    {
        var link = AtGumroadTest.Link(strength) with { State = LinkState.Open, OpenedAt = Opened };
        var chore = new LinkChore(LinkChores.ReadBack, link.ExpiresAt);

        Assert.Equal(next, LinkChoreTimes.AfterFailure(link, chore, LinkErrors.TokenMissing, link.ExpiresAt)?.Kind);
        Assert.Equal(LinkChores.ReadBack, LinkChoreTimes.AfterFailure(link, chore, LinkErrors.Unavailable, link.ExpiresAt)?.Kind);
    }

    private static string Said(LinkChore chore)
    {
        var after = chore.DueAt - Opened;
        return $"{(int)after.TotalHours}:{after.Minutes:00}";
    }
}

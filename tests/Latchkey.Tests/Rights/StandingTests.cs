using Latchkey.Rights;

namespace Latchkey.Tests.Rights;

public class StandingTests
{
    private static readonly DateTimeOffset Now = Acme.Start;

    /// <summary>The table of the licensing rules, 6.1, top to bottom: each row has everything the rows below it have.</summary>
    [Theory]
    [InlineData("manual abuse refund dispute", true, true, "Suspended", "suspended", "blocked_by_seller")]
    [InlineData("abuse refund dispute", true, true, "Revoked", "revoked", "abuse")]
    [InlineData("refund dispute", true, true, "Revoked", "revoked", "refunded")]
    [InlineData("dispute", true, true, "Suspended", "suspended", "disputed")]
    [InlineData("", true, true, "Pending", "suspended", "not_started")]
    [InlineData("", false, true, "Ended", "ended", "subscription_ended")]
    [InlineData("", false, false, "Active", "active", null)]
    public void The_first_row_that_applies_is_reported(string holds, bool startsLater, bool ended, string state, string leaseState, string? reason)
    {
        var terms = new Terms(
            holds.Split(' ', StringSplitOptions.RemoveEmptyEntries), startsLater ? Now.AddDays(1) : Now.AddDays(-2), ended ? Now.AddDays(-1) : null, IsSubscription: true);
        Assert.Equal(new Standing(Enum.Parse<LicenseState>(state), leaseState, reason), Standing.At(terms, Now));
    }

    [Theory]
    [InlineData("manual", "blocked_by_seller")]
    [InlineData("abuse", "abuse")]
    [InlineData("refund", "refunded")]
    [InlineData("dispute", "disputed")]
    public void Each_hold_alone_blocks_whatever_the_time(string hold, string reason)
    {
        var terms = new Terms([hold], Now.AddDays(-1), null, IsSubscription: false);
        Assert.Equal(reason, Standing.At(terms, Now).Reason);
        Assert.Equal(reason, Standing.At(terms, Now.AddYears(10)).Reason);
        Assert.False(Standing.At(terms, Now).IsUsable);
    }

    [Fact]
    public void A_duration_is_over_at_its_exact_moment()
    {
        var terms = new Terms([], Now, Now.AddDays(30), IsSubscription: false);
        Assert.True(Standing.At(terms, Now.AddDays(30).AddTicks(-1)).IsUsable);
        Assert.Equal(new Standing(LicenseState.Expired, "ended", "expired"), Standing.At(terms, Now.AddDays(30)));
    }

    [Fact]
    public void A_right_begins_at_its_exact_moment()
    {
        var terms = new Terms([], Now, null, IsSubscription: false);
        Assert.Equal("not_started", Standing.At(terms, Now.AddTicks(-1)).Reason);
        Assert.True(Standing.At(terms, Now).IsUsable);
    }
}

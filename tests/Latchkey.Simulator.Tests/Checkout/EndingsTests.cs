namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>How memberships are cancelled, end, fail and come back.</summary>
public sealed class EndingsTests : ShopTest
{
    [Theory]
    [InlineData(CancelledBy.Buyer, "cancelled_by_buyer")]
    [InlineData(CancelledBy.Seller, "cancelled_by_seller")]
    [InlineData(CancelledBy.Admin, "cancelled_by_admin")]
    public async Task A_cancelled_membership_goes_on_to_the_end_of_what_is_paid(CancelledBy by, string flag)
    {
        var simulator = await ShopAsync();
        var member = await BoughtAsync(simulator, Membership);
        await simulator.CancelAsync(member.SubscriptionId!, by, Limit);
        var cancellation = await OnlyPingAsync(simulator);
        Assert.Equal(("cancellation", "2026-04-14T09:26:53Z", "true"), (cancellation["resource_name"], cancellation["cancelled_at"], cancellation[flag]));
        Assert.Single(cancellation.Pairs, pair => pair.Name.StartsWith("cancelled_by", StringComparison.Ordinal));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.CancelAsync(member.SubscriptionId!, ct: Limit));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RenewAsync(member.SubscriptionId!, Limit));

        await simulator.AdvanceAsync(TimeSpan.FromDays(90), Limit);
        var ended = await OnlyPingAsync(simulator);
        Assert.Equal(("subscription_ended", "2026-04-14T09:26:53Z", "cancelled"), (ended["resource_name"], ended["ended_at"], ended["ended_reason"]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.CancelAsync(member.SubscriptionId!, ct: Limit));
    }

    [Fact]
    public async Task A_cancellation_taken_back_goes_on_without_a_charge()
    {
        var simulator = await ShopAsync();
        var member = await BoughtAsync(simulator, Membership);
        await simulator.CancelAsync(member.SubscriptionId!, ct: Limit);
        await PingsAsync(simulator);
        await simulator.RestartAsync(member.SubscriptionId!, Limit);
        Assert.Equal(["subscription_restarted"], await ResourcesAsync(simulator));
        await simulator.AdvanceToAsync(Start.AddMonths(1), Limit);
        Assert.Equal(["sale"], await ResourcesAsync(simulator));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RestartAsync(member.SubscriptionId!, Limit));
    }

    [Fact]
    public async Task One_that_comes_back_after_its_end_pays_for_a_new_period()
    {
        var simulator = await ShopAsync();
        var member = await BoughtAsync(simulator, Membership);
        await simulator.CancelAsync(member.SubscriptionId!, ct: Limit);
        await simulator.AdvanceAsync(TimeSpan.FromDays(60), Limit);
        await PingsAsync(simulator);
        await simulator.RestartAsync(member.SubscriptionId!, Limit);
        var pings = await PingsAsync(simulator);
        Assert.Equal(["subscription_restarted", "sale"], pings.Select(ping => ping["resource_name"]));
        Assert.Equal(("true", member.LicenseKey), (pings[1]["is_recurring_charge"], pings[1]["license_key"]));
        Assert.Equal(pings[1]["sale_timestamp"], $"{simulator.Memberships[0].PaidUntil.AddMonths(-1):yyyy-MM-dd'T'HH:mm:ss'Z'}");
    }

    [Fact]
    public async Task Events_undone_before_they_are_sent_are_dropped()
    {
        var simulator = await ShopAsync();
        var member = await BoughtAsync(simulator, Membership);
        await simulator.EndAsync(member.SubscriptionId!, Limit);
        await simulator.RestartAsync(member.SubscriptionId!, Limit);
        Assert.Equal(["subscription_restarted"], await ResourcesAsync(simulator));

        await simulator.CancelAsync(member.SubscriptionId!, ct: Limit);
        await PingsAsync(simulator);
        await simulator.RestartAsync(member.SubscriptionId!, Limit);
        await simulator.CancelAsync(member.SubscriptionId!, ct: Limit);
        Assert.Equal(["cancellation"], await ResourcesAsync(simulator));
    }

    [Fact]
    public async Task Refused_renewals_send_nothing_until_the_membership_fails()
    {
        var simulator = await ShopAsync();
        var member = await BoughtAsync(simulator, Membership);
        await simulator.DeclineCardAsync(member.SubscriptionId!, ct: Limit);
        await simulator.AdvanceToAsync(Start.AddMonths(1).AddDays(4), Limit);
        Assert.Empty(await PingsAsync(simulator));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RenewAsync(member.SubscriptionId!, Limit));
        await simulator.AdvanceToAsync(Start.AddMonths(1).AddDays(5), Limit);
        var pings = await PingsAsync(simulator);
        Assert.Equal(["cancellation", "subscription_ended"], pings.Select(ping => ping["resource_name"]));
        Assert.Equal(("true", "failed_payment"), (pings[0]["cancelled_due_to_payment_failures"], pings[1]["ended_reason"]));
        Assert.Equal(7, pings[0].Pairs.Count(pair => pair.Name == "purchase_ids[]"));
        Assert.Single(simulator.Sales);
    }

    [Fact]
    public async Task A_payment_after_failure_restarts_the_membership()
    {
        var simulator = await ShopAsync();
        var member = await BoughtAsync(simulator, Membership);
        await simulator.DeclineCardAsync(member.SubscriptionId!, ct: Limit);
        await simulator.AdvanceAsync(TimeSpan.FromDays(60), Limit);
        await PingsAsync(simulator);
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RestartAsync(member.SubscriptionId!, Limit));
        await simulator.DeclineCardAsync(member.SubscriptionId!, declines: false, Limit);
        await simulator.RestartAsync(member.SubscriptionId!, Limit);
        Assert.Equal(["subscription_restarted", "sale"], await ResourcesAsync(simulator));
    }

    [Fact]
    public async Task A_card_that_works_again_in_time_is_charged_at_once()
    {
        var simulator = await ShopAsync();
        var member = await BoughtAsync(simulator, Membership);
        await simulator.DeclineCardAsync(member.SubscriptionId!, ct: Limit);
        await simulator.AdvanceToAsync(Start.AddMonths(1).AddDays(2), Limit);
        await simulator.DeclineCardAsync(member.SubscriptionId!, declines: false, Limit);
        Assert.Equal("2026-04-16T09:26:53Z", (await OnlyPingAsync(simulator))["sale_timestamp"]);
        Assert.Equal(Start.AddMonths(2), simulator.Memberships[0].PaidUntil);
        await simulator.AdvanceToAsync(Start.AddMonths(2), Limit);
        Assert.Equal(["sale"], await ResourcesAsync(simulator));
    }
}

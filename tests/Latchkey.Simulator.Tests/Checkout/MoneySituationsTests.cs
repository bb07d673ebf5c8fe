namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>What refunds and disputes send.</summary>
public sealed class MoneySituationsTests : ShopTest
{
    [Fact]
    public async Task A_full_refund_says_so()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Book);
        await simulator.RefundAsync(sale.SaleId, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal(("refund", sale.SaleId, "true"), (ping["resource_name"], ping["sale_id"], ping["refunded"]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RefundAsync(sale.SaleId, Limit));
    }

    [Fact]
    public async Task Partial_refunds_say_refunded_only_with_the_last_cent()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Book);
        Assert.False((await simulator.PartialRefundAsync(sale.SaleId, 400, Limit)).Refunded);
        var part = await OnlyPingAsync(simulator);
        Assert.Equal(("refund", "false", "1000"), (part["resource_name"], part["refunded"], part["price"]));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => simulator.PartialRefundAsync(sale.SaleId, 601, Limit));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => simulator.PartialRefundAsync(sale.SaleId, 0, Limit));
        Assert.True((await simulator.PartialRefundAsync(sale.SaleId, 600, Limit)).Refunded);
        Assert.Equal("true", (await OnlyPingAsync(simulator))["refunded"]);
    }

    [Fact]
    public async Task Two_quick_partial_refunds_send_two_equal_bodies()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Book);
        await simulator.PartialRefundAsync(sale.SaleId, 400, Limit);
        await simulator.PartialRefundAsync(sale.SaleId, 600, Limit);
        Assert.Single((await PingsAsync(simulator)).Select(ping => ping.Body).Distinct());
    }

    [Fact]
    public async Task A_won_dispute_stays_disputed_and_a_lost_one_says_nothing_more()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Book);
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.WinDisputeAsync(sale.SaleId, Limit));
        await simulator.DisputeAsync(sale.SaleId, Limit);
        var dispute = await OnlyPingAsync(simulator);
        await simulator.AdvanceAsync(TimeSpan.FromDays(90), Limit);
        Assert.Empty(await PingsAsync(simulator));
        await simulator.WinDisputeAsync(sale.SaleId, Limit);
        var won = await OnlyPingAsync(simulator);

        Assert.Equal(("dispute", "true", "false"), (dispute["resource_name"], dispute["disputed"], dispute["dispute_won"]));
        Assert.Equal(("dispute_won", "true", "true"), (won["resource_name"], won["disputed"], won["dispute_won"]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.WinDisputeAsync(sale.SaleId, Limit));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.DisputeAsync(sale.SaleId, Limit));
    }

    [Fact]
    public async Task A_dispute_won_after_a_refund_is_not_announced()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Book);
        await simulator.DisputeAsync(sale.SaleId, Limit);
        await simulator.RefundAsync(sale.SaleId, Limit);
        await PingsAsync(simulator);
        await simulator.WinDisputeAsync(sale.SaleId, Limit);
        Assert.Empty(await PingsAsync(simulator));
    }

    [Fact]
    public async Task A_disputed_membership_is_cancelled_by_its_buyer_and_ended_and_a_won_one_restarted()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Membership);
        await simulator.DisputeAsync(sale.SaleId, Limit);
        var pings = await PingsAsync(simulator);
        Assert.Equal(["dispute", "cancellation", "subscription_ended"], pings.Select(ping => ping["resource_name"]));
        Assert.Equal(("true", "2026-03-14T09:27:03Z"), (pings[1]["cancelled_by_buyer"], pings[1]["cancelled_at"]));
        Assert.Equal("cancelled", pings[2]["ended_reason"]);
        await simulator.WinDisputeAsync(sale.SaleId, Limit);
        Assert.Equal(["dispute_won", "subscription_restarted"], await ResourcesAsync(simulator));
        Assert.Null(simulator.FindMembership(sale.SubscriptionId!)!.EndedAt);
    }

    [Fact]
    public async Task A_dispute_won_does_not_revive_what_had_ended_before()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Membership);
        await simulator.EndAsync(sale.SubscriptionId!, Limit);
        await simulator.DisputeAsync(sale.SaleId, Limit);
        Assert.Equal(["subscription_ended", "dispute"], await ResourcesAsync(simulator));
        await simulator.WinDisputeAsync(sale.SaleId, Limit);
        Assert.Equal(["dispute_won"], await ResourcesAsync(simulator));
    }

    [Fact]
    public async Task A_refund_while_a_cancellation_is_pending_also_ends_the_membership()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Membership);
        await simulator.CancelAsync(sale.SubscriptionId!, ct: Limit);
        await PingsAsync(simulator);
        await simulator.RefundAsync(sale.SaleId, Limit);
        Assert.Equal(["refund", "subscription_ended"], await ResourcesAsync(simulator));
    }

    [Fact]
    public async Task A_refund_alone_leaves_the_membership_running()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Membership);
        await simulator.RefundAsync(sale.SaleId, Limit);
        Assert.Equal(["refund"], await ResourcesAsync(simulator));
        await simulator.AdvanceAsync(TimeSpan.FromDays(31), Limit);
        Assert.Equal(["sale"], await ResourcesAsync(simulator));
    }

    [Fact]
    public async Task A_resent_ping_is_a_sale_as_it_is_now()
    {
        var simulator = await ShopAsync();
        var sale = await BoughtAsync(simulator, Book);
        await simulator.RefundAsync(sale.SaleId, Limit);
        await PingsAsync(simulator);
        await simulator.ResendPingAsync(sale.SaleId, Limit);
        var again = await OnlyPingAsync(simulator);
        Assert.Equal(("sale", "true", sale.SaleId, null), (again["resource_name"], again["refunded"], again["sale_id"], again["retry_count"]));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => simulator.ResendPingAsync("unknown", Limit));
    }
}

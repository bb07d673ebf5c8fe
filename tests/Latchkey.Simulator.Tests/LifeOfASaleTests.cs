namespace Latchkey.Simulator.Tests;

public sealed class LifeOfASaleTests : SimulatorTest
{
    [Fact]
    public async Task Partial_refunds_say_refunded_only_with_the_last_cent()
    {
        var simulator = await SubscribedAsync();
        var sale = await BoughtAsync(simulator, Inkwell);
        Assert.False((await simulator.PartialRefundAsync(sale.SaleId, 900, Limit)).Refunded);
        var part = await OnlyAsync(simulator);
        Assert.Equal(("refund", "false", "2900"), (part["resource_name"], part["refunded"], part["price"]));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => simulator.PartialRefundAsync(sale.SaleId, 2001, Limit));
        Assert.True((await simulator.PartialRefundAsync(sale.SaleId, 2000, Limit)).Refunded);
        Assert.Equal("true", (await OnlyAsync(simulator))["refunded"]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RefundAsync(sale.SaleId, Limit));
    }

    [Fact]
    public async Task A_won_dispute_stays_disputed()
    {
        var simulator = await SubscribedAsync();
        var sale = await BoughtAsync(simulator, Inkwell);
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.WinDisputeAsync(sale.SaleId, Limit));
        await simulator.DisputeAsync(sale.SaleId, Limit);
        var dispute = await OnlyAsync(simulator);
        await simulator.WinDisputeAsync(sale.SaleId, Limit);
        var won = await OnlyAsync(simulator);

        Assert.Equal(("dispute", "true", "false"), (dispute["resource_name"], dispute["disputed"], dispute["dispute_won"]));
        Assert.Equal(("dispute_won", "true", "true"), (won["resource_name"], won["disputed"], won["dispute_won"]));
        Assert.Equal(sale.SaleId, won["sale_id"]);
    }

    [Fact]
    public async Task A_resent_ping_is_a_sale_as_it_is_now()
    {
        var simulator = await SubscribedAsync();
        var sale = await BoughtAsync(simulator, Inkwell);
        await simulator.RefundAsync(sale.SaleId, Limit);
        await OnlyAsync(simulator);
        await simulator.ResendPingAsync(sale.SaleId, Limit);
        var again = await OnlyAsync(simulator);
        Assert.Equal(("sale", "true", sale.SaleId), (again["resource_name"], again["refunded"], again["sale_id"]));
        Assert.Null(again["retry_count"]);
    }

    [Fact]
    public async Task A_renewal_is_a_new_sale_with_the_old_key_and_nested_fields_only()
    {
        var simulator = await SubscribedAsync();
        var first = await BoughtAsync(simulator, Club with { Quantity = 2, CustomFields = new Dictionary<string, string> { ["Discord"] = "mara" } });
        var renewal = await simulator.RenewAsync(first.SubscriptionId!, Limit);
        var ping = await OnlyAsync(simulator);

        Assert.NotEqual(first.SaleId, renewal.SaleId);
        Assert.Equal((renewal.SaleId, first.SubscriptionId, first.LicenseKey), (ping["sale_id"], ping["subscription_id"], ping["license_key"]));
        Assert.Equal(("true", "true", "monthly", "1800", "2"), (ping["is_recurring_charge"], ping["is_multiseat_license"], ping["recurrence"], ping["price"], ping["quantity"]));
        Assert.Equal("mara", ping["custom_fields[Discord]"]);
        Assert.Null(ping["Discord"]);
    }

    [Fact]
    public async Task A_cancelled_membership_ends_and_restarts()
    {
        var time = new ManualTime();
        var simulator = await SubscribedAsync(time);
        var id = (await simulator.BuyAsync(Club, Limit)).SubscriptionId!;
        await NextAsync();
        await simulator.CancelAsync(id, CancelledBy.Buyer, Limit);
        var cancelled = await NextAsync();
        await simulator.EndAsync(id, Limit);
        var ended = await NextAsync();
        await simulator.RestartAsync(id, Limit);
        var restarted = await NextAsync();

        Assert.Equal(("cancellation", "true", "2026-04-14T09:26:53Z", "true"), (cancelled["resource_name"], cancelled["cancelled"], cancelled["cancelled_at"], cancelled["cancelled_by_buyer"]));
        Assert.Equal(("subscription_ended", "2026-03-14T09:27:13Z", "cancelled"), (ended["resource_name"], ended["ended_at"], ended["ended_reason"]));
        Assert.Equal(("subscription_restarted", "2026-03-14T09:27:33Z"), (restarted["resource_name"], restarted["restarted_at"]));
        Assert.All([cancelled, ended, restarted], ping => Assert.Equal(id, ping["subscription_id"]));

        async Task<Received> NextAsync()
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await simulator.WhenQuietAsync(Limit);
            return await Receiver.NextAsync();
        }
    }

    [Fact]
    public async Task A_restart_that_comes_in_time_drops_the_end()
    {
        var time = new ManualTime();
        var simulator = await SubscribedAsync(time);
        var id = (await simulator.BuyAsync(Club, Limit)).SubscriptionId!;
        await simulator.EndAsync(id, Limit);
        await simulator.RestartAsync(id, Limit);
        time.Advance(TimeSpan.FromSeconds(10));
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(["sale", "subscription_restarted"], Receiver.Requests.Select(ping => ping["resource_name"]).Order());
    }

    [Fact]
    public async Task A_disputed_membership_is_cancelled_and_ended_and_a_won_one_restarted()
    {
        var simulator = await SubscribedAsync();
        var sale = await BoughtAsync(simulator, Club);
        await simulator.DisputeAsync(sale.SaleId, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(["cancellation", "dispute", "subscription_ended"], Receiver.Requests.Skip(1).Select(ping => ping["resource_name"]).Order());
        await simulator.WinDisputeAsync(sale.SaleId, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(["dispute_won", "subscription_restarted"], Receiver.Requests.Skip(4).Select(ping => ping["resource_name"]).Order());
    }

    [Fact]
    public async Task An_upgrade_is_charged_now_and_a_downgrade_with_the_next_renewal()
    {
        var simulator = await SubscribedAsync();
        var first = await BoughtAsync(simulator, Club with { Variants = new Dictionary<string, string> { ["Tier"] = "Reader" } });
        await simulator.ChangePlanAsync(first.SubscriptionId!, "Patron", ct: Limit);
        await simulator.WhenQuietAsync(Limit);
        var update = Receiver.Requests.Single(ping => ping["resource_name"] == "subscription_updated");
        Assert.Equal(("upgrade", "300", "900", "Patron"), (update["type"], update["old_plan[price_cents]"], update["new_plan[price_cents]"], update["new_plan[tier][name]"]));
        Assert.Equal(("600", "true"), (Charged()["price"], Charged()["is_recurring_charge"]));

        await simulator.ChangePlanAsync(first.SubscriptionId!, "Reader", seats: 2, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(2, Receiver.Requests.Count(ping => ping["resource_name"] == "sale"));
        var renewal = await simulator.RenewAsync(first.SubscriptionId!, Limit);
        Assert.Equal((600, 2, "Reader"), (renewal.PriceUsdCents, renewal.Quantity, renewal.Variants["Tier"]));

        Received Charged() => Receiver.Requests.Last(ping => ping["resource_name"] == "sale");
    }

    [Fact]
    public async Task Ids_follow_the_seed_and_look_like_Gumroads()
    {
        var one = await (await SubscribedAsync()).BuyAsync(Club, Limit);
        var other = await (await SubscribedAsync()).BuyAsync(Club, Limit);
        Assert.Equal((one.SaleId, one.SubscriptionId, one.LicenseKey, one.OrderNumber), (other.SaleId, other.SubscriptionId, other.LicenseKey, other.OrderNumber));
        Assert.Matches("^[A-Za-z0-9_-]{22}==$", one.SaleId);
        Assert.Matches("^[0-9A-F]{8}-[0-9A-F]{4}4[0-9A-F]{3}-[89AB][0-9A-F]{7}-[0-9A-F]{8}$", one.LicenseKey);
        Assert.InRange(one.OrderNumber, 1, (1 << 30) - 1);
    }

    private async Task<SimulatedSale> BoughtAsync(GumroadSimulator simulator, BuyOrder order)
    {
        var sale = await simulator.BuyAsync(order, Limit);
        await OnlyAsync(simulator);
        return sale;
    }

    private async Task<Received> OnlyAsync(GumroadSimulator simulator)
    {
        await simulator.WhenQuietAsync(Limit);
        return await Receiver.NextAsync();
    }
}

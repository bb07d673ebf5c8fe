namespace Latchkey.Simulator.Tests.Checkout;

public sealed class PlanChangeTests : ShopTest
{
    [Fact]
    public async Task An_upgrade_is_charged_now_and_takes_the_license_with_it()
    {
        var simulator = await ShopAsync();
        var first = await BoughtAsync(simulator, Membership);
        await simulator.ChangePlanAsync(first.SubscriptionId!, "Better", seats: 2, ct: Limit);
        var pings = await PingsAsync(simulator);
        Assert.Equal(["subscription_updated", "sale"], pings.Select(ping => ping["resource_name"]));
        Assert.Equal(
            ("upgrade", "2026-03-14T09:27:03Z", "1000", "4000", "Better", "2"),
            (pings[0]["type"], pings[0]["effective_as_of"], pings[0]["old_plan[price_cents]"], pings[0]["new_plan[price_cents]"], pings[0]["new_plan[tier][name]"], pings[0]["new_plan[quantity]"]));
        Assert.Equal(("3000", "true", "Better", "2", first.LicenseKey), (pings[1]["price"], pings[1]["is_recurring_charge"], pings[1]["variants[Tier]"], pings[1]["quantity"], pings[1]["license_key"]));
        Assert.Equal(pings[1]["sale_id"], simulator.Ledger.FindLicense(ClubProduct.ProductId, first.LicenseKey!)!.SaleId);

        await simulator.AdvanceToAsync(Start.AddMonths(1), Limit);
        Assert.Equal("4000", (await OnlyPingAsync(simulator))["price"]);
    }

    [Fact]
    public async Task A_downgrade_waits_for_the_end_of_what_is_paid()
    {
        var simulator = await ShopAsync();
        var first = await BoughtAsync(simulator, Membership with { Variants = Map(("Tier", "Better")), Quantity = 2 });
        await simulator.ChangePlanAsync(first.SubscriptionId!, "Basic", seats: 1, ct: Limit);
        var update = await OnlyPingAsync(simulator);
        Assert.Equal(("downgrade", "2026-04-14T09:26:53Z", "Better"), (update["type"], update["effective_as_of"], update["old_plan[tier][name]"]));
        Assert.Equal("Better", simulator.Memberships[0].Tier);
        await simulator.AdvanceToAsync(Start.AddMonths(1), Limit);
        var renewal = await OnlyPingAsync(simulator);
        Assert.Equal(("1000", "Basic", "1"), (renewal["price"], renewal["variants[Tier]"], renewal["quantity"]));
    }

    [Fact]
    public async Task A_downgrade_taken_back_in_time_never_happens()
    {
        var simulator = await ShopAsync();
        var first = await BoughtAsync(simulator, Membership with { Variants = Map(("Tier", "Better")) });
        await simulator.ChangePlanAsync(first.SubscriptionId!, "Basic", ct: Limit);
        await PingsAsync(simulator);
        await simulator.ChangePlanAsync(first.SubscriptionId!, "Better", ct: Limit);
        await simulator.AdvanceToAsync(Start.AddMonths(1), Limit);
        Assert.Equal("2000", (await OnlyPingAsync(simulator))["price"]);
    }

    [Fact]
    public async Task Paying_for_a_longer_period_begins_it_now_and_for_a_shorter_one_later()
    {
        var simulator = await ShopAsync();
        var first = await BoughtAsync(simulator, Membership);
        var changed = simulator.Clock.GetUtcNow();
        await simulator.ChangePlanAsync(first.SubscriptionId!, recurrence: "yearly", ct: Limit);
        var pings = await PingsAsync(simulator);
        Assert.Equal(("monthly", "yearly", "yearly"), (pings[0]["old_plan[recurrence]"], pings[0]["new_plan[recurrence]"], pings[0]["recurrence"]));
        Assert.Equal("9000", pings[1]["price"]);
        Assert.Equal(changed.AddYears(1), simulator.Memberships[0].PaidUntil);

        await simulator.ChangePlanAsync(first.SubscriptionId!, recurrence: "monthly", ct: Limit);
        Assert.Equal(("downgrade", "yearly"), await OnlyPingAsync(simulator) is var update ? (update["type"], update["recurrence"]) : default);
        await simulator.AdvanceToAsync(changed.AddYears(1), Limit);
        Assert.Equal(("1000", "monthly"), await OnlyPingAsync(simulator) is var renewal ? (renewal["price"], renewal["recurrence"]) : default);
        Assert.Equal(changed.AddMonths(13), simulator.Memberships[0].PaidUntil);
    }

    [Fact]
    public async Task Nothing_is_charged_for_an_upgrade_in_a_free_trial()
    {
        var simulator = await ShopAsync(ClubProduct with { FreeTrialDays = 7 });
        var first = await BoughtAsync(simulator, Membership);
        await simulator.ChangePlanAsync(first.SubscriptionId!, "Better", ct: Limit);
        Assert.Equal(["subscription_updated"], await ResourcesAsync(simulator));
        await simulator.AdvanceAsync(TimeSpan.FromDays(7), Limit);
        Assert.Equal("2000", (await OnlyPingAsync(simulator))["price"]);
    }

    [Fact]
    public async Task Without_tiers_nothing_is_told_of_more_seats_but_the_charge()
    {
        var simulator = await ShopAsync(ClubProduct with { Variants = [] });
        var first = await BoughtAsync(simulator, Membership);
        await simulator.ChangePlanAsync(first.SubscriptionId!, seats: 3, ct: Limit);
        Assert.Equal(("sale", "2000"), await OnlyPingAsync(simulator) is var ping ? (ping["resource_name"], ping["price"]) : default);
    }

    [Fact]
    public async Task A_discount_stays_with_the_membership()
    {
        var simulator = await SubscribedAsync(new SimulatorOptions { Speed = 0, StartAt = Start, Products = [ClubProduct], OfferCodes = [new("HALF") { PercentOff = 50 }] });
        var first = await BoughtAsync(simulator, Membership with { OfferCode = "half" });
        await simulator.ChangePlanAsync(first.SubscriptionId!, "Better", ct: Limit);
        Assert.Equal(["1000", "500"], (await PingsAsync(simulator)).Select(ping => ping["new_plan[price_cents]"] ?? ping["price"]));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_the_fields_name()
    {
        var simulator = await ShopAsync();
        var id = (await BoughtAsync(simulator, Membership)).SubscriptionId!;
        await RefusedAsync("Variants", () => simulator.ChangePlanAsync(id, "Best", ct: Limit));
        await RefusedAsync("Seats", () => simulator.ChangePlanAsync(id, seats: 0, ct: Limit));
        await RefusedAsync("Recurrence", () => simulator.ChangePlanAsync(id, recurrence: "weekly", ct: Limit));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => simulator.ChangePlanAsync("unknown", "Better", ct: Limit));
        await simulator.CancelAsync(id, ct: Limit);
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.ChangePlanAsync(id, "Better", ct: Limit));

        static async Task RefusedAsync(string field, Func<Task> change) =>
            Assert.StartsWith(field + ":", (await Assert.ThrowsAsync<ArgumentException>(change)).Message, StringComparison.Ordinal);
    }
}

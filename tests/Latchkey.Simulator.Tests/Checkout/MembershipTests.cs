namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>What memberships send while the clock moves.</summary>
public sealed class MembershipTests : ShopTest
{
    [Fact]
    public async Task A_membership_starts_with_a_sale_that_is_no_recurring_charge()
    {
        var simulator = await ShopAsync();
        await simulator.BuyAsync(Membership with { Quantity = 2, Variants = Map(("Tier", "Better")), Recurrence = "yearly" }, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal(("40000", "yearly", "Better", null, "false"), (ping["price"], ping["recurrence"], ping["variants[Tier]"], ping["is_recurring_charge"], ping["is_multiseat_license"]));
    }

    [Fact]
    public async Task The_clock_renews_with_a_new_sale_the_old_key_and_nested_fields_only()
    {
        var simulator = await ShopAsync();
        var first = await BoughtAsync(simulator, Membership with { CustomFields = Map(("Discord", "mara")), UrlParams = Map(("order", "7")) });
        await simulator.AdvanceToAsync(Start.AddMonths(1), Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.NotEqual(first.SaleId, ping["sale_id"]);
        Assert.Equal((first.SubscriptionId, first.LicenseKey, "true"), (ping["subscription_id"], ping["license_key"], ping["is_recurring_charge"]));
        Assert.Equal(("mara", null, null), (ping["custom_fields[Discord]"], ping["Discord"], ping["url_params[order]"]));
        Assert.Equal("2026-04-14T09:26:53Z", ping["sale_timestamp"]);
    }

    [Fact]
    public async Task A_free_trial_looks_paid_and_is_charged_at_its_end()
    {
        var simulator = await ShopAsync(ClubProduct with { FreeTrialDays = 14 });
        var trial = await simulator.BuyAsync(Membership, Limit);
        var start = await OnlyPingAsync(simulator);
        Assert.Equal(("1000", "visa", null), (start["price"], start["card[type]"], start["is_recurring_charge"]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RefundAsync(trial.SaleId, Limit));
        await simulator.AdvanceToAsync(Start.AddDays(14), Limit);
        Assert.Equal(("1000", "true"), await OnlyPingAsync(simulator) is var charge ? (charge["price"], charge["is_recurring_charge"]) : default);
        Assert.Equal(Start.AddDays(14).AddMonths(1), simulator.Memberships[0].PaidUntil);
    }

    [Fact]
    public async Task Months_are_counted_from_the_first_day_over_years()
    {
        var simulator = await StartAsync(new SimulatorOptions { Speed = 0, StartAt = new(2027, 12, 31, 8, 0, 0, TimeSpan.Zero), Products = [ClubProduct] });
        await simulator.BuyAsync(Membership, Limit);
        await simulator.AdvanceToAsync(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), Limit);
        Assert.Equal(
            ["12-31", "01-31", "02-29", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31", "01-31", "02-28", "03-31"],
            simulator.Sales.Take(16).Select(sale => $"{sale.At:MM-dd}"));
        Assert.Equal(25, simulator.Sales.Count);
        Assert.All(simulator.Sales, sale => Assert.Equal(new TimeOnly(8, 0), TimeOnly.FromTimeSpan(sale.At.TimeOfDay)));
    }

    [Theory]
    [InlineData("monthly", 24)]
    [InlineData("quarterly", 8)]
    [InlineData("biannually", 4)]
    [InlineData("yearly", 2)]
    [InlineData("every_two_years", 1)]
    public async Task Each_recurrence_is_charged_as_often_and_costs_its_months(string recurrence, int payments)
    {
        var simulator = await StartAsync(new SimulatorOptions { Speed = 0, StartAt = Start, Products = [new() { Permalink = "club", Name = "Club", PriceUsdCents = 100, Recurrence = "monthly", OtherRecurrences = [recurrence] }] });
        await simulator.BuyAsync(Membership with { Recurrence = recurrence }, Limit);
        await simulator.AdvanceToAsync(Start.AddYears(2).AddSeconds(-1), Limit);
        Assert.Equal((payments, 2400), (simulator.Sales.Count, simulator.Sales.Sum(sale => sale.PriceUsdCents)));
    }

    [Fact]
    public async Task A_fixed_number_of_charges_ends_by_itself_after_the_last_period()
    {
        var simulator = await ShopAsync(ClubProduct with { ChargeCount = 3 });
        await simulator.BuyAsync(Membership, Limit);
        await simulator.AdvanceAsync(TimeSpan.FromDays(365), Limit);
        var pings = await PingsAsync(simulator);
        Assert.Equal(["sale", "sale", "sale", "subscription_ended"], pings.Select(ping => ping["resource_name"]));
        Assert.Equal(("fixed_subscription_period_ended", "2026-06-14T09:26:53Z", "3"), (pings[3]["ended_reason"], pings[3]["ended_at"], pings[3]["charge_occurrence_count"]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.RestartAsync(simulator.Memberships[0].SubscriptionId, Limit));
    }

    [Fact]
    public async Task Installments_are_a_monthly_subscription_that_ends_by_itself()
    {
        var simulator = await ShopAsync(BookProduct with { Installments = 3 });
        await simulator.BuyAsync(Book with { InInstallments = true }, Limit);
        await simulator.AdvanceAsync(TimeSpan.FromDays(365), Limit);
        var pings = await PingsAsync(simulator);
        Assert.Equal(["334", "333", "333"], pings.Take(3).Select(ping => ping["price"]));
        Assert.All(pings.Take(3), ping => Assert.Equal("monthly", ping["recurrence"]));
        Assert.Equal(("subscription_ended", "fixed_subscription_period_ended"), (pings[3]["resource_name"], pings[3]["ended_reason"]));
    }

    [Fact]
    public async Task A_payment_by_hand_moves_the_next_one_on()
    {
        var simulator = await ShopAsync();
        var member = await BoughtAsync(simulator, Membership);
        await simulator.RenewAsync(member.SubscriptionId!, Limit);
        await simulator.AdvanceToAsync(Start.AddMonths(2).AddSeconds(-1), Limit);
        Assert.Equal(2, simulator.Sales.Count);
        await simulator.AdvanceToAsync(Start.AddMonths(2), Limit);
        Assert.Equal(3, simulator.Sales.Count);
    }

    [Fact]
    public async Task A_membership_that_was_given_away_has_no_card_to_renew_it()
    {
        var simulator = await ShopAsync();
        await simulator.BuyAsync(Membership with { Gift = new("giver@example.org") }, Limit);
        await simulator.AdvanceAsync(TimeSpan.FromDays(60), Limit);
        Assert.Equal(["sale", "cancellation", "subscription_ended"], await ResourcesAsync(simulator));
    }

    [Fact]
    public async Task A_deleted_product_ends_its_memberships_at_once()
    {
        var simulator = await ShopAsync();
        await BoughtAsync(simulator, Membership);
        simulator.Ledger.DeleteProduct(ClubProduct.ProductId);
        var pings = await PingsAsync(simulator);
        Assert.Equal(["cancellation", "subscription_ended"], pings.Select(ping => ping["resource_name"]));
        Assert.Equal("2026-03-14T09:27:03Z", pings[0]["cancelled_at"]);
    }
}

using static Latchkey.Simulator.Tests.Checkout.Scenario;

namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>The stories behind the sample pings about memberships.</summary>
internal static class MembershipScenarios
{
    private static readonly DateTimeOffset Founded = At("2025-11-02T17:05:41Z");

    private static readonly BuyOrder Discord = Club with { CustomFields = Map(("Discord name", "mara#0042")) };

    public static Dictionary<string, Scenario> All { get; } = new()
    {
        ["13_sale_membership_first_charge"] = new("m01 1", s => s.BuyAsync(Club)) { Owner = "m01", Products = [InkClub] },
        ["14_sale_membership_multiseat"] = new("m02 1", s => s.BuyAsync(Team)) { Owner = "m02", Products = [InkTeam] },
        ["15_sale_recurring_charge"] = new("m01 1,m01 2", async s =>
        {
            await s.BuyAsync(Discord);
            await s.AdvanceToAsync(At("2026-04-14T09:27:10Z"));
        })
        {
            Owner = "m01",
            Products = [InkClub],
            StartAt = At("2026-03-14T09:27:10Z"),
        },
        ["29_cancellation_by_buyer"] = new("m01 1,m01 2", s => LeaveComeBackAndCancelAsync(s, Discord)) { Owner = "m01", Products = [InkClub], StartAt = Founded },
        ["30_cancellation_payment_failures"] = new("m03 1", async s =>
        {
            var member = await s.BuyAsync(Club with { HasAccount = false });
            await s.AdvanceToAsync(At("2026-04-20T02:00:09Z"));
            await s.CancelAsync(member.SubscriptionId!, CancelledBy.PaymentFailures);
        })
        {
            Owner = "m03",
            Products = [InkClub],
            StartAt = At("2026-03-22T00:00:00Z"),
            // A monthly membership of November that was paid once cannot fail in April only.
            Invented = ["created_at"],
        },
        ["31_subscription_updated_upgrade"] = new("m02 1,m02 2", async s =>
        {
            var member = await s.BuyAsync(Team with { HasAccount = true });
            await s.AdvanceToAsync(At("2026-03-20T12:00:00Z"));
            await s.ChangePlanAsync(member.SubscriptionId!, seats: 5);
        })
        {
            Owner = "m02",
            Products = [InkTeam],
            StartAt = Founded,
        },
        ["32_subscription_updated_downgrade"] = new("m04 1", async s =>
        {
            var member = await s.BuyAsync(Club with { Variants = Map(("Tier", "Patron & Friends")), Recurrence = "yearly" });
            await s.ChangePlanAsync(member.SubscriptionId!, "Reader", recurrence: "monthly");
        })
        {
            Owner = "m04",
            Products = [InkClub with { IsLicensed = false }],
            StartAt = At("2025-12-31T23:59:59Z"),
            // What was paid yearly since November does not end in December, and a yearly plan that is still on is not monthly.
            Invented = ["created_at", "recurrence"],
        },
        ["33_subscription_ended_fixed_period"] = new(string.Join(',', Enumerable.Range(1, 12).Select(number => $"m05 {number}")), async s =>
        {
            await s.BuyAsync(Club);
            await s.AdvanceAsync(TimeSpan.FromDays(400));
        })
        {
            Owner = "m05",
            Products = [InkClub with { ChargeCount = 12 }],
            StartAt = Founded,
        },
        ["34_subscription_restarted"] = new("m01 1,m01 2", async s =>
        {
            await LeaveComeBackAndCancelAsync(s, Discord);
            await s.AdvanceToAsync(At("2026-05-02T07:59:55Z"));
            await s.RestartAsync(s.Memberships[0].SubscriptionId);
        })
        {
            Owner = "m01",
            Products = [InkClub],
            StartAt = Founded,
        },
        ["35_cancellation_in_free_trial"] = new("m06 1", async s =>
        {
            var member = await s.BuyAsync(Club);
            await s.CancelAsync(member.SubscriptionId!, CancelledBy.Seller);
        })
        {
            Owner = "m06",
            Products = [InkClub with { IsLicensed = false, FreeTrialDays = 7 }],
            // A trial lasts whole days, so that one of November does not end at this time of the day.
            Invented = ["created_at"],
        },
        ["j03_cancellation"] = new("j03 1,j03 2", s => LeaveComeBackAndCancelAsync(s, Club with { HasAccount = false }))
        {
            Owner = "j03",
            Products = [InkClub],
            StartAt = Founded,
        },
    };

    // Paid in November, ended in December, and paid again in April: that is how two payments reach into May.
    private static async Task LeaveComeBackAndCancelAsync(GumroadSimulator simulator, BuyOrder order)
    {
        var id = (await simulator.BuyAsync(order)).SubscriptionId!;
        await simulator.CancelAsync(id);
        await simulator.AdvanceToAsync(At("2026-04-14T09:26:53Z"));
        await simulator.RestartAsync(id);
        await simulator.CancelAsync(id);
        await simulator.WhenQuietAsync();
    }
}

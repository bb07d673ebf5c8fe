using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Products;
using Latchkey.Rights;
using Latchkey.Subjects;

namespace Latchkey.Storage.Tests;

/// <summary>What changes by time alone, over years of a clock that is moved from one moment to the next.</summary>
public abstract class TimeConformance : HistoryConformance
{
    private const string Club = "sub";

    [Fact]
    public async Task A_downgrade_holds_from_its_date_on()
    {
        await OpenShopAsync();
        await HappensAsync(Said.Charge(Club, "c0", Now, Mara, "Patron"));
        var effective = Whole(Now.AddMonths(1));
        await HappensAsync(Said.Changed(Club, Mara, upgrade: false, effective, "Patron", "Reader"));
        await UntilAsync(effective.AddMilliseconds(-1));
        Assert.Equal(("patron", LicenseState.Active), await ClubAsync());
        await UntilAsync(effective);
        Assert.Equal(("reader", LicenseState.Active), await ClubAsync());
        Assert.Contains(OutboxKinds.SubscriptionTierChanged, await KindsAsync());
    }

    [Fact]
    public async Task A_cancelled_membership_is_kept_for_two_paid_years_and_ends_on_their_last_moment()
    {
        await OpenShopAsync();
        var end = Whole(Now.AddMonths(24));
        for (var month = 0; month < 24; month++)
        {
            await HappensAsync(Said.Charge(Club, $"c{month}", Now, Mara, "Patron", recurring: month > 0));
            Assert.Equal(("patron", LicenseState.Active), await ClubAsync());
            await UntilAsync(Now.AddMonths(1).AddSeconds(-1));
            await UntilAsync(Now.AddSeconds(1));
        }

        await HappensAsync(Said.Cancelled(Club, Mara, end.AddMonths(1)));
        await UntilAsync(end.AddMonths(1).AddMilliseconds(-1));
        Assert.Equal(("patron", LicenseState.Active), await ClubAsync());
        await UntilAsync(end.AddMonths(1));
        Assert.Equal((null, LicenseState.Ended), await ClubAsync());
        Assert.Null(await Store.Purchases.NextDueAsync(default));
    }

    [Fact]
    public async Task The_grace_of_a_failed_payment_ends_after_its_days()
    {
        await OpenShopAsync();
        await HappensAsync(Said.Charge(Club, "c0", Now, Mara, "Patron"));
        await UntilAsync(Now.AddMonths(1).AddDays(1));
        var failed = Whole(Now);
        await HappensAsync(Said.Cancelled(Club, Mara, failed, forFailedPayments: true), Said.Ended(Club, Mara, failed, "failed_payment"));
        Assert.Equal(("patron", LicenseState.Active), await ClubAsync());
        await UntilAsync(failed.AddDays(3).AddMilliseconds(-1));
        Assert.Equal(PurchaseState.PastDue, (await PurchaseAsync(Club)).State);
        await UntilAsync(failed.AddDays(3));
        Assert.Equal((null, LicenseState.Ended), await ClubAsync());
    }

    [Fact]
    public async Task Licenses_of_one_two_and_three_years_expire_each_on_its_day_and_keep_what_stays()
    {
        await OpenShopAsync();
        var ends = new List<DateTimeOffset>();
        for (var years = 1; years <= 3; years++)
        {
            var type = new KeyType("app", "pro", "Pro", DurationDays: 365 * years, Entitlements: ["export"], Tier: "pro", Rank: 20) { KeptAfterEnd = ["read"] };
            await Store.Tenants.PutKeyTypeAsync(Acme, type, default);
            await Directory.ReloadAsync(Acme, default);
            await HappensAsync(Said.Sale($"s{years}", Now, $"{years}@example.org"));
            ends.Add(Whole(Now).AddDays(365 * years));
        }

        for (var years = 1; years <= 3; years++)
        {
            await UntilAsync(ends[years - 1].AddMilliseconds(-1));
            Assert.Equal(LicenseState.Active, (await RightsAsync($"email:{years}@example.org", "app")).State);
            await UntilAsync(ends[years - 1]);
            var after = await RightsAsync($"email:{years}@example.org", "app");
            Assert.Equal((LicenseState.Limited, "read"), (after.State, after.Entitlements.Single()));
            Assert.Equal(2, (await Store.Subjects.ReadAsync(Acme, $"email:{years}@example.org", default)).Version);
        }

        Assert.Null(await Store.Purchases.NextDueAsync(default));
    }

    [Fact]
    public async Task An_extension_moves_the_due_moment()
    {
        await OpenShopAsync();
        await Store.Tenants.PutKeyTypeAsync(Acme, new KeyType("app", "pro", "Pro", DurationDays: 30), default);
        await Directory.ReloadAsync(Acme, default);
        await HappensAsync(Said.Sale("one", Now, Mara));
        var license = await LicenseAsync("one");
        var until = license.Terms.EndsAt!.Value.AddYears(2);
        var act = new SellerAct(SellerActs.Extend, license.Id, Now.ToUnixTimeMilliseconds()) { Index = 0, Until = until.ToUnixTimeMilliseconds() };
        await Store.Inbox.AppendAsync(SellerActions.EntryOf(await TenantAsync(), license.Purchase, act));
        await FoldAllAsync();
        Assert.Equal(until, await Store.Purchases.NextDueAsync(default));
        await UntilAsync(until.AddMilliseconds(-1));
        Assert.Equal(LicenseState.Active, (await LicenseAsync("one")).FoldedState);
        await UntilAsync(until);
        Assert.Equal(LicenseState.Expired, (await LicenseAsync("one")).FoldedState);
    }

    /// <summary>As the worker does it: nothing is folded but what is due, each at its own moment.</summary>
    private async Task UntilAsync(DateTimeOffset end)
    {
        while (await Store.Purchases.NextDueAsync(default) is { } due && due <= end)
        {
            Time.Advance(due > Now ? due - Now : TimeSpan.Zero);
            Assert.NotEqual(0, await Store.Purchases.FoldDueAsync(Folder, 50, default));
        }

        Time.Advance(end - Now);
        Assert.Equal(0, await Store.Purchases.FoldDueAsync(Folder, 50, default));
    }

    /// <summary>What the tables say: the license as it was folded, and what its subject was told last.</summary>
    private async Task<(string? Tier, LicenseState State)> ClubAsync()
    {
        var license = await LicenseAsync(Club);
        var rights = await RightsAsync("email:" + Mara, "club");
        Assert.Equal(rights.State, license.FoldedState);
        Assert.Equal(license.StandingAt(Now).State, license.FoldedState);
        return (rights.Tier, rights.State);
    }

    private async Task<ProductRights> RightsAsync(string subject, string product) =>
        Entitlements.Of((await Store.Subjects.ReadAsync(Acme, subject, default)).Licenses, Now).Single(r => r.Product == product);

    private async Task<IEnumerable<string>> KindsAsync() => (await Store.Outbox.ReadAsync(Acme, 0, 1000, default)).Select(m => m.Kind);

    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}

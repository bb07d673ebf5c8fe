using Latchkey.Keys;
using Latchkey.Licenses;
using Latchkey.Outbox;

namespace Latchkey.Storage.Tests;

public abstract class LicenseConformance : StoreConformance
{
    [Fact]
    public async Task A_license_is_found_by_each_of_its_keys_and_only_in_its_own_tenant()
    {
        var license = await ALicenseAsync("sale-1==");
        var keys = await Store.Licenses.KeysAsync(Acme, license.Id, default);
        Assert.NotEmpty(keys);
        foreach (var key in keys)
        {
            var match = Assert.Single(await Store.Licenses.FindByKeyAsync(Acme, key.Lookup, default));
            Assert.Equal(license.Id, match.License.Id);
            Assert.Equal(key.Lookup, match.Key.Lookup);
            Assert.Empty(await Store.Licenses.FindByKeyAsync(Other, key.Lookup, default));
        }

        Assert.Null(await Store.Licenses.FindAsync(Other, license.Id, default));
        Assert.Empty(await Store.Licenses.KeysAsync(Other, license.Id, default));
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_combine()
    {
        var first = await ALicenseAsync("sale-1==", "ada@example.org");
        var second = await ALicenseAsync("sale-2==", "ada@example.org");
        var third = await ALicenseAsync("sale-3==", "grace@example.org");
        var key = (await Store.Licenses.KeysAsync(Acme, third.Id, default))[0].Lookup;

        Assert.Equal([first.Id, second.Id, third.Id], await IdsAsync(new()));
        Assert.Equal([first.Id, second.Id], await IdsAsync(new(Email: "ada@example.org")));
        Assert.Equal([second.Id], await IdsAsync(new(Email: "ada@example.org"), after: first.Id));
        Assert.Equal([first.Id, second.Id], await IdsAsync(new(Subject: "email:ada@example.org")));
        Assert.Equal([second.Id], await IdsAsync(new(Purchase: second.Purchase)));
        Assert.Equal([third.Id], await IdsAsync(new(KeyLookup: key)));
        Assert.Empty(await IdsAsync(new(Email: "ada@example.org", KeyLookup: key)));
        Assert.Empty(await IdsAsync(new(Subject: "user:7")));
        Assert.Empty(await Store.Licenses.ListAsync(Other, new(Email: "ada@example.org"), null, 10, default));
    }

    [Fact]
    public async Task Of_two_hundred_at_once_exactly_as_many_are_let_in_as_the_limit_allows()
    {
        var license = await ALicenseAsync("sale-1==");
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => ActivateAsync(license, $"device-{i}"))));

        Assert.Equal(3, results.Count(admitted => admitted));
        Assert.Equal(3, (await Store.Licenses.LiveCountsAsync(Acme, [license.Id], default))[license.Id]);
        Assert.Equal(3, (await Store.Licenses.ActivationsAsync(Acme, license.Id, true, null, 10, default)).Count);
        Assert.Equal(3, (await Store.Outbox.ReadAsync(Acme, 0, 100, default)).Count(m => m.Kind == OutboxKinds.ActivationCreated));
    }

    [Fact]
    public async Task A_released_slot_is_free_again_counts_as_a_release_and_can_be_revived()
    {
        var license = await ALicenseAsync("sale-1==");
        Assert.True(await ActivateAsync(license, "laptop"));
        var released = await DecideAsync(license, "laptop", slots =>
            new SlotDecision<Slots>(slots, slots.ByDevice! with { ReleasedAt = Time.GetUtcNow() }, CountsAsRelease: true));
        Assert.Equal((1, 0), (released.Live, released.ReleasesSince.Count));

        var after = await DecideAsync(license, "laptop", slots => new SlotDecision<Slots>(slots, slots.ByDevice! with { ReleasedAt = null, Seq = 9 }));
        Assert.Equal((0, Time.GetUtcNow()), (after.Live, after.ReleasesSince.Single()));
        Assert.False(after.ByDevice!.IsLive);

        Time.Advance(TimeSpan.FromDays(30));
        var later = await DecideAsync(license, "laptop", slots => new SlotDecision<Slots>(slots));
        Assert.Equal((1, 9, 0), (later.Live, later.ByDevice!.Seq, later.ReleasesSince.Count));
    }

    [Fact]
    public async Task A_decision_that_throws_changes_nothing_and_harms_nobody_else()
    {
        var license = await ALicenseAsync("sale-1==");
        var others = Enumerable.Range(0, 3).Select(i => ActivateAsync(license, $"device-{i}")).ToList();
        await Assert.ThrowsAsync<InvalidOperationException>(() => DecideAsync<int>(license, "laptop", _ => throw new InvalidOperationException("no")));

        Assert.All(await Task.WhenAll(others), Assert.True);
    }

    [Fact]
    public async Task An_activation_of_another_license_or_tenant_is_not_seen()
    {
        var license = await ALicenseAsync("sale-1==");
        var other = await ALicenseAsync("sale-2==");
        await ActivateAsync(license, "laptop");
        var activation = (await Store.Licenses.ActivationsAsync(Acme, license.Id, false, null, 10, default)).Single();

        Assert.Null((await DecideAsync(other, null, s => new SlotDecision<Slots>(s), activation.Id)).ById);
        Assert.NotNull((await DecideAsync(license, null, s => new SlotDecision<Slots>(s), activation.Id)).ById);
        Assert.Empty(await Store.Licenses.ActivationsAsync(Other, license.Id, false, null, 10, default));
        Assert.Equal(0, (await Store.Licenses.LiveCountsAsync(Other, [license.Id], default))[license.Id]);
    }

    private async Task<License> ALicenseAsync(string saleId, string email = "mara.ito@example.org")
    {
        await ReceiveSaleAsync(saleId, email: email);
        await FoldAllAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        return (await Store.Licenses.ListAsync(Acme, new(), null, 100, default))[^1];
    }

    private async Task<IEnumerable<string>> IdsAsync(LicenseFilter filter, string? after = null) =>
        (await Store.Licenses.ListAsync(Acme, filter, after, 10, default)).Select(l => l.Id);

    private Task<T> DecideAsync<T>(License license, string? device, Func<Slots, SlotDecision<T>> decide, string? activation = null) =>
        Store.Licenses.DecideAsync(Acme, license.Id, device, activation, Time.GetUtcNow(), decide, default);

    private Task<bool> ActivateAsync(License license, string device) => DecideAsync(license, device, slots =>
    {
        var now = Time.GetUtcNow();
        var id = Ids.New("act_", now);
        return slots.Live >= slots.License!.ActivationLimit
            ? new SlotDecision<bool>(false)
            : new SlotDecision<bool>(
                true,
                new Activation(Acme, license.Id, id, device, "My laptop", "linux", "1.0", now, now, null, 1),
                new OutboxMessage(Acme, $"{OutboxKinds.ActivationCreated}|{id}", OutboxKinds.ActivationCreated, license.Id, license.Purchase, id, now));
    });
}

using Latchkey.Keys;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Tenants;
using Latchkey.Inbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace Latchkey.Storage.Tests;

/// <summary>The real worker over a real store, on a clock that is moved.</summary>
public abstract class FoldWorkerTimeConformance
{
    private readonly AlarmTime _time = new(new DateTimeOffset(2026, 3, 14, 10, 0, 0, TimeSpan.Zero));

    private protected abstract OpenStore Open(TimeProvider time);

    [Fact]
    public async Task Over_three_years_each_end_takes_effect_the_moment_it_comes_without_a_call()
    {
        var store = Open(_time);
        var master = MasterKey.Create();
        var installation = new Installation();
        await installation.OpenAsync(master, store.Installation, default);
        var directory = new TenantDirectory(store.Tenants, installation);
        await store.Tenants.AddAsync(TenantOf(master), default);
        var folds = new FoldSignal(_time);
        using var worker = new FoldWorker(
            store.Purchases, new Folder(directory, installation, _time), folds, new OutboxSignal(_time), _time, new FoldOptions(), NullLogger<FoldWorker>.Instance);
        await worker.StartAsync(default);

        var receiver = new Receiver(store.Inbox, folds, _time);
        for (var years = 1; years <= 3; years++)
        {
            var sale = Said.Sale($"s{years}", _time.GetUtcNow(), $"{years}@example.org", $"{years}-years==");
            await receiver.ReceiveAsync((await directory.FindAsync("acme", default))!, sale.ToForm(), false, "application/x-www-form-urlencoded", null);
        }

        await EventuallyAsync(async () => (await StatesAsync(store)).Count() == 3);
        var start = _time.GetUtcNow();
        for (var years = 1; years <= 3; years++)
        {
            var due = start.AddDays(365 * years);
            await WaitForAsync(due);
            Assert.Equal(3 - years + 1, (await StatesAsync(store)).Count(s => s == LicenseState.Active));
            _time.MoveTo(due);
            await EventuallyAsync(async () => (await StatesAsync(store)).Count(s => s == LicenseState.Active) == 3 - years);
            Assert.Equal(due, _time.GetUtcNow());
        }

        await worker.StopAsync(default);
        store.Close();
    }

    private static TenantRow TenantOf(MasterKey master) => new(
        new Tenant("acme", "Acme", TenantState.Active, "https://keys.example/acme", DateTimeOffset.UnixEpoch), Integration.Default, 1,
        TenantSecrets.CreateWrapped(master, "acme"), [], [new Product("app", "App", "APP", null)],
        [.. Enumerable.Range(1, 3).Select(y => new KeyType("app", $"y{y}", $"{y} years", DurationDays: 365 * y))],
        new RuleSet(1, [.. Enumerable.Range(1, 3).Select(y => new Rule($"{y}-years==", Product: "app", KeyType: $"y{y}"))]), []);

    private static async Task<IEnumerable<LicenseState>> StatesAsync(OpenStore store) =>
        (await store.Licenses.ListAsync("acme", new(), null, 10, default)).Select(l => l.FoldedState);

    /// <summary>Moves from one waking of the worker to the next until it waits for no other moment than the one that is due.</summary>
    private async Task WaitForAsync(DateTimeOffset due)
    {
        var steps = due - _time.GetUtcNow() - TimeSpan.FromSeconds(20);
        _time.MoveTo(_time.GetUtcNow() + steps);
        await EventuallyAsync(() => Task.FromResult(_time.Next == due));
    }

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds())
        {
            await Task.Delay(2, patience.Token);
        }
    }
}

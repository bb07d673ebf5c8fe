using System.Collections.Concurrent;
using Latchkey.Handlers;
using Latchkey.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>One handler at two nodes.</summary>
public sealed class PostgresHandlerNodeTests(PostgresServer server) : TwoNodes(server)
{
    [Fact]
    public async Task Two_nodes_hand_each_event_over_once_and_in_order()
    {
        const int sales = 40;
        await using var first = await NodeAsync(Store);
        await using var second = await NodeAsync(Second);
        foreach (var sale in Enumerable.Range(0, sales))
        {
            await SellAsync($"sale-{sale}==", sale % 2 == 0 ? Acme : Other);
            first.Poke();
            second.Poke();
        }

        await EventuallyAsync(() => first.Handled.Count + second.Handled.Count == sales);
        Assert.Equal(sales, first.Handled.Concat(second.Handled).Select(m => (m.Tenant, m.Key)).Distinct().Count());
        await EventuallyAsync(async () => await CountAsync("select count(*) from outbox_cursors where claimed_by is not null") == 0); // nothing idle is held
    }

    [Fact]
    public async Task A_node_whose_claim_ends_while_it_works_repeats_only_what_was_under_way()
    {
        await using var first = await NodeAsync(Store);
        var stuck = new TaskCompletionSource();
        first.OnHandle = _ => stuck.Task;
        await SellAsync("sale-1==");
        await SellAsync("sale-2==");
        first.Poke();
        await EventuallyAsync(() => first.Called == 1);
        await using var second = await NodeAsync(Second);
        second.Poke();

        await EndClaimsAsync();
        second.Poke();
        await EventuallyAsync(() => second.Handled.Count == 2);
        Time.Advance(TimeSpan.FromSeconds(31));
        stuck.SetResult();
        await EventuallyAsync(() => first.Handled.Count == 1);
        Assert.Equal(OutboxIds.Of(second.Handled.First()), OutboxIds.Of(first.Handled.First()));

        // What the first one had read is forgotten; when the tenant is its own again, it begins where the other one left it.
        await second.StopAsync();
        await SellAsync("sale-3==");
        first.Poke();
        await EventuallyAsync(() => first.Handled.Count == 2);
        Assert.DoesNotContain(first.Handled.Last().Key, second.Handled.Select(m => m.Key));
    }

    [Fact]
    public async Task A_node_that_stood_still_asks_before_it_hands_over_the_next_one()
    {
        await using var first = await NodeAsync(Store);
        await SellAsync("sale-1==");
        await SellAsync("sale-2==");
        first.OnHandle = async _ =>
        {
            first.OnHandle = _ => Task.CompletedTask;
            await EndClaimsAsync();
            Assert.Single(await Second.Outbox.ClaimAsync(Consumer, [], 10, default));
            Time.Advance(TimeSpan.FromSeconds(31));
        };
        first.Poke();
        await EventuallyAsync(() => first.Handled.Count == 1);
        await first.StopAsync();
        Assert.Equal(1, first.Called);
        Assert.True(await Second.Outbox.MoveAsync(Consumer, new(Acme, 1), default)); // it gave back nothing that is not its own
    }

    [Fact]
    public async Task What_a_node_gives_back_when_it_stops_another_goes_on_with_at_once()
    {
        await using var first = await NodeAsync(Store);
        await using var second = await NodeAsync(Second);
        first.OnHandle = _ => throw new InvalidOperationException();
        await SellAsync("sale-1==");
        first.Poke();
        await EventuallyAsync(() => first.Called == 1);
        second.Poke();
        await first.StopAsync();
        second.Poke();
        await EventuallyAsync(() => second.Handled.Count == 1);
    }

    [Fact]
    public async Task What_a_killed_node_had_claimed_is_taken_over_when_the_claim_ends()
    {
        await Store.Outbox.BeginAsync(Consumer, default);
        await SellAsync("sale-1==");
        Assert.Equal([new OutboxPlace(Acme, 0)], await Store.Outbox.ClaimAsync(Consumer, [], 10, default));
        Assert.Empty(await Second.Outbox.ClaimAsync(Consumer, [], 10, default));
        Assert.False(await Second.Outbox.MoveAsync(Consumer, new(Acme, 2), default));
        Assert.Empty(await Second.Outbox.KeepAsync(Consumer, [Acme], default));

        await EndClaimsAsync();
        Assert.Equal([Acme], await Store.Outbox.KeepAsync(Consumer, [Acme], default)); // nobody has taken it over yet
        await EndClaimsAsync();
        await using var second = await NodeAsync(Second);
        second.Poke();
        await EventuallyAsync(() => second.Handled.Count == 1);
        Assert.False(await Store.Outbox.MoveAsync(Consumer, new(Acme, 1), default));
        Assert.Empty(await Store.Outbox.KeepAsync(Consumer, [Acme], default));
    }

    private static readonly HandlerRegistration Named = new("test", OutboxKinds.LicenseIssued, (_, _, _) => Task.CompletedTask);

    private static string Consumer => Named.Consumer;

    private async Task SellAsync(string sale, string tenant = Acme)
    {
        await ReceiveSaleAsync(sale, tenant);
        await FoldAllAsync();
    }

    private async Task<Node> NodeAsync(OpenStore store)
    {
        await store.Outbox.BeginAsync(Consumer, default);
        return new Node(store, Time);
    }

    private static Task EventuallyAsync(Func<bool> holds) => EventuallyAsync(() => Task.FromResult(holds()));

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(LongEnough);
        while (!await holds())
        {
            await Task.Delay(2, patience.Token);
        }
    }

    /// <summary>A node's worker, and what it handed over.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Signal _signal;
        private readonly Task _running;
        private int _called;

        public Node(OpenStore store, TimeProvider time)
        {
            _signal = new Signal(time);
            var worker = new HandlerWorker(
                Named with { HandleAsync = (_, m, _) => HandleAsync(m) }, store.Outbox, new NoServices(), _signal, time, NullLogger.Instance);
            _running = Task.Run(() => worker.RunAsync(_stop.Token));
        }

        public Func<OutboxMessage, Task> OnHandle { get; set; } = _ => Task.CompletedTask;

        public int Called => Volatile.Read(ref _called);

        public ConcurrentQueue<OutboxMessage> Handled { get; } = [];

        public void Poke() => _signal.Poke();

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _running.WaitAsync(LongEnough);
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _stop.Dispose();
        }

        private async Task HandleAsync(OutboxMessage message)
        {
            Interlocked.Increment(ref _called);
            await OnHandle(message);
            Handled.Enqueue(message);
        }
    }

    private sealed class NoServices : IServiceScopeFactory, IServiceScope, IServiceProvider
    {
        public IServiceProvider ServiceProvider => this;

        public IServiceScope CreateScope() => this;

        public object? GetService(Type serviceType) => null;

        public void Dispose()
        {
        }
    }
}

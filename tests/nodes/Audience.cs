using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Latchkey.Crash;

namespace Latchkey.Nodes;

/// <summary>Whoever listens while the load goes on: two to everything, some buyers to what is theirs.</summary>
internal sealed class Audience(House house, int port, int seed) : IAsyncDisposable
{
    private const int MostBuyers = 40;
    private static readonly TimeSpan HeardWithin = TimeSpan.FromSeconds(20);

    private readonly string _token = house.Node(0).Shop.AdminToken;
    private readonly ConcurrentDictionary<Sale, Listener> _buyers = new();
    private readonly List<Listener> _toAll = [];
    private int _sales;

    public int Streams => _buyers.Count + _toAll.Count;

    public int Visits => _buyers.Values.Concat(_toAll).Sum(l => l.Visits);

    /// <summary>How much the first of those who listen to everything has heard.</summary>
    public int Events => _toAll[0].All().Count;

    /// <summary>Before anything happens.</summary>
    public async Task OpenAsync()
    {
        _toAll.AddRange([new(port, _token, "/events/stream", seed), new(port, _token, "/events/stream", seed + 1)]);
        await Task.WhenAll(_toAll.Select(l => l.Opened)).WaitAsync(HeardWithin);
    }

    /// <summary>Every tenth buyer listens, some before and some after the sale is told.</summary>
    public void Announce(Sale sale)
    {
        var number = Interlocked.Increment(ref _sales);
        if (number % 10 == 0 && _buyers.Count < MostBuyers)
        {
            _buyers[sale] = new(port, _token, $"/entitlements/{Uri.EscapeDataString("email:" + sale.Email)}/stream", seed + number);
        }
    }

    /// <summary>Compares what was heard with what stands.</summary>
    public async Task InspectAsync(Shop shop)
    {
        var stands = await house.Database.AllAsync("select position from outbox where tenant = 'crash' order by position");
        foreach (var listener in _toAll)
        {
            await InspectAsync(listener, [.. stands.Select(p => long.Parse(p, CultureInfo.InvariantCulture))]);
        }

        foreach (var (sale, listener) in _buyers)
        {
            await InspectAsync(sale, listener, shop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _toAll.Concat(_buyers.Values))
        {
            await listener.DisposeAsync();
        }
    }

    /// <summary>Everything, once, in order.</summary>
    private async Task InspectAsync(Listener listener, List<long> stands)
    {
        await UntilAsync(() => listener.All() is [.., var last] && last.Id >= stands[^1]);
        var all = listener.All();
        var from = all[0].Id; // the greeting says where it begins
        var heard = all.Where(h => h.Event != "hello").ToList();
        var due = stands.Where(p => p > from).ToList();
        foreach (var missing in due.Except(heard.Select(h => h.Id)).Take(3))
        {
            house.Ledger.Lost.Enqueue($"message {missing} was not heard");
        }

        foreach (var twice in heard.CountBy(h => h.Data["id"]!.ToString()).Where(h => h.Value > 1).Take(3))
        {
            house.Ledger.Doubled.Enqueue($"message {twice.Key} was heard {twice.Value} times");
        }

        if (all.Count(h => h.Event == "hello") != 1 || !heard.Select(h => h.Id).SequenceEqual(due))
        {
            house.Ledger.Wrong.Enqueue($"a stream of everything heard {heard.Count} messages where {due.Count} stand, or not in their order");
        }
    }

    /// <summary>In the end the right state, and never an older one after a newer one.</summary>
    private async Task InspectAsync(Sale sale, Listener listener, Shop shop)
    {
        var subject = "email:" + sale.Email;
        var stands = await shop.EntitlementsAsync(subject);
        await UntilAsync(() => listener.All() is [.., var last] && last.Data.ToJsonString() == stands.ToJsonString());
        var heard = listener.All();
        if (heard is not [.., var state] || state.Data.ToJsonString() != stands.ToJsonString())
        {
            house.Ledger.Wrong.Enqueue($"a buyer's stream ended with {(heard.Count == 0 ? "nothing" : heard[^1].Data.ToJsonString())} where {stands.ToJsonString()} stands");
        }

        var isPro = stands["products"]!.AsArray().Any(p => p!["tier"]?.ToString() == "pro");
        if (isPro == sale.IsRefunded)
        {
            house.Ledger.Wrong.Enqueue($"a buyer {(sale.IsRefunded ? "was refunded and has" : "has paid and lacks")} the tier");
        }

        var versions = heard.Select(h => (long)h.Data["version"]!).ToList();
        if (!versions.SequenceEqual(versions.Order()))
        {
            house.Ledger.Wrong.Enqueue("a buyer's stream said an older state after a newer one");
        }
    }

    /// <summary>What does not come true within the time is found out by what is looked at next.</summary>
    private static async Task UntilAsync(Func<bool> met)
    {
        var started = Stopwatch.GetTimestamp();
        while (!met() && Stopwatch.GetElapsedTime(started) < HeardWithin)
        {
            await Task.Delay(50);
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Latchkey.Crash;

namespace Latchkey.Links;

/// <summary>
/// Buyers pay and come back while nodes are killed at random moments and started again: sometimes one, sometimes both. Every purchase
/// is pinged twice, some are looked for at Gumroad, and of some the buyer does not come back.
/// </summary>
internal sealed class KilledNodes(string directory, int seed)
{
    private const int BuyersPerRound = 8;
    private static readonly TimeSpan WaitForReturn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClaimFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BuyersWithin = TimeSpan.FromSeconds(0.6);
    private static readonly TimeSpan EarliestKill = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LatestKill = TimeSpan.FromSeconds(1.1);

    private readonly Random _dice = new(seed);
    private readonly List<Order> _orders = [];
    private readonly List<Task> _buyers = [];
    private readonly ConcurrentDictionary<int, long> _killed = new();

    public async IAsyncEnumerable<(string Name, Verdict Verdict)> RunAsync(int rounds)
    {
        await using var site = await Site.OpenAsync(directory, _dice, WaitForReturn, ClaimFor);
        var started = Stopwatch.GetTimestamp();
        for (var round = 1; round <= rounds; round++)
        {
            await RoundAsync(site, round);
        }

        await Task.WhenAll(_buyers);
        await site.ToldAsync();
        foreach (var order in _orders)
        {
            await site.Shop.ReturnAsync(order.Number, order); // once more, long after
        }

        var books = await Books.ReadAsync(site.House.Database);
        _orders.ForEach(o => books.Look(o, _killed));
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{rounds} rounds in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {_killed.Count} nodes killed; {_orders.Count} links: {books.Redeemed} redemptions, {books.Completed} completions, {books.Licenses} licenses; of {books.Repeated} links the handler was called again under the same key ({books.CutOff} calls cut off, {books.CompletedInVain} between their end and their answer's being stored)");
        yield return ("links-kill9", books.Findings.Count == 0 ? new(true, text) : new(false, $"{text}; {books.Shown}"));
    }

    private async Task RoundAsync(Site site, int round)
    {
        var orders = await Task.WhenAll(Enumerable.Range(0, BuyersPerRound).Select(i => site.Shop.MakeAsync(i % 2 == 0 ? "token" : "code")));
        _orders.AddRange(orders);
        _buyers.AddRange(orders.Select(o => BuyAsync(site, o, new Random(unchecked((seed * 31) + o.Number)))));
        await Task.Delay(EarliestKill + ((LatestKill - EarliestKill) * _dice.NextDouble()));
        int[] victims = _dice.Next(5) switch { 0 => [0, 1], var n => [n % 2] };
        await Task.WhenAll(victims.Select(v => KillAsync(site, v)));
        await Task.WhenAll(victims.Select(v => site.House.StartNodeAsync(v)));
        if (_buyers.Find(b => b.IsFaulted) is { } failed)
        {
            await failed;
        }

        if (round % 10 == 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  round {round}: {_orders.Count} links, {_killed.Count} nodes killed"));
        }
    }

    private async Task KillAsync(Site site, int place)
    {
        var node = site.House.Node(place);
        _killed[node.ProcessId] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await node.KillAsync();
    }

    private static async Task BuyAsync(Site site, Order order, Random dice)
    {
        await Task.Delay(BuyersWithin * dice.NextDouble());
        var ping = await site.Shop.PayAsync(order);
        var (comesBack, isLookedFor, node) = (dice.Next(4) > 0, dice.Next(2) == 0, dice.Next(2));
        await Task.WhenAll(
        [
            site.Shop.PingAsync(node, ping),
            site.Shop.PingAsync(node + 1, ping),
            .. isLookedFor ? [site.Shop.AskForReadBackAsync(dice.Next(2), order)] : Array.Empty<Task>(),
            .. comesBack ? [site.Shop.ReturnAsync(node, order), site.Shop.ReturnAsync(node + 1, order)] : Array.Empty<Task>(),
        ]);
    }
}

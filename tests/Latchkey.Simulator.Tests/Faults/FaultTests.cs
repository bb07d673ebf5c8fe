using System.Security.Cryptography;
using Latchkey.Simulator.Faults;

namespace Latchkey.Simulator.Tests.Faults;

public sealed class FaultTests : SimulatorTest
{
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Duplicate_sends_everything_twice_within_a_minute()
    {
        var attempts = await SellAsync(new FaultDials { Duplicate = 1 });
        Assert.Equal(40, attempts.Count);
        foreach (var same in attempts.GroupBy(Text))
        {
            Assert.Equal(2, same.Count());
            Assert.Equal(Start + Due, same.First().At);
            Assert.InRange(same.Last().At, Start + Due, Start + Due + TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public Task Reorder_holds_back_up_to_a_minute() => HoldsBackAsync(new FaultDials { Reorder = 1 }, TimeSpan.Zero, TimeSpan.FromMinutes(1));

    [Fact]
    public Task Delay_holds_back_up_to_fourteen_minutes() => HoldsBackAsync(new FaultDials { Delay = 1 }, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(14));

    [Fact]
    public Task Late_holds_back_up_to_three_days() => HoldsBackAsync(new FaultDials { Late = 1 }, TimeSpan.FromMinutes(14), TimeSpan.FromDays(3));

    [Fact]
    public async Task PingSpeed_divides_what_is_held_back()
    {
        var simulator = await SubscribedAsync(new SimulatorOptions { Speed = 0, StartAt = Start, Seed = 7, PingSpeed = 1000, Faults = new FaultDials { Late = 1 } });
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.InRange(Assert.Single(simulator.Attempts).At, Start, Start + (TimeSpan.FromDays(3.1) / 1000));
    }

    [Fact]
    public async Task Stale_says_what_was_true_when_it_happened()
    {
        var simulator = await SubscribedAsync(WithFaults(new FaultDials { Stale = 1 }));
        var sale = await simulator.BuyAsync(Inkwell, Limit);
        await simulator.RefundAsync(sale.SaleId, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal([("refund", "true"), ("sale", "false")], Receiver.Requests.Select(ping => (ping["resource_name"], ping["refunded"])));
    }

    [Fact]
    public async Task Drop_sends_nothing_and_shows_it()
    {
        var attempts = await SellAsync(new FaultDials { Drop = 1 });
        Assert.Empty(Receiver.Requests);
        Assert.Equal(20, attempts.Count);
        Assert.All(attempts, attempt => Assert.Equal((1, null, PingAttempt.Dropped), (attempt.Attempt, attempt.Status, attempt.Failure)));
        Assert.All(attempts, attempt => Assert.Equal(Start + Due, attempt.At));
    }

    [Fact]
    public async Task Dials_can_be_turned_while_it_runs()
    {
        var simulator = await SubscribedAsync(WithFaults(FaultDials.None));
        Assert.Equal(FaultDials.None, simulator.Faults);
        foreach (var drop in new[] { 0, 1, 0 })
        {
            simulator.Faults = new FaultDials { Drop = drop };
            await simulator.BuyAsync(Inkwell, Limit);
            await simulator.WhenQuietAsync(Limit);
        }

        Assert.Equal([null, PingAttempt.Dropped, null], simulator.Attempts.Select(attempt => attempt.Failure));
    }

    [Fact]
    public async Task Every_endpoint_has_its_own_luck()
    {
        var simulator = await StartAsync(WithFaults(new FaultDials { Drop = .5 }).Subscribe(PingResources.Sale, Receiver.Url).Subscribe(PingResources.Sale, Receiver.Url));
        for (var i = 0; i < 40; i++)
        {
            await simulator.BuyAsync(Inkwell, Limit);
        }

        await simulator.WhenQuietAsync(Limit);
        var fates = simulator.Attempts.GroupBy(Text).Select(ping => ping.Count(attempt => attempt.Delivered)).Distinct();
        Assert.Equal([0, 1, 2], fates.Order());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_attempts_and_another_seed_others()
    {
        var first = await RoughAsync(faultSeed: 3);
        Assert.Contains(PingAttempt.Dropped, first.Select(attempt => attempt.Failure));
        Assert.Equal(first, await RoughAsync(faultSeed: 3));

        var other = await RoughAsync(faultSeed: 4);
        Assert.NotEqual(first.Select(attempt => attempt.SaleId), other.Select(attempt => attempt.SaleId));
        Assert.Equal(first.Select(attempt => attempt.SaleId).Distinct().Order(), other.Select(attempt => attempt.SaleId).Distinct().Order());
    }

    private async Task HoldsBackAsync(FaultDials dials, TimeSpan least, TimeSpan most)
    {
        var attempts = await SellAsync(dials);
        Assert.Equal(20, attempts.Count);
        Assert.Equal(20, attempts.Select(Text).Distinct().Count());
        Assert.All(attempts, attempt => Assert.InRange(attempt.At, Start + Due, Start + Due + most));
        Assert.True(attempts[^1].At > Start + Due + least);
        Assert.NotEqual(Enumerable.Range(1, 20), Receiver.Requests.Select(ping => int.Parse(ping["quantity"]!, null)));
    }

    private async Task<IReadOnlyList<PingAttempt>> SellAsync(FaultDials dials)
    {
        var simulator = await SubscribedAsync(WithFaults(dials));
        for (var i = 1; i <= 20; i++)
        {
            await simulator.BuyAsync(Inkwell with { Quantity = i }, Limit);
        }

        await simulator.WhenQuietAsync(Limit);
        return simulator.Attempts;
    }

    private async Task<List<(string? Resource, string SaleId, string Body, DateTimeOffset At, string? Failure)>> RoughAsync(int faultSeed)
    {
        Receiver.AnswerStatus([.. Enumerable.Repeat(200, Receiver.Requests.Count), 503, 200, 500, 404]);
        var simulator = await SubscribedAsync(WithFaults(FaultDials.Rough with { Drop = .1, Seed = faultSeed }));
        for (var i = 1; i <= 20; i++)
        {
            var sale = await simulator.BuyAsync(Inkwell with { Quantity = i }, Limit);
            await simulator.AdvanceAsync(TimeSpan.FromSeconds(7), Limit);
            await simulator.RefundAsync(sale.SaleId, Limit);
        }

        await simulator.WhenQuietAsync(Limit);
        return [.. simulator.Attempts.Select(attempt => (attempt.Resource, SaleId(attempt), Convert.ToHexString(SHA256.HashData(attempt.Body.Span)), attempt.At, attempt.Failure))];
    }

    private static SimulatorOptions WithFaults(FaultDials dials) =>
        new() { Speed = 0, StartAt = Start, Seed = 7, ShopUrl = new Uri("https://inkwell.example/"), Faults = dials };

    private static string Text(PingAttempt attempt) => System.Text.Encoding.UTF8.GetString(attempt.Body.Span);

    private static string SaleId(PingAttempt attempt) => Text(attempt).Split('&').Single(pair => pair.StartsWith("sale_id=", StringComparison.Ordinal));
}

using System.Net.Sockets;
using Latchkey.Simulator.Faults;

namespace Latchkey.Simulator.Tests;

public sealed class RepeatTests : SimulatorTest
{
    [Fact]
    public async Task Repeating_sends_every_ping_once_more_in_the_order_of_the_seed()
    {
        var simulator = await SubscribedAsync(Still());
        await SellEightAsync(simulator);
        var before = Receiver.Requests.Select(ping => ping.Body).ToList();
        await simulator.RepeatAllAsync(seed: 3, Limit);
        var repeated = Receiver.Requests.Skip(8).Select(ping => ping.Body).ToList();
        await simulator.RepeatAllAsync(seed: 3, Limit);
        await simulator.RepeatAllAsync(seed: 4, Limit);

        Assert.Equal(before.Order(), repeated.Order());
        Assert.Equal(repeated, Receiver.Requests.Skip(16).Take(8).Select(ping => ping.Body));
        Assert.NotEqual(repeated, Receiver.Requests.Skip(24).Select(ping => ping.Body));
        Assert.Equal(24, simulator.Attempts.Count(attempt => attempt.IsRepeat));
    }

    [Fact]
    public async Task A_repetition_is_retried_like_any_ping_and_what_was_dropped_is_not_repeated()
    {
        var simulator = await SubscribedAsync(Still());
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        simulator.Faults = new FaultDials { Drop = 1 };
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);

        Receiver.AnswerOnly(503);
        await simulator.RepeatAllAsync(seed: 3, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal([(1, 503), (2, 200)], simulator.Attempts.Where(attempt => attempt.IsRepeat).Select(attempt => (attempt.Attempt, attempt.Status ?? 0)));
    }

    [Fact]
    public async Task Zapier_gets_json()
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) =>
            {
                var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Receiver.Url.Port, ct);
                return client.GetStream();
            },
        };
        using var client = new HttpClient(handler);
        var status = await PingSender.SendAsync(client, new Uri("http://hooks.zapier.com/x"), SamplePings.Create("sale", ["email=<a&b>"]), Limit);
        var ping = await Receiver.NextAsync();
        Assert.Equal(200, status);
        Assert.Equal("application/json", ping.Headers["Content-Type"]);
        Assert.Contains("""
            "email":"\u003ca\u0026b\u003e","price":2900,
            """, ping.Body, StringComparison.Ordinal);
    }

    private static async Task SellEightAsync(GumroadSimulator simulator)
    {
        for (var i = 0; i < 8; i++)
        {
            await simulator.BuyAsync(Inkwell with { Quantity = i + 1 }, Limit);
        }

        await simulator.WhenQuietAsync(Limit);
    }
}

namespace Latchkey.Simulator.Tests;

public sealed class DeliveryTests : SimulatorTest
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_sale_waits_ten_seconds_and_the_rest_five()
    {
        var simulator = await SubscribedAsync(_time);
        var sale = await simulator.BuyAsync(Inkwell, Limit);
        await simulator.RefundAsync(sale.SaleId, Limit);
        Assert.Equal([Seconds(5), Seconds(10)], _time.Waiting);
        Assert.False(simulator.WhenQuietAsync(Limit).IsCompleted);

        _time.Advance(Seconds(5));
        Assert.Equal("refund", (await Receiver.NextAsync())["resource_name"]);
        Assert.Equal([Seconds(5)], _time.Waiting);
        _time.Advance(Seconds(5));
        Assert.Equal("sale", (await Receiver.NextAsync())["resource_name"]);
        await simulator.WhenQuietAsync(Limit);
    }

    [Fact]
    public async Task Speed_divides_the_delays()
    {
        var simulator = await StartAsync(new SimulatorOptions { Speed = 20, TimeProvider = _time }.SubscribeAll(Receiver.Url));
        await simulator.BuyAsync(Inkwell, Limit);
        Assert.Equal([Seconds(0.5)], _time.Waiting);
    }

    [Fact]
    public async Task A_late_sale_ping_shows_the_refund_that_overtook_it()
    {
        var simulator = await SubscribedAsync(_time);
        var sale = await simulator.BuyAsync(Inkwell, Limit);
        await simulator.RefundAsync(sale.SaleId, Limit);
        _time.Advance(Seconds(10));
        await simulator.WhenQuietAsync(Limit);

        Assert.Equal(["refund", "sale"], Receiver.Requests.Select(ping => ping["resource_name"]).Order());
        Assert.All(Receiver.Requests, ping => Assert.Equal("true", ping["refunded"]));
    }

    [Fact]
    public async Task A_retry_comes_after_1_3_and_10_minutes_with_its_number_and_the_old_snapshot()
    {
        Receiver.AnswerStatus(503, 499, 500, 502);
        var simulator = await StartAsync(Options(_time).Subscribe(PingResources.Sale, Receiver.Url));
        var sale = await simulator.BuyAsync(Inkwell, Limit);
        _time.Advance(Seconds(10));
        var first = await Receiver.NextAsync();
        await simulator.RefundAsync(sale.SaleId, Limit);
        foreach (var (seconds, count) in new[] { (60, "1"), (180, "2"), (600, "3") })
        {
            await _time.WaitingAsync(Seconds(seconds));
            _time.Advance(Seconds(seconds));
            var retry = await Receiver.NextAsync();
            Assert.Equal(first.Body + "&retry_count=" + count, retry.Body);
        }

        await simulator.WhenQuietAsync(Limit);
        Assert.Contains("refunded=false", first.Body, StringComparison.Ordinal);
        Assert.Equal([(1, 503), (2, 499), (3, 500), (4, 502)], simulator.Attempts.Select(attempt => (attempt.Attempt, attempt.Status ?? 0)));
        Assert.Empty(_time.Waiting);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(501)]
    [InlineData(530)]
    public async Task Other_refusals_lose_the_ping(int status)
    {
        Receiver.AnswerStatus(status, 200);
        var simulator = await SubscribedAsync();
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(status, Assert.Single(simulator.Attempts).Status);
    }

    [Fact]
    public async Task Gumroads_504_is_retried_until_it_is_taken()
    {
        Receiver.AnswerStatus(504, 204);
        var simulator = await SubscribedAsync();
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal([false, true], simulator.Attempts.Select(attempt => attempt.Delivered));
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 1)]
    public async Task A_refused_connection_is_retried_unless_the_older_Gumroad_is_asked_for(bool losesOnTimeout, int attempts)
    {
        var simulator = await SubscribedAsync(losesOnTimeout: losesOnTimeout);
        await Receiver.DisposeAsync();
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(attempts, simulator.Attempts.Count);
        Assert.All(simulator.Attempts, attempt => Assert.Equal("ConnectionError", attempt.Failure));
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_in_time_is_asked_again()
    {
        Receiver.Answer = (number, context) => number == 1 ? Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }) : Task.CompletedTask;
        var simulator = await SubscribedAsync();
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(["timeout", null], simulator.Attempts.Select(attempt => attempt.Failure));
    }

    [Theory]
    [InlineData(3, 200, 4)]
    [InlineData(9, 302, 4)]
    public async Task A_redirect_repeats_the_post_three_times_at_most(int redirects, int status, int requests)
    {
        Receiver.Answer = (number, context) =>
        {
            context.Response.StatusCode = number <= redirects ? 302 : 200;
            context.Response.Headers.Location = "/next";
            return Task.CompletedTask;
        };
        var simulator = await SubscribedAsync();
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(status, Assert.Single(simulator.Attempts).Status);
        Assert.Equal(requests, Receiver.Requests.Count);
        Assert.Single(Receiver.Requests.Select(ping => ping.Body).Distinct());
        Assert.Equal("/next", Receiver.Requests[^1].Target);
    }

    [Fact]
    public async Task Repeating_sends_every_ping_once_more_in_the_order_of_the_seed()
    {
        var simulator = await SubscribedAsync();
        for (var i = 0; i < 8; i++)
        {
            await simulator.BuyAsync(Inkwell with { Quantity = i + 1 }, Limit);
        }

        await simulator.WhenQuietAsync(Limit);
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
    public async Task Zapier_gets_json()
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) =>
            {
                var client = new System.Net.Sockets.TcpClient();
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

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

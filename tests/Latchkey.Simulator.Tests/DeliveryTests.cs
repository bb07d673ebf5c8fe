namespace Latchkey.Simulator.Tests;

public sealed class DeliveryTests : SimulatorTest
{
    [Fact]
    public async Task A_sale_waits_ten_seconds_and_the_rest_five()
    {
        var simulator = await SubscribedAsync(Still());
        var sale = await simulator.BuyAsync(Inkwell, Limit);
        await simulator.RefundAsync(sale.SaleId, Limit);
        await simulator.AdvanceAsync(Seconds(4.9), Limit);
        Assert.Empty(simulator.Attempts);
        await simulator.AdvanceAsync(Seconds(10), Limit);
        Assert.Equal([("refund", Start + Seconds(5)), ("sale", Start + Seconds(10))], simulator.Attempts.Select(attempt => (attempt.Resource, attempt.At)));
    }

    [Fact]
    public async Task PingSpeed_divides_delays_and_pauses()
    {
        Receiver.AnswerStatus(503);
        var simulator = await SubscribedAsync(new SimulatorOptions { Speed = 0, StartAt = Start, PingSpeed = 20 });
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal([Start + Seconds(0.5), Start + Seconds(3.5)], simulator.Attempts.Select(attempt => attempt.At));
    }

    [Fact]
    public async Task On_a_running_clock_pings_go_out_by_themselves()
    {
        var simulator = await SubscribedAsync();
        await simulator.BuyAsync(Inkwell, Limit);
        Assert.Equal("sale", (await Receiver.NextAsync())["resource_name"]);
        await simulator.WhenQuietAsync(Limit);
        Assert.True(Assert.Single(simulator.Attempts).Delivered);
    }

    [Fact]
    public async Task A_late_sale_ping_shows_the_refund_that_overtook_it()
    {
        var simulator = await SubscribedAsync(Still());
        var sale = await simulator.BuyAsync(Inkwell, Limit);
        await simulator.RefundAsync(sale.SaleId, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal([("refund", "true"), ("sale", "true")], Receiver.Requests.Select(ping => (ping["resource_name"], ping["refunded"])));
    }

    [Theory]
    [InlineData(GumroadVersion.Newest, null)]
    [InlineData(GumroadVersion.April2025, "close")]
    public async Task Only_the_older_Gumroad_closes_connections(GumroadVersion version, string? connection)
    {
        var simulator = await SubscribedAsync(Still(version));
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(connection, Assert.Single(Receiver.Requests).Headers.GetValueOrDefault("Connection"));
    }

    [Fact]
    public async Task The_url_is_used_as_it_is_but_for_its_fragment()
    {
        var url = new Uri($"http://shop:p%40ss@127.0.0.1:{Receiver.Url.Port}/ping/%7Eme?token=t&x=%2F#top");
        var simulator = await StartAsync(Still().Subscribe(PingResources.Sale, url));
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        var request = Assert.Single(Receiver.Requests);
        Assert.EndsWith("?token=t&x=%2F", request.Target, StringComparison.Ordinal);
        Assert.Equal("Basic " + Convert.ToBase64String("shop:p%40ss"u8), request.Headers["Authorization"]);
        Assert.Equal(url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped), Assert.Single(simulator.Attempts).Url.AbsoluteUri);
    }

    [Fact]
    public async Task A_running_clock_posts_sixteen_pings_at_once()
    {
        var sixteen = new TaskCompletionSource();
        var inside = 0;
        var most = 0;
        Receiver.Answer = async (_, _) =>
        {
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            if (now == 16)
            {
                sixteen.TrySetResult();
            }

            await sixteen.Task;
            Interlocked.Decrement(ref inside);
        };
        var simulator = await SubscribedAsync(new SimulatorOptions { Speed = 1000 });
        for (var i = 0; i < 48; i++)
        {
            await simulator.BuyAsync(Inkwell, Limit);
        }

        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(16, most);
        Assert.Equal(48, simulator.Attempts.Count(attempt => attempt.Delivered));
    }

    [Fact]
    public async Task Attempts_once_read_stay_as_they_were()
    {
        var simulator = await SubscribedAsync(Still());
        var none = simulator.Attempts;
        for (var i = 0; i < 40; i++)
        {
            await simulator.BuyAsync(Inkwell, Limit);
        }

        await simulator.WhenQuietAsync(Limit);
        Assert.Empty(none);
        Assert.Equal(40, simulator.Attempts.Count);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = most; seen < now; seen = most)
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

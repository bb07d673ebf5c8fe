namespace Latchkey.Simulator.Tests;

public sealed class RetryTests : SimulatorTest
{
    [Theory]
    [InlineData(GumroadVersion.Newest)]
    [InlineData(GumroadVersion.April2025)]
    public async Task A_retry_comes_after_1_3_and_10_minutes_with_its_number_last_and_the_old_snapshot(GumroadVersion version)
    {
        Receiver.AnswerStatus(503, 499, 500, 502);
        var simulator = await StartAsync(Still(version).Subscribe(PingResources.Sale, Receiver.Url));
        var sale = await simulator.BuyAsync(Inkwell, Limit);
        await simulator.AdvanceAsync(TimeSpan.FromSeconds(10), Limit);
        await simulator.RefundAsync(sale.SaleId, Limit);
        await simulator.AdvanceAsync(TimeSpan.FromDays(1), Limit);

        var first = Receiver.Requests[0].Body;
        Assert.Contains("refunded=false", first, StringComparison.Ordinal);
        Assert.Equal([first, first + "&retry_count=1", first + "&retry_count=2", first + "&retry_count=3"], Receiver.Requests.Select(ping => ping.Body));
        Assert.Equal([(1, 503), (2, 499), (3, 500), (4, 502)], simulator.Attempts.Select(attempt => (attempt.Attempt, attempt.Status ?? 0)));
        Assert.Equal([0, 60, 240, 840], simulator.Attempts.Select(attempt => (attempt.At - Start).TotalSeconds - 10));
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, false)]
    [InlineData(204, false)]
    [InlineData(299, false)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(408, false)]
    [InlineData(409, false)]
    [InlineData(410, false)]
    [InlineData(413, false)]
    [InlineData(429, false)]
    [InlineData(499, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(505, false)]
    [InlineData(520, false)]
    [InlineData(524, false)]
    [InlineData(530, false)]
    public async Task Five_answers_are_retried_and_all_others_are_final(int status, bool retried)
    {
        foreach (var version in Enum.GetValues<GumroadVersion>())
        {
            Receiver.AnswerOnly(status);
            var simulator = await SubscribedAsync(Still(version));
            await simulator.BuyAsync(Inkwell, Limit);
            await simulator.WhenQuietAsync(Limit);
            Assert.Equal(retried ? [status, 200] : [status], simulator.Attempts.Select(attempt => attempt.Status ?? 0));
            Assert.Equal(status is >= 200 and <= 299, simulator.Attempts[0].Delivered);
        }
    }

    [Theory]
    [InlineData(GumroadVersion.Newest, 4)]
    [InlineData(GumroadVersion.April2025, 1)]
    public async Task A_refused_connection_is_retried_by_the_newest_Gumroad_only(GumroadVersion version, int attempts)
    {
        var simulator = await SubscribedAsync(Still(version));
        await Receiver.DisposeAsync();
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(Enumerable.Repeat<string?>("ConnectionError", attempts), simulator.Attempts.Select(attempt => attempt.Failure));
    }

    [Theory]
    [InlineData(GumroadVersion.Newest, 4)]
    [InlineData(GumroadVersion.April2025, 1)]
    public async Task So_is_a_connection_reset(GumroadVersion version, int attempts)
    {
        Receiver.Answer = (_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        var simulator = await SubscribedAsync(Still(version));
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(attempts, simulator.Attempts.Count);
        Assert.All(simulator.Attempts, attempt => Assert.NotNull(attempt.Failure));
    }

    [Theory]
    [InlineData(GumroadVersion.Newest, new[] { PingAttempt.TimedOut, null })]
    [InlineData(GumroadVersion.April2025, new[] { PingAttempt.TimedOut })]
    public async Task And_a_receiver_that_does_not_answer_in_time(GumroadVersion version, string?[] failures)
    {
        Receiver.Answer = (number, context) => number == 1 ? Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }) : Task.CompletedTask;
        var simulator = await SubscribedAsync(Options(version));
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal(failures, simulator.Attempts.Select(attempt => attempt.Failure));
    }
}

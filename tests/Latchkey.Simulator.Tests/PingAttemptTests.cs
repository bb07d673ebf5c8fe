namespace Latchkey.Simulator.Tests;

public sealed class PingAttemptTests : SimulatorTest
{
    [Fact]
    public async Task It_reads_as_a_line_without_body_or_secret()
    {
        Receiver.AnswerStatus(404);
        var simulator = await StartAsync(Still().Subscribe("sale", new Uri(Receiver.Url, "?token=secret")));
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal($"sale, attempt 1: 404 from {Receiver.Url}", Assert.Single(simulator.Attempts).ToString());
    }

    [Fact]
    public void One_without_an_answer_says_why()
    {
        var attempt = new PingAttempt(null, new Uri("http://127.0.0.1:1/"), 2, null, PingAttempt.TimedOut, "", default, Start, IsRepeat: false);
        Assert.Equal("test ping, attempt 2: timeout from http://127.0.0.1:1/", attempt.ToString());
    }

    [Fact]
    public async Task Its_body_is_there_as_text()
    {
        var simulator = await SubscribedAsync(Still());
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Contains("&email=mara.ito%40example.org&", Assert.Single(simulator.Attempts).BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(429, 1)]
    [InlineData(503, 4)]
    public async Task A_ping_is_lost_with_the_answer_after_which_none_comes(int status, int attempts)
    {
        Receiver.AnswerStatus([.. Enumerable.Repeat(status, attempts)]);
        var simulator = await SubscribedAsync(Still());
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Equal([.. Enumerable.Repeat(false, attempts - 1), true], simulator.Attempts.Select(attempt => attempt.IsLost));

        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.False(simulator.Attempts[^1].IsLost);
    }
}

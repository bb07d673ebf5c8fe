using System.Net;
using Latchkey.Gumroad.Api;

namespace Latchkey.Gumroad.Tests.Api;

public class RepetitionTests
{
    private const string Sale = """{"success":true,"sale":{"id":"s","created_at":"2026-03-14T09:26:53Z"}}""";

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(501, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(422, false)]
    [InlineData(301, false)]
    public async Task A_read_is_repeated_after_what_passes(int status, bool repeated)
    {
        var gumroad = new Exchange().ThenStatus(status).ThenJson(Sale);
        var read = gumroad.Client().Sales.GetAsync("s");

        if (repeated)
        {
            Assert.Equal("s", (await read).Id);
        }
        else
        {
            await Assert.ThrowsAnyAsync<GumroadException>(() => read);
        }

        Assert.Equal(repeated ? 2 : 1, gumroad.Sent.Count);
    }

    [Fact]
    public async Task Pauses_are_random_below_a_limit_that_doubles_up_to_8_seconds()
    {
        var gumroad = new Exchange().ThenStatus(503);

        await Assert.ThrowsAsync<GumroadUnavailableException>(() => gumroad.Client(o => o.MaxRetries = 8).Sales.GetAsync("s"));

        Assert.Equal(9, gumroad.Sent.Count);
        // A pause below a millisecond needs no timer.
        Assert.InRange(gumroad.Time.Pauses.Count, 1, 8);
        Assert.All(gumroad.Time.Pauses, pause => Assert.InRange(pause, TimeSpan.Zero, TimeSpan.FromSeconds(8)));
        Assert.True(gumroad.Time.Pauses.Distinct().Count() > 1);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("3600", 60)]
    [InlineData("Sat, 14 Mar 2026 09:27:15 GMT", 22)]
    [InlineData("Sun, 15 Mar 2026 09:27:15 GMT", 60)]
    public async Task Retry_After_is_kept_up_to_a_minute(string header, int seconds)
    {
        var gumroad = new Exchange().ThenStatus(429, header).ThenStatus(503, header).ThenJson(Sale);

        await gumroad.Client().Sales.GetAsync("s");

        Assert.Equal(TimeSpan.FromSeconds(seconds), gumroad.Time.Pauses[0]);
    }

    [Fact]
    public async Task A_Retry_After_in_the_past_does_not_wait()
    {
        var gumroad = new Exchange().ThenStatus(429, "Fri, 13 Mar 2026 00:00:00 GMT").ThenJson(Sale);

        await gumroad.Client().Sales.GetAsync("s");

        Assert.Empty(gumroad.Time.Pauses);
    }

    [Fact]
    public async Task Throttling_that_does_not_end_says_how_long_to_wait()
    {
        var gumroad = new Exchange().ThenStatus(429, "90");

        var e = await Assert.ThrowsAsync<GumroadThrottledException>(() => gumroad.Client().Sales.GetAsync("s"));

        Assert.Equal((4, TimeSpan.FromSeconds(90), HttpStatusCode.TooManyRequests), (gumroad.Sent.Count, e.RetryAfter, e.HttpStatus));
        Assert.Equal([60, 60, 60], gumroad.Time.Pauses.Select(p => p.TotalSeconds));
    }

    [Fact]
    public async Task A_refund_that_was_throttled_is_not_sent_again()
    {
        var gumroad = new Exchange().ThenStatus(429);

        await Assert.ThrowsAsync<GumroadThrottledException>(() => gumroad.Client().Sales.RefundAsync("s"));

        Assert.Single(gumroad.Sent);
    }

    [Fact]
    public async Task A_lost_connection_is_tried_again()
    {
        var gumroad = new Exchange().Then(() => throw new HttpRequestException("reset")).ThenJson(Sale);

        Assert.Equal("s", (await gumroad.Client().Sales.GetAsync("s")).Id);
        Assert.Equal(2, gumroad.Sent.Count);
    }

    [Fact]
    public async Task A_connection_lost_during_the_body_is_tried_again()
    {
        var gumroad = new Exchange().Then(() => new HttpResponseMessage { Content = new StreamContent(new BreakingStream()) }).ThenJson(Sale);

        Assert.Equal("s", (await gumroad.Client().Sales.GetAsync("s")).Id);
        Assert.Equal(2, gumroad.Sent.Count);
    }

    [Fact]
    public async Task A_connection_lost_during_a_refund_leaves_it_open_whether_it_happened()
    {
        var gumroad = new Exchange().Then(() => throw new HttpRequestException("reset"));

        var e = await Assert.ThrowsAsync<GumroadUnavailableException>(() => gumroad.Client().Sales.RefundAsync("s"));

        Assert.Single(gumroad.Sent);
        Assert.True(e.MayHaveHappened);
        Assert.Null(e.HttpStatus);
        Assert.Equal("Gumroad could not be reached for PUT /sales/s/refund. What was asked may have happened all the same: look before asking again.", e.Message);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_given_up_and_tried_again()
    {
        var gumroad = new Exchange();
        gumroad.Then(async ct =>
        {
            var silence = Task.Delay(Timeout.Infinite, ct);
            gumroad.Time.PassAttemptLimit();
            await silence;
            throw new InvalidOperationException();
        });

        var e = await Assert.ThrowsAsync<GumroadUnavailableException>(() => gumroad.Client(o => o.MaxRetries = 1).Sales.GetAsync("s"));

        Assert.Equal(2, gumroad.Sent.Count);
        Assert.Equal("Gumroad did not answer GET /sales/s within 300 s. Try again later.", e.Message);
    }

    [Fact]
    public async Task A_repeated_delete_that_finds_nothing_has_done_its_work()
    {
        var gumroad = new Exchange().ThenStatus(502).ThenJson("""{"success":false,"message":"The product was not found."}""");

        await gumroad.Client().Products.DeleteAsync("p");

        Assert.Equal(2, gumroad.Sent.Count);
    }

    [Fact]
    public async Task Without_retries_everything_is_sent_once()
    {
        var gumroad = new Exchange().ThenStatus(503);

        await Assert.ThrowsAsync<GumroadUnavailableException>(() => gumroad.Client(o => o.MaxRetries = 0).Sales.GetAsync("s"));

        Assert.Single(gumroad.Sent);
    }

    [Fact]
    public async Task A_pause_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var gumroad = new Exchange().Then(() =>
        {
            stop.Cancel();
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gumroad.Client().Sales.GetAsync("s", stop.Token));

        Assert.Single(gumroad.Sent);
    }

    private sealed class BreakingStream : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException("reset");
    }
}

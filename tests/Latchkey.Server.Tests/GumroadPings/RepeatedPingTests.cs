using System.Net;
using System.Net.Sockets;
using System.Text;
using Latchkey.Gumroad.Events;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>What was done is not done again; what was not done is.</summary>
public sealed class RepeatedPingTests
{
    private static readonly byte[] Sale = PingBodies.Form(PingBodies.Sale);

    [Fact]
    public async Task A_repeat_of_what_was_done_is_a_200_and_not_handled_again()
    {
        await using var app = await PingApp.StartAsync();
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(PingBodies.Retry(PingBodies.Sale, 1)));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(PingBodies.Retry(PingBodies.Sale, 3)));
        Assert.Single(app.Heard.All);
    }

    [Fact]
    public async Task A_handler_that_throws_is_a_503_and_runs_again_when_the_ping_is_repeated()
    {
        await using var app = await PingApp.StartAsync();
        app.Heard.Do = _ => throw new InvalidOperationException("the database is away");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(Sale));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(PingBodies.Retry(PingBodies.Sale, 1)));

        app.Heard.Do = _ => Task.CompletedTask;
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(PingBodies.Retry(PingBodies.Sale, 2)));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(PingBodies.Retry(PingBodies.Sale, 3)));
        Assert.Equal([0, 1, 2], app.Heard.All.Select(h => Assert.IsType<SaleEvent>(h.What).RetryCount));
    }

    [Fact]
    public async Task What_was_not_understood_and_failed_is_told_again()
    {
        await using var app = await PingApp.StartAsync();
        app.Heard.Do = _ => throw new InvalidOperationException();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync("a=b"));
        app.Heard.Do = _ => Task.CompletedTask;
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync("a=b&retry_count=1"));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync("a=b&retry_count=2"));
        Assert.Equal(2, app.Heard.All.Count);
    }

    [Fact]
    public async Task The_other_events_of_a_sale_are_not_its_repeats()
    {
        await using var app = await PingApp.StartAsync();
        await app.PostAsync(Sale);
        await app.PostAsync(PingBodies.Form(PingBodies.FullRefund));
        Assert.Equal(["sale", "refund"], app.Heard.All.Select(h => h.Method));
    }

    [Fact]
    public async Task A_second_partial_refund_looks_like_the_first_and_is_told_all_the_same()
    {
        await using var app = await PingApp.StartAsync();
        var refund = PingBodies.Form(PingBodies.PartialRefund);
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(refund));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(refund));
        Assert.Equal(2, app.Heard.All.Count);
    }

    [Fact]
    public async Task While_a_ping_is_being_handled_its_repeat_is_a_503()
    {
        await using var app = await PingApp.StartAsync();
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        app.Heard.Do = _ =>
        {
            started.SetResult();
            return finish.Task;
        };
        var first = app.PostAsync(Sale);
        await started.Task;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(Sale));
        finish.SetResult();
        Assert.Equal(HttpStatusCode.OK, await first);
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale));
        Assert.Single(app.Heard.All);
    }

    [Fact]
    public async Task A_slow_handler_is_a_503_with_its_token_cancelled_and_runs_again()
    {
        await using var app = await PingApp.StartAsync();
        app.SetTimeLimit(PingApp.Moment);
        var cancelled = new TaskCompletionSource();
        app.Heard.Do = async ct =>
        {
            await using var told = ct.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(Sale));
        await cancelled.Task;

        app.SetTimeLimit(PingApp.Usual);
        app.Heard.Do = _ => Task.CompletedTask;
        await Eventually.HoldsAsync(async () => await app.PostAsync(Sale) == HttpStatusCode.OK, "the ping was not released");
        Assert.Equal(2, app.Heard.All.Count);
    }

    [Fact]
    public async Task A_handler_that_is_done_after_all_is_not_run_again()
    {
        await using var app = await PingApp.StartAsync();
        app.SetTimeLimit(PingApp.Moment);
        var finish = new TaskCompletionSource();
        app.Heard.Do = _ => finish.Task; // does not listen to its token
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(Sale));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(Sale));
        finish.SetResult();
        app.SetTimeLimit(PingApp.Usual);
        await Eventually.HoldsAsync(async () => await app.PostAsync(Sale) == HttpStatusCode.OK, "the ping was not remembered");
        Assert.Single(app.Heard.All);
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_does_not_keep_the_answer_waiting()
    {
        await using var app = await PingApp.StartAsync();
        app.SetTimeLimit(PingApp.Moment);
        using var finish = new ManualResetEventSlim();
        app.Heard.Do = _ =>
        {
            finish.Wait(CancellationToken.None);
            return Task.CompletedTask;
        };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(Sale));
        finish.Set();
        app.SetTimeLimit(PingApp.Usual);
        await Eventually.HoldsAsync(async () => await app.PostAsync(Sale) == HttpStatusCode.OK, "the ping was not remembered");
    }

    [Fact]
    public async Task A_sender_that_hangs_up_does_not_stop_the_handler()
    {
        await using var app = await PingApp.StartAsync();
        var (started, finish) = (new TaskCompletionSource<CancellationToken>(), new TaskCompletionSource());
        app.Heard.Do = ct =>
        {
            started.SetResult(ct);
            return finish.Task;
        };
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(app.Address.Host, app.Address.Port);
            var head = $"POST {PingApp.Path}?token={PingApp.Token} HTTP/1.1\r\nHost: x\r\nContent-Type: {PingBodies.FormType}\r\nContent-Length: {Sale.Length}\r\n\r\n";
            await socket.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. Sale]);
            await started.Task;
        }

        finish.SetResult();
        await Eventually.HoldsAsync(async () => await app.PostAsync(Sale) == HttpStatusCode.OK, "the ping was not remembered");
        Assert.Single(app.Heard.All);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_a_503_and_nothing_is_told()
    {
        await using var app = await PingApp.StartAsync();
        var answer = await RawHttp.HeadOfAnswerAsync(
            app.Address, $"POST {PingApp.Path}?token={PingApp.Token} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnot a chunk\r\n");
        Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
        Assert.Empty(app.Heard.All);
    }
}

using System.Net;
using Latchkey.Contracts;

namespace Latchkey.Client.Tests;

public sealed class BackgroundTests : IDisposable
{
    private readonly TestDevice _device = new();

    public void Dispose() => _device.Dispose();

    [Fact]
    public async Task Refreshes_at_start_and_again_when_the_lease_wants_it()
    {
        using var client = await _device.LaunchActivatedAsync();
        var start = _device.Time.GetTimestamp();
        client.Start();
        client.Start();

        var at = new List<double>();
        for (var seen = 0; seen < 3;)
        {
            var pause = await _device.Time.NextDelayAsync();
            if (_device.Server.Count("validate") > seen)
            {
                seen++;
                at.Add(_device.Time.GetElapsedTime(start).TotalHours);
            }

            Assert.InRange(pause, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
            _device.Time.Advance(pause);
        }

        Assert.Equal([0, 6, 12], at);
    }

    [Fact]
    public async Task Failed_refresh_is_tried_again_after_a_pause_and_state_is_told_when_it_turns()
    {
        using var client = await _device.LaunchActivatedAsync();
        var states = new List<LicenseStatus>();
        client.StateChanged += (_, _) => states.Add(client.State.Status);
        _device.Unplug();
        client.Start();

        var end = _device.Time.GetUtcNow().AddDays(15);
        while (_device.Time.GetUtcNow() < end)
        {
            _device.Time.Advance(await _device.Time.NextDelayAsync());
        }

        // After every failure 10 to 20 minutes: neither silence nor a flood. Three tries each.
        Assert.InRange(_device.Server.Count("validate") / 3, 15 * 24 * 2, 15 * 24 * 6);
        Assert.Equal([LicenseStatus.Grace, LicenseStatus.Lapsed], states);
    }

    [Fact]
    public async Task Mark_is_written_while_the_app_runs()
    {
        using var client = await _device.LaunchActivatedAsync();
        client.Start();
        await _device.Time.NextDelayAsync();
        var before = _device.Storage.Text;

        _device.Time.Advance(TimeSpan.FromHours(1));
        await _device.Time.NextDelayAsync();

        Assert.NotEqual(before, _device.Storage.Text);
        Assert.Equal(1, _device.Server.Count("validate"));
    }

    [Fact]
    public async Task One_refresh_is_in_flight_whoever_asks()
    {
        using var client = await _device.LaunchActivatedAsync();
        var gate = new TaskCompletionSource<HttpResponseMessage?>();
        using var slow = new SlowHandler(_device.Server, gate.Task);
        using var patient = _device.Launch(o => o.Handler = slow);

        var all = Enumerable.Range(0, 20).Select(_ => patient.RefreshAsync()).ToArray();
        patient.RefreshSoon();
        gate.SetResult(null);

        Assert.All(await Task.WhenAll(all), o => Assert.IsType<RefreshOutcome.Refreshed>(o));
        Assert.Equal(1, _device.Server.Count("validate"));
    }

    [Fact]
    public async Task Cancelling_one_wait_leaves_the_refresh_to_the_others()
    {
        using var client = await _device.LaunchActivatedAsync();
        var gate = new TaskCompletionSource<HttpResponseMessage?>();
        using var slow = new SlowHandler(_device.Server, gate.Task);
        using var patient = _device.Launch(o => o.Handler = slow);
        using var cancel = new CancellationTokenSource();

        var (mine, others) = (patient.RefreshAsync(cancel.Token), patient.RefreshAsync());
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mine);
        gate.SetResult(null);

        Assert.IsType<RefreshOutcome.Refreshed>(await others);
    }

    [Fact]
    public async Task Coming_forward_refreshes_at_most_once_a_minute()
    {
        using var client = await _device.LaunchActivatedAsync();
        await client.RefreshAsync();
        while (await _device.Server.NextAsync() != "validate")
        {
        }

        client.RefreshSoon();
        _device.Time.Advance(TimeSpan.FromSeconds(59));
        _device.Time.MoveClock(TimeSpan.FromDays(1));
        client.RefreshSoon();
        Assert.Equal(1, _device.Server.Count("validate"));

        _device.Time.Advance(TimeSpan.FromSeconds(1));
        client.RefreshSoon();
        Assert.Equal("validate", await _device.Server.NextAsync());
        client.RefreshSoon();
        Assert.Equal(2, _device.Server.Count("validate"));
    }

    [Fact]
    public async Task After_a_checkout_it_asks_every_two_seconds_until_something_changes()
    {
        using var client = await _device.LaunchActivatedAsync();
        var watch = client.WatchCheckoutAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(TimeSpan.FromSeconds(2), await _device.Time.NextDelayAsync());
            if (i == 2)
            {
                _device.Server.Alter = c => c with { Tier = "studio", Rank = 30 };
            }

            _device.Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(30, (await watch).Rank);
        Assert.Equal(3, _device.Server.Count("validate"));
    }

    [Fact]
    public async Task After_a_checkout_that_changes_nothing_it_stops_after_thirty_seconds()
    {
        using var client = await _device.LaunchActivatedAsync();
        var start = _device.Time.GetTimestamp();

        Assert.Equal(20, (await _device.RunAsync(client.WatchCheckoutAsync())).Rank);
        Assert.Equal(15, _device.Server.Count("validate"));
        Assert.Equal(TimeSpan.FromSeconds(30), _device.Time.GetElapsedTime(start));
    }

    [Fact]
    public async Task Server_that_wants_to_be_left_alone_is()
    {
        using var client = await _device.LaunchActivatedAsync();
        _device.Server.Instead = _ => FakeServer.Refusal(HttpStatusCode.TooManyRequests, new() { Code = Codes.RateLimited, RetryAfter = 600 });
        Assert.Equal(new RefreshOutcome.Unreachable(TimeSpan.FromMinutes(10)), await client.RefreshAsync());
        _device.Plug();

        _device.Time.Advance(TimeSpan.FromMinutes(5));
        await _device.RunAsync(client.WatchCheckoutAsync());
        Assert.Equal(1, _device.Server.Count("validate"));

        _device.Time.Advance(TimeSpan.FromMinutes(5));
        await _device.RunAsync(client.WatchCheckoutAsync());
        Assert.Equal(16, _device.Server.Count("validate"));
    }

    /// <summary>Holds the requests back until the gate opens.</summary>
    private sealed class SlowHandler(FakeServer server, Task gate) : DelegatingHandler(server)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await gate.WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}

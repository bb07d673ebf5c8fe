namespace Latchkey.Client.Tests;

/// <summary>Seven days of lease, seven of grace: fourteen offline, however the clock is turned.</summary>
public sealed class ClockTests : IDisposable
{
    private readonly TestDevice _device = new();

    public void Dispose() => _device.Dispose();

    [Fact]
    public async Task Offline_it_is_fresh_then_in_grace_then_lapsed_and_comes_back_online()
    {
        using var client = await _device.LaunchActivatedAsync();
        _device.Unplug();
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);

        _device.Time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(300));
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);

        _device.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(LicenseStatus.Grace, client.State.Status);
        Assert.True(client.Has("export"));

        _device.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(LicenseStatus.Grace, client.State.Status);

        _device.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new LicenseState { Status = LicenseStatus.Lapsed }, client.State);

        _device.Plug();
        Assert.IsType<RefreshOutcome.Refreshed>(await client.RefreshAsync());
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);
    }

    [Fact]
    public async Task Clock_back_one_year_gains_nothing_and_loses_nothing()
    {
        using var client = await _device.LaunchActivatedAsync();
        _device.Server.Clock = TrueTime();
        _device.Unplug();
        _device.Time.MoveClock(-TimeSpan.FromDays(365));
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);

        _device.Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal(LicenseStatus.Grace, client.State.Status);
        _device.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(LicenseStatus.Lapsed, client.State.Status);

        // The local clock is still a year behind; the server's word is enough.
        _device.Plug();
        Assert.IsType<RefreshOutcome.Refreshed>(await client.RefreshAsync());
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);
    }

    [Fact]
    public async Task Clock_forward_one_year_costs_nothing_once_it_is_right_again()
    {
        using var client = await _device.LaunchActivatedAsync();
        _device.Unplug();
        _device.Time.MoveClock(TimeSpan.FromDays(365));
        Assert.Equal(LicenseStatus.Lapsed, client.State.Status);
        client.Dispose();

        using var restarted = _device.Launch();
        Assert.Equal(LicenseStatus.Lapsed, restarted.State.Status);
        _device.Time.MoveClock(-TimeSpan.FromDays(365));
        Assert.Equal(LicenseStatus.Fresh, restarted.State.Status);
    }

    [Fact]
    public async Task Clock_forward_within_the_lease_heals_online()
    {
        using var client = await _device.LaunchActivatedAsync();
        _device.Server.Clock = TrueTime();
        _device.Time.MoveClock(TimeSpan.FromDays(10));
        Assert.Equal(LicenseStatus.Grace, client.State.Status);

        // The mark has risen, so turning back does not help…
        _device.Time.MoveClock(-TimeSpan.FromDays(10));
        Assert.Equal(LicenseStatus.Grace, client.State.Status);

        // …but the next lease sets it to the true time, downwards too.
        Assert.IsType<RefreshOutcome.Refreshed>(await client.RefreshAsync());
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);
        _device.Time.Advance(TimeSpan.FromDays(6.9));
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);
    }

    [Fact]
    public async Task Turning_back_at_every_start_never_passes_the_allowance()
    {
        using (await _device.LaunchActivatedAsync())
        {
            _device.Unplug();
        }

        var used = TimeSpan.Zero;
        for (var day = 0; day < 40; day++)
        {
            using var client = _device.Launch();
            if (client.State.IsUsable)
            {
                used += TimeSpan.FromDays(1);
            }

            _device.Time.Advance(TimeSpan.FromDays(1));
            client.Dispose();
            _device.Time.MoveClock(-TimeSpan.FromDays(1));
        }

        Assert.InRange(used, TimeSpan.FromDays(13), TimeSpan.FromDays(15));
    }

    [Fact]
    public async Task Slow_local_clock_is_no_fault_of_a_lease()
    {
        _device.Server.Clock = TrueTime();
        _device.Time.MoveClock(-TimeSpan.FromDays(30));

        using var client = await _device.LaunchActivatedAsync();
        Assert.Equal(LicenseStatus.Fresh, client.State.Status);
        _device.Unplug();
        _device.Time.Advance(TimeSpan.FromDays(15));
        Assert.Equal(LicenseStatus.Lapsed, client.State.Status);
    }

    /// <summary>A clock that goes on from now and that nobody turns.</summary>
    private Func<DateTimeOffset> TrueTime()
    {
        var (start, stamp) = (_device.Time.GetUtcNow(), _device.Time.GetTimestamp());
        return () => start + _device.Time.GetElapsedTime(stamp);
    }
}

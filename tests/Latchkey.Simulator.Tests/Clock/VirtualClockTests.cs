using Latchkey.Simulator.Clock;

namespace Latchkey.Simulator.Tests.Clock;

public sealed class VirtualClockTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    private readonly Timeline _timeline = new(Start, speed: 0);

    private VirtualClock Clock => _timeline.Clock;

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(15)).Token;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _timeline.DisposeAsync();

    [Fact]
    public async Task A_daily_timer_fires_365_times_in_a_year_each_time_at_its_hour()
    {
        var ticks = new List<DateTimeOffset>();
        await using var timer = Clock.CreateTimer(_ => ticks.Add(Clock.GetUtcNow()), null, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
        await AdvanceAsync(TimeSpan.FromDays(365));
        Assert.Equal(Enumerable.Range(1, 365).Select(day => Start.AddDays(day)), ticks);
    }

    [Fact]
    public async Task Standing_still_time_is_the_same_until_it_is_moved()
    {
        var before = Clock.GetTimestamp();
        Assert.Equal(Start, Clock.GetUtcNow());
        await AdvanceAsync(TimeSpan.FromMinutes(1.5));
        Assert.Equal(Start.AddMinutes(1.5), Clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(1.5), Clock.GetElapsedTime(before));
    }

    [Fact]
    public async Task Running_it_is_as_fast_as_its_speed()
    {
        var begun = TimeProvider.System.GetTimestamp();
        Clock.Speed = 1e6;
        await Task.Delay(TimeSpan.FromHours(1), Clock, Limit);
        Clock.Speed = 0;
        var gone = Clock.GetUtcNow() - Start;
        Assert.InRange(gone, TimeSpan.FromHours(1), TimeProvider.System.GetElapsedTime(begun) * 1e6);
        Assert.Equal(Start + gone, Clock.GetUtcNow());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_that_is_none_is_refused(double speed)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Speed = speed);
        Assert.Equal(0, Clock.Speed);
    }

    [Fact]
    public async Task What_awaits_a_delay_goes_on_when_it_is_over()
    {
        var delay = Task.Delay(TimeSpan.FromDays(30), Clock, Limit);
        await AdvanceAsync(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        Assert.False(delay.IsCompleted);
        await AdvanceAsync(TimeSpan.FromTicks(1));
        await delay;
    }

    [Fact]
    public async Task A_periodic_timer_ticks_and_a_timeout_cancels()
    {
        using var periodic = new PeriodicTimer(TimeSpan.FromHours(1), Clock);
        using var timeout = new CancellationTokenSource(TimeSpan.FromHours(2), Clock);
        for (var hour = 1; hour <= 2; hour++)
        {
            Assert.False(timeout.IsCancellationRequested);
            var tick = periodic.WaitForNextTickAsync(Limit);
            Assert.False(tick.IsCompleted);
            await AdvanceAsync(TimeSpan.FromHours(1));
            Assert.True(await tick);
        }

        Assert.True(timeout.IsCancellationRequested);
    }

    [Fact]
    public async Task A_timer_can_be_changed_stopped_and_disposed()
    {
        var ticks = 0;
        var timer = Clock.CreateTimer(state => ticks += (int)state!, 1, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        Assert.True(timer.Change(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)));
        await AdvanceAsync(TimeSpan.FromSeconds(9));
        Assert.Equal(0, ticks);
        await AdvanceAsync(TimeSpan.FromSeconds(21));
        Assert.Equal(3, ticks);

        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, TimeSpan.FromSeconds(10)));
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(3, ticks);

        Assert.True(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(4, ticks);

        timer.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await timer.DisposeAsync();
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(4, ticks);
    }

    [Fact]
    public async Task A_timer_whose_callback_disposes_it_stops()
    {
        var ticks = 0;
        ITimer? timer = null;
        timer = Clock.CreateTimer(
            _ =>
            {
                ticks++;
                timer!.Dispose();
            }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, ticks);
    }

    private Task AdvanceAsync(TimeSpan by) => _timeline.AdvanceToAsync(Clock.GetUtcNow() + by, Limit);
}

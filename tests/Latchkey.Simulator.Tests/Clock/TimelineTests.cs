using Latchkey.Simulator.Clock;

namespace Latchkey.Simulator.Tests.Clock;

public sealed class TimelineTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    private readonly Timeline _timeline = new(Start, speed: 0);
    private readonly List<string> _done = [];

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(15)).Token;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _timeline.DisposeAsync();

    [Fact]
    public async Task Jobs_run_when_they_are_due_and_then_in_the_order_they_were_scheduled()
    {
        Note("late", 9);
        Note("first", 5);
        Note("ping", 5, isPing: true);
        Note("second", 5);
        Note("too late", 11);
        await _timeline.AdvanceToAsync(At(10), Limit);
        Assert.Equal(["first 5", "ping 5", "second 5", "late 9"], _done);
        Assert.Equal(At(10), _timeline.Now);
    }

    [Fact]
    public async Task What_a_job_schedules_runs_in_the_same_advance_even_if_it_is_overdue()
    {
        _timeline.At(At(3), _ =>
        {
            Note("now", 3);
            Note("overdue", 1);
            Note("later", 4);
            return Task.CompletedTask;
        });
        Note("after", 3);
        await _timeline.AdvanceToAsync(At(4), Limit);
        Assert.Equal(["overdue 3", "after 3", "now 3", "later 4"], _done);
    }

    [Fact]
    public async Task Callers_who_advance_at_once_take_turns_and_the_clock_never_goes_back()
    {
        var inside = 0;
        for (var i = 1; i <= 50; i++)
        {
            _timeline.At(At(i), async _ =>
            {
                Assert.Equal(1, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
            });
        }

        await Task.WhenAll(Enumerable.Range(1, 8).Select(i => _timeline.AdvanceToAsync(At(60 - (i * 5)), Limit)));
        Assert.Equal(At(55), _timeline.Now);
        await _timeline.AdvanceToAsync(At(20), Limit);
        Assert.Equal(At(55), _timeline.Now);
    }

    [Fact]
    public async Task A_job_that_failed_fails_the_advance_once_and_the_rest_is_still_due()
    {
        _timeline.At(At(1), _ => throw new FormatException());
        Note("next", 2);
        await Assert.ThrowsAsync<FormatException>(() => _timeline.AdvanceToAsync(At(3), Limit));
        Assert.Empty(_done);
        Assert.Equal(At(1), _timeline.Now);
        await _timeline.AdvanceToAsync(At(3), Limit);
        Assert.Equal(["next 2"], _done);
    }

    [Fact]
    public async Task Jobs_that_failed_while_the_clock_ran_fail_the_wait_for_pings()
    {
        _timeline.Clock.Speed = 1;
        _timeline.At(Start, _ => throw new FormatException(), isPing: true);
        await Assert.ThrowsAsync<FormatException>(() => _timeline.WhenNoPingsAsync(Limit));
        await _timeline.WhenNoPingsAsync(Limit);
    }

    [Fact]
    public async Task Waiting_for_pings_moves_a_clock_that_stands_still_from_ping_to_ping_and_no_further()
    {
        Note("other", 3);
        Note("much later", 100);
        _timeline.At(At(5), _ =>
        {
            Note("retry", 65, isPing: true);
            return Task.CompletedTask;
        }, isPing: true);
        await _timeline.WhenNoPingsAsync(Limit);
        Assert.Equal(["other 3", "retry 65"], _done);
        Assert.Equal(At(65), _timeline.Now);
    }

    [Fact]
    public async Task While_the_clock_runs_jobs_go_side_by_side()
    {
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        Meet(first, second);
        Meet(second, first);
        _timeline.Clock.Speed = 1;
        await _timeline.WhenNoPingsAsync(Limit);

        void Meet(TaskCompletionSource mine, TaskCompletionSource other) => _timeline.At(Start, async ct =>
        {
            mine.SetResult();
            await other.Task.WaitAsync(ct);
        }, isPing: true);
    }

    [Fact]
    public async Task A_sooner_job_or_another_speed_wakes_the_clock_that_sleeps_until_the_next()
    {
        _timeline.Clock.Speed = 1;
        var tomorrow = new TaskCompletionSource();
        _timeline.At(Start.AddDays(1), _ => Task.FromResult(tomorrow.TrySetResult()));
        var soon = new TaskCompletionSource();
        _timeline.At(Start, _ => Task.FromResult(soon.TrySetResult()));
        await soon.Task.WaitAsync(Limit);
        Assert.False(tomorrow.Task.IsCompleted);
        _timeline.Clock.Speed = 1e7;
        await tomorrow.Task.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_running_clock_can_be_advanced_too()
    {
        _timeline.Clock.Speed = 1;
        Note("tomorrow", 86_400);
        await _timeline.AdvanceToAsync(At(86_400), Limit);
        Assert.Equal(["tomorrow 86400"], _done);
        Assert.True(_timeline.Now >= At(86_400));
    }

    [Fact]
    public async Task Disposing_stops_what_runs_drops_what_is_due_and_fails_who_waits()
    {
        var running = new TaskCompletionSource();
        var stopped = false;
        _timeline.At(At(1), async ct =>
        {
            running.SetResult();
            await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => stopped = true, TaskScheduler.Default);
        }, isPing: true);
        Note("never", 2, isPing: true);
        var advance = _timeline.AdvanceToAsync(At(3), Limit);
        await running.Task.WaitAsync(Limit);
        var quiet = _timeline.WhenNoPingsAsync(Limit);
        await _timeline.DisposeAsync();

        Assert.True(stopped);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => advance);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => quiet);
        Assert.Empty(_done);
    }

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private void Note(string what, double seconds, bool isPing = false) => _timeline.At(At(seconds), _ =>
    {
        _done.Add($"{what} {(_timeline.Now - Start).TotalSeconds}");
        return Task.CompletedTask;
    }, isPing);
}

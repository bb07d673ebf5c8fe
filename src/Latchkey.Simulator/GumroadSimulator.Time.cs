namespace Latchkey.Simulator;

/// <content>Time and pings.</content>
public sealed partial class GumroadSimulator
{
    /// <summary>
    /// Moves the clock. Renewals, ends, releases and pings that come due happen in their order, each awaited before the next, so
    /// that a run with a seed repeats itself. Pings of what happened in the last seconds are still to come: see <see cref="WhenQuietAsync"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Back in time.</exception>
    public Task AdvanceAsync(TimeSpan by, CancellationToken ct = default)
    {
        if (by < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(by), by, "The clock goes forward only; advance it by 0 or more.");
        }

        return Timeline.AdvanceToAsync(Clock.GetUtcNow() + by, ct);
    }

    /// <summary>Moves the clock to a time; one that has gone by moves nothing.</summary>
    public Task AdvanceToAsync(DateTimeOffset to, CancellationToken ct = default) => Timeline.AdvanceToAsync(to, ct);

    /// <summary>
    /// Puts an act of your own on the clock, between renewals and pings, in its turn. While the clock is moved it is awaited before
    /// anything later happens; it must not move or await the clock itself. An act that throws fails the move.
    /// </summary>
    /// <param name="due">When; a time that has gone by is now.</param>
    public void At(DateTimeOffset due, Func<CancellationToken, Task> act) => Timeline.At(due, act);

    /// <summary>
    /// Returns once every ping is delivered or given up. A clock that stands still is moved as far as that takes; one that runs is
    /// waited for, which retries can make long.
    /// </summary>
    public Task WhenQuietAsync(CancellationToken ct = default) => Timeline.WhenNoPingsAsync(ct);

    /// <summary>
    /// The test button of Gumroad's settings page: one POST to <see cref="PingUrl"/> about the latest purchase, with
    /// <c>test=true</c> and without <c>resource_name</c>. Never retried.
    /// </summary>
    public Task<PingAttempt> SendTestPingAsync(CancellationToken ct = default) =>
        Courier.SendOnceAsync(PingUrl ?? throw new InvalidOperationException("The account has no ping URL."), Ledger.TestPing(), ct);

    /// <summary>The seller's resend button: a fresh <c>sale</c> ping about the sale as it is now.</summary>
    public Task ResendPingAsync(string saleId, CancellationToken ct = default) => Now(() => Ledger.Resend(saleId), ct);

    /// <summary>Sends every ping so far once more, in an order drawn from the seed, to see that a receiver minds neither order nor repetition.</summary>
    public Task RepeatAllAsync(int seed, CancellationToken ct = default) => Courier.RepeatAllAsync(seed, ct);
}

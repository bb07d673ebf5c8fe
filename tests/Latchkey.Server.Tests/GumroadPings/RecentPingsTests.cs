using System.Globalization;
using Latchkey.AspNetCore.GumroadPings;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>The memory that is there by itself.</summary>
public sealed class RecentPingsTests
{
    private readonly ShiftingTime _time = new();
    private readonly RecentPings _memory;

    public RecentPingsTests() => _memory = new RecentPings(_time);

    [Fact]
    public async Task A_claim_runs_until_it_is_finished_or_released()
    {
        Assert.Equal(PingClaim.Granted, await ClaimAsync("a"));
        Assert.Equal(PingClaim.Running, await ClaimAsync("a"));
        await _memory.ReleaseAsync("a", CancellationToken.None);
        Assert.Equal(PingClaim.Granted, await ClaimAsync("a"));
        await _memory.FinishAsync("a", CancellationToken.None);
        Assert.Equal(PingClaim.Finished, await ClaimAsync("a"));
    }

    [Fact]
    public async Task Of_many_claims_at_once_one_is_granted()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => ClaimAsync("a"))));
        Assert.Single(claims, PingClaim.Granted);
    }

    [Fact]
    public async Task The_last_ten_thousand_are_kept()
    {
        for (var i = 0; i <= RecentPings.Capacity; i++)
        {
            await DoneAsync(i.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(PingClaim.Granted, await ClaimAsync("0"));
        Assert.Equal(PingClaim.Finished, await ClaimAsync("1"));
    }

    [Fact]
    public async Task None_is_kept_for_more_than_an_hour()
    {
        await DoneAsync("a");
        _time.Advance(TimeSpan.FromMinutes(30));
        await DoneAsync("b");
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(PingClaim.Granted, await ClaimAsync("a"));
        Assert.Equal(PingClaim.Finished, await ClaimAsync("b"));
    }

    private async Task DoneAsync(string key)
    {
        Assert.Equal(PingClaim.Granted, await ClaimAsync(key));
        await _memory.FinishAsync(key, CancellationToken.None);
    }

    private async Task<PingClaim> ClaimAsync(string key) => await _memory.ClaimAsync(key, CancellationToken.None);
}

using Latchkey.Simulator.Faults;

namespace Latchkey.Simulator.Tests;

/// <summary>What cannot be is refused in words that say what can.</summary>
public sealed class OptionsTests : SimulatorTest
{
    public static TheoryData<string, FaultDials> ImpossibleDials => new()
    {
        { "Duplicate", new() { Duplicate = 1.01 } },
        { "Reorder", new() { Reorder = -.1 } },
        { "Delay", new() { Delay = double.NaN } },
        { "Late", new() { Late = double.PositiveInfinity } },
        { "Stale", new() { Stale = 2 } },
        { "Drop", new() { Drop = -1 } },
    };

    [Theory]
    [MemberData(nameof(ImpossibleDials), DisableDiscoveryEnumeration = true)]
    public async Task A_dial_that_is_no_probability_is_refused_by_its_name(string name, FaultDials dials)
    {
        var simulator = await StartAsync(Still());
        var set = Assert.Throws<ArgumentOutOfRangeException>(() => simulator.Faults = dials);
        var started = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => StartAsync(new SimulatorOptions { Faults = dials }));
        Assert.Equal((name, name), (set.ParamName, started.ParamName));
        Assert.All([set, started], (ArgumentOutOfRangeException e) => Assert.StartsWith(name + ": give a chance from 0, never, to 1, always.", e.Message, StringComparison.Ordinal));
        Assert.Equal(FaultDials.None, simulator.Faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task An_empty_access_token_is_refused(string token)
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(new SimulatorOptions { AccessToken = token }));
        Assert.StartsWith("AccessToken is empty; leave it null, and CreateAccessToken makes one.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99999)]
    [InlineData(-1)]
    public async Task An_impossible_port_is_refused_with_the_range(int port)
    {
        var e = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => StartAsync(new SimulatorOptions { Port = port }));
        Assert.StartsWith("Port must be 0 to 65535; 0 takes a free one.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_does_not_go_back()
    {
        var simulator = await StartAsync(Still());
        var e = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => simulator.AdvanceAsync(TimeSpan.FromDays(-1), Limit));
        Assert.StartsWith("The clock goes forward only; advance it by 0 or more.", e.Message, StringComparison.Ordinal);
        Assert.Equal(Start, simulator.Clock.GetUtcNow());
    }
}

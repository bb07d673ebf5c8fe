using System.Net;
using Latchkey.Simulator.Faults;

namespace Latchkey.Simulator.Tests.Storefront;

public sealed class ClockAndFaultsTests : StorefrontTest
{
    [Fact]
    public async Task The_clock_goes_ahead_and_what_is_due_happens()
    {
        await OpenAsync(Still().SubscribeAll(Receiver.Url));
        await CheckOutAsync("/checkout/inkclub");
        Assert.Contains("2026-03-14 09:26:53 UTC", await PageAsync("/seller/clock"), StringComparison.Ordinal);
        Assert.Contains("2026-04-15 09:26:53 UTC", await AdvanceAsync(32 * 86_400), StringComparison.Ordinal);
        Assert.Equal([false, true], Simulator.Sales.Select(sale => sale.IsRecurringCharge));
        Assert.Equal(2, Receiver.Requests.Count);
        foreach (var seconds in new[] { "-1", "much", "NaN", "" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/seller/clock/advance", ("seconds", seconds))).StatusCode);
        }
    }

    [Fact]
    public async Task The_speed_can_be_set()
    {
        await OpenAsync(Still());
        Assert.Contains("stands still", await PageAsync("/seller/clock"), StringComparison.Ordinal);
        Assert.Contains("60 times as fast", await PressAsync("/seller/clock", "/seller/clock/speed", ("speed", "60")), StringComparison.Ordinal);
        Assert.Equal(60, Simulator.Clock.Speed);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/seller/clock/speed", ("speed", "-1"))).StatusCode);
    }

    [Fact]
    public async Task The_dials_are_set_in_percent()
    {
        await OpenAsync();
        var page = await PressAsync("/seller/faults", "/seller/faults", ("drop", "2.5"), ("late", "100"), ("seed", "-7"));
        Assert.Equal(FaultDials.None with { Drop = .025, Late = 1, Seed = -7 }, Simulator.Faults);
        Assert.Equal(("2.5", "100", "0", "-7"), Standing(page));
        await PressAsync("/seller/faults", "/seller/faults/rough");
        Assert.Equal(FaultDials.Rough, Simulator.Faults);
        await PressAsync("/seller/faults", "/seller/faults/none");
        Assert.Equal(FaultDials.None, Simulator.Faults);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/seller/faults", ("drop", "101"))).StatusCode);

        static (string?, string?, string?, string?) Standing(string page)
        {
            var form = PageForm.Of(page, "/seller/faults");
            return (form["drop"], form["late"], form["stale"], form["seed"]);
        }
    }

    private async Task<string> AdvanceAsync(int seconds) =>
        await (await PostAsync("/seller/clock/advance", ("seconds", seconds.ToString(null, null)))).Content.ReadAsStringAsync();
}

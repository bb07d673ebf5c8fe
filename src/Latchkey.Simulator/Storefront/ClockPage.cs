namespace Latchkey.Simulator.Storefront;

/// <summary>What time it is at this Gumroad.</summary>
internal static class ClockPage
{
    private static readonly (int Seconds, string Text)[] Steps =
        [(60, "A minute"), (3_600, "An hour"), (86_400, "A day"), (604_800, "A week"), (2_678_400, "A month"), (31_622_400, "A year")];

    private static readonly Html Refresh = new("""<meta http-equiv="refresh" content="10">""");

    public static Html Of(DateTimeOffset now, double speed, string? problem = null) => Layout.Seller("Clock", "/seller/clock", Html.Of($"""
        <h1>Clock</h1>
        {Layout.Alert(problem)}
        <section class="card">
        <p class="clock">{Words.Time(now)}</p>
        <p class="soft">{Pace(speed)}</p>
        <h2>Go ahead by</h2>
        <p class="soft">Everything due on the way happens in order: memberships renew and end, trials run out, pre-orders come out, pings are sent and tried again.</p>
        <div class="actions">{Html.Each(Steps, step => Layout.Button("/seller/clock/advance", step.Text, Layout.Hidden("seconds", Words.Number(step.Seconds))))}</div>
        </section>
        <section class="card narrow">
        <h2>Speed</h2>
        <form method="post" action="/seller/clock/speed">
        {Fields.Input("Times as fast as the real time", "speed", Words.Number(speed), new("type=\"number\" min=\"0\" max=\"1000000\" step=\"any\" required"), hint: "1 is real, 0 stands still until it is moved, 86400 is a day each second.")}
        <button>Set</button>
        </form>
        </section>
        """), speed > 0 ? Refresh : default);

    private static string Pace(double speed) => speed switch
    {
        0 => "It stands still.",
        1 => "It runs like the real one.",
        _ => $"It runs {Words.Number(speed)} times as fast as the real one.",
    };
}

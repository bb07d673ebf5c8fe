using Latchkey.Simulator.Faults;

namespace Latchkey.Simulator.Storefront;

/// <summary>The dials for what goes wrong.</summary>
internal static class FaultsPage
{
    /// <summary>Each dial: its name in the form, its label, what it does, and where it stands.</summary>
    private static readonly (string Name, string Label, string Does, Func<FaultDials, double> Get)[] Dials =
    [
        ("duplicate", "Duplicate", "Sent twice.", dials => dials.Duplicate),
        ("reorder", "Reorder", "Held back for up to a minute, so that later ones overtake it.", dials => dials.Reorder),
        ("delay", "Delay", "Held back for up to fourteen minutes, as long as Gumroad's retries go on.", dials => dials.Delay),
        ("late", "Late", "Delivered up to three days late.", dials => dials.Late),
        ("stale", "Stale", "Built when it happened instead of when it is sent: a late one says what was true before.", dials => dials.Stale),
        ("drop", "Drop", "Never sent. Shown among the pings as dropped; only the API knows.", dials => dials.Drop),
    ];

    public static Html Of(FaultDials dials, string? problem = null) => Layout.Seller("Faults", "/seller/faults", Html.Of($"""
        <h1>Faults</h1>
        <p class="soft">How many of a hundred pings each of these strikes. Gumroad does all of them now and then; a good receiver does not mind.</p>
        {Layout.Alert(problem)}
        <div class="actions">{Layout.Button("/seller/faults/none", "Nothing goes wrong")}{Layout.Button("/seller/faults/rough", "A rough day")}</div>
        <form class="card narrow dials" method="post" action="/seller/faults">
        {Html.Each(Dials, dial => Fields.Input(dial.Label + ", in percent", dial.Name, Words.Number(dial.Get(dials) * 100), new("type=\"number\" min=\"0\" max=\"100\" step=\"any\" required"), dial.Does))}
        {Fields.Input("Seed", "seed", dials.Seed is { } seed ? Words.Number(seed) : "", new("type=\"number\" step=\"1\""), "The same seed draws the same faults. Empty takes the simulator's own.")}
        <button class="main">Set</button>
        </form>
        """));
}

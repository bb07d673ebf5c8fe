using System.Globalization;

namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>What has to happen in a shop so that one of the sample pings is sent.</summary>
/// <param name="Sales">Labels of the purchases made, with commas between them.</param>
/// <param name="Play">The happenings.</param>
internal sealed record Scenario(string Sales, Func<GumroadSimulator, Task> Play)
{
    /// <summary>The label of membership, account and key, if it is not the first purchase's.</summary>
    public string? Owner { get; init; }

    /// <summary>The label of the key, if it is another one.</summary>
    public string? KeyOwner { get; init; }

    public IReadOnlyList<SimulatedProduct> Products { get; init; } = [Licensed];

    public IReadOnlyList<SimulatedOfferCode> OfferCodes { get; init; } = [];

    public DateTimeOffset StartAt { get; init; } = At("2026-03-14T09:26:53Z");

    /// <summary>How many posts of the ping's resource fail before one is taken.</summary>
    public int Failures { get; init; }

    /// <summary>Which of the pings of its resource it is, counted from the last one.</summary>
    public int FromEnd { get; init; } = 1;

    /// <summary>Names of pairs whose values no true story can bring about, with the reason beside the scenario.</summary>
    public IReadOnlyList<string> Invented { get; init; } = [];

    public static SimulatedProduct Wizard { get; } = Product("kbdwiz", "Keyboard Wizard", 2500);

    public static SimulatedProduct Licensed { get; } = Wizard with { IsLicensed = true };

    public static SimulatedProduct InkClub { get; } = Product("inkclub", "Ink Club", 900) with
    {
        Recurrence = "monthly",
        OtherRecurrences = ["yearly"],
        IsLicensed = true,
        Variants = [new("Tier", [new("Patron"), new("Patron & Friends") { RecurrencePrices = Yearly(9000) }, new("Reader", 300)])],
    };

    public static SimulatedProduct InkTeam { get; } = Product("inkteam", "Ink for Teams", 5000) with
    {
        Recurrence = "yearly",
        IsLicensed = true,
        IsMultiseat = true,
        Variants = [new("Tier", [new("Team")])],
    };

    public static BuyOrder Order { get; } = new() { Permalink = "kbdwiz", Email = "mara.ito@example.org" };

    public static BuyOrder Club { get; } = Order with { Permalink = "inkclub", HasAccount = true };

    public static BuyOrder Team { get; } = Order with { Permalink = "inkteam", Quantity = 3 };

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    public static SimulatedProduct Product(string permalink, string name, int cents) => new()
    {
        Permalink = permalink,
        ShortId = permalink,
        ProductId = LabelledIdentities.Id("product " + permalink),
        Name = name,
        PriceUsdCents = cents,
        IsLicensed = false,
    };

    public static Dictionary<string, string> Map(params (string Name, string Value)[] pairs) => pairs.ToDictionary(pair => pair.Name, pair => pair.Value);

    private static Dictionary<string, int> Yearly(int cents) => new() { ["yearly"] = cents };
}

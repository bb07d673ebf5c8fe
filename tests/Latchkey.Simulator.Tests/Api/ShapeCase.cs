namespace Latchkey.Simulator.Tests.Api;

/// <summary>What has to happen in a shop so that the API gives one of the sample answers.</summary>
/// <param name="Play">The happenings, the call last.</param>
internal sealed record ShapeCase(Func<ApiShop, Task<HttpResponseMessage>> Play)
{
    public const string Drawn = "ids, order numbers and keys are drawn";
    public const string Account = "the sample's account number is invented";
    public const string Zone = "the sample's seller lives in another time zone than UTC";
    public const string Reviews = "nobody reviews in the simulator";
    public const string Time = "the sample's time does not follow from its own story";

    public static SimulatedProduct Wizard { get; } = new()
    {
        ProductId = "8F_LHPDdm1JxZGU-reMQVQ==",
        Permalink = "kbdwiz",
        ShortId = "kbdwiz",
        Name = "Keyboard Wizard",
        Description = "<p>Learn every shortcut.</p>",
        PriceUsdCents = 2500,
    };

    public static SimulatedProduct Club { get; } = new()
    {
        ProductId = "rO-w6jmKIoo2pIAnn4H4_g==",
        Permalink = "inkclub",
        ShortId = "inkclub",
        Name = "Ink Club",
        Description = "<p>Learn every shortcut.</p>",
        PriceUsdCents = 300,
        Recurrence = "monthly",
        OtherRecurrences = ["yearly"],
        Variants = [new("Tier", [new("Patron", 900) { RecurrencePrices = new Dictionary<string, int> { ["yearly"] = 9000 } }])],
    };

    public static BuyOrder Order { get; } = new() { Permalink = "kbdwiz", Email = "mara.ito@example.org" };

    public static BuyOrder Mara { get; } = Order with { FullName = "Mara Ito", HasAccount = true, IpCountry = "Japan" };

    public static BuyOrder Member { get; } = Order with { Permalink = "inkclub" };

    public IReadOnlyList<SimulatedProduct> Products { get; init; } = [Wizard];

    public IReadOnlyList<SimulatedOfferCode> OfferCodes { get; init; } = [];

    public string StartAt { get; init; } = "2026-03-14T09:26:53Z";

    /// <summary>Paths whose values may differ, with the reason.</summary>
    public IReadOnlyDictionary<string, string> MayDiffer { get; init; } = new Dictionary<string, string>();

    public static Dictionary<string, string> Paths(params (string Paths, string Reason)[] free) => free
        .SelectMany(one => one.Paths.Split(' ').Select(path => (path, one.Reason)))
        .ToDictionary(one => one.path, one => one.Reason);

    public SimulatorOptions Options(GumroadVersion version = GumroadVersion.Newest) => new()
    {
        Speed = 0,
        StartAt = DateTimeOffset.Parse(StartAt, System.Globalization.CultureInfo.InvariantCulture),
        Seed = 11,
        Version = version,
        Products = Products,
        OfferCodes = OfferCodes,
        SellerId = "7lR_y_Sk2ZkQJWz6F1AYkg==",
        ShopUrl = new Uri("https://inkwellapps.gumroad.com/"),
        AccessToken = ApiShop.Token,
    };
}

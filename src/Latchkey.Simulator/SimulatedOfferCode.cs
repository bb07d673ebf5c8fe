namespace Latchkey.Simulator;

/// <summary>A discount code. Exactly one of the two amounts is given.</summary>
/// <param name="Code">What the buyer types or has as <c>?code=</c> in the product's address; case does not matter.</param>
public sealed record SimulatedOfferCode(string Code)
{
    /// <summary>0 to 100.</summary>
    public int? PercentOff { get; init; }

    /// <summary>USD cents off each one bought.</summary>
    public int? AmountOffUsdCents { get; init; }

    /// <summary>How many can be bought with it in all, counted in quantity as Gumroad does; null for any number.</summary>
    public int? MaxPurchaseCount { get; init; }

    /// <summary>Permalinks it is good for; empty for all products (Gumroad's <c>universal</c>).</summary>
    public IReadOnlyList<string> Permalinks { get; init; } = [];

    /// <summary>Invented codes: for all products, for one buyer only, for a part of the shelf, and for nothing to pay.</summary>
    public static IReadOnlyList<SimulatedOfferCode> Catalog { get; } =
    [
        new("LAUNCH20") { PercentOff = 20 },
        new("ONCE") { AmountOffUsdCents = 500, MaxPurchaseCount = 1 },
        new("CLUBHALF") { PercentOff = 50, Permalinks = ["inkclub", "inkcloud"] },
        new("PRESSCOPY") { PercentOff = 100, Permalinks = ["inkwell", "brushpack"] },
    ];
}

namespace Latchkey.Simulator;

/// <summary>Something for sale.</summary>
public sealed record SimulatedProduct
{
    /// <summary>The last part of the product's URL.</summary>
    public required string Permalink { get; init; }

    /// <summary>The name shown to buyers.</summary>
    public required string Name { get; init; }

    /// <summary>The id in pings. Left out, it follows from the permalink and is the same on every run.</summary>
    public string ProductId { get => field ?? StableIds.Id("product " + Permalink); init; }

    /// <summary>Gumroad's short id, five letters. Left out, it follows from the permalink.</summary>
    public string ShortId { get => field ?? StableIds.Short("product " + Permalink); init; }

    /// <summary>USD cents for one, unless a choice of variant has its own price.</summary>
    public required int PriceUsdCents { get; init; }

    /// <summary>The currency the seller thinks in, lower case. Pings name it but give the price in USD.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>Whether a purchase makes a license key: one, whatever the quantity.</summary>
    public bool IsLicensed { get; init; } = true;

    /// <summary>Whether the quantity of a membership counts seats.</summary>
    public bool IsMultiseat { get; init; }

    /// <summary><c>monthly</c>, <c>quarterly</c>, <c>biannually</c>, <c>yearly</c> or <c>every_two_years</c> makes it a membership; null is a one-time sale.</summary>
    public string? Recurrence { get; init; }

    /// <summary>What the buyer chooses among. A membership's tiers are the category <c>Tier</c>.</summary>
    public IReadOnlyList<VariantCategory> Variants { get; init; } = [];

    /// <summary>Three invented products: a licensed program, one with variants, and a membership with two tiers.</summary>
    public static IReadOnlyList<SimulatedProduct> Catalog { get; } =
    [
        new() { Permalink = "inkwell", Name = "Inkwell", PriceUsdCents = 2900 },
        new()
        {
            Permalink = "brushpack",
            Name = "Brush Pack",
            PriceUsdCents = 1500,
            Variants = [new("Edition", [new("Personal"), new("Studio (5 devices)", 4900)])],
        },
        new()
        {
            Permalink = "inkclub",
            Name = "Ink Club",
            PriceUsdCents = 900,
            Recurrence = "monthly",
            IsMultiseat = true,
            Variants = [new("Tier", [new("Reader", 300), new("Patron", 900)])],
        },
    ];
}

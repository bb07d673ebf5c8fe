namespace Latchkey.Simulator;

/// <content>What a simulator sells when it is told nothing.</content>
public sealed partial record SimulatedProduct
{
    /// <summary>
    /// Invented products of every kind: a licensed program, variants, a named price, an installment course, a pre-order, a
    /// physical product, custom fields, a bundle, a membership with a free trial, and one with tiers, seats and two recurrences.
    /// </summary>
    public static IReadOnlyList<SimulatedProduct> Catalog { get; } =
    [
        new()
        {
            Permalink = "inkwell",
            Name = "Inkwell",
            PriceUsdCents = 2900,
            Description = "A quiet drawing program. Pay once, keep it; a license key unlocks it.",
        },
        new()
        {
            Permalink = "brushpack",
            Name = "Brush Pack",
            PriceUsdCents = 1500,
            Description = "Forty brushes for Inkwell, for yourself or for a studio.",
            Variants = [new("Edition", [new("Personal"), new("Studio (5 devices)", 4900)])],
        },
        new()
        {
            Permalink = "papers",
            Name = "Paper Textures",
            PriceUsdCents = 0,
            Description = "Twelve scanned papers. Pay what you want, or nothing.",
            IsLicensed = false,
            IsPayWhatYouWant = true,
            SuggestedPriceUsdCents = 500,
        },
        new()
        {
            Permalink = "inkcourse",
            Name = "Ink Course",
            PriceUsdCents = 9000,
            Description = "Six weeks of lessons. At once, or in three monthly payments.",
            IsLicensed = false,
            Installments = 3,
        },
        new()
        {
            Permalink = "inkwell3",
            Name = "Inkwell 3",
            PriceUsdCents = 3900,
            Description = "The next Inkwell, ordered ahead: paid for and delivered when it is out.",
            ReleaseAt = new DateTimeOffset(2030, 3, 1, 9, 0, 0, TimeSpan.Zero),
        },
        new()
        {
            Permalink = "sketchbook",
            Name = "Sketchbook",
            PriceUsdCents = 1800,
            Description = "A hundred and sixty pages, sewn, sent by post.",
            IsLicensed = false,
            ShippingRateUsdCents = 450,
            Skus = new Dictionary<string, string> { ["Smooth"] = "SKB-SMOOTH", ["Rough"] = "SKB-ROUGH" },
            Variants = [new("Paper", [new("Smooth"), new("Rough", 2000)])],
        },
        new()
        {
            Permalink = "portrait",
            Name = "Portrait Commission",
            PriceUsdCents = 12000,
            Description = "Drawn by hand after your photograph. One of its questions is named like one of Gumroad's own keys.",
            IsLicensed = false,
            CustomFields =
            [
                new("Name on the portrait", Required: true),
                new("email"),
                new("Wishes", "long_text"),
                new("Show it in the gallery", "checkbox"),
                new("I agree to the terms", "terms", Required: true),
            ],
        },
        new()
        {
            Permalink = "starterset",
            Name = "Starter Set",
            PriceUsdCents = 3500,
            Description = "Everything to begin with, for less than its parts.",
            IsLicensed = false,
            BundleContents = ["inkwell", "brushpack", "papers"],
        },
        new()
        {
            Permalink = "inkcloud",
            Name = "Ink Cloud",
            PriceUsdCents = 500,
            Description = "Your drawings on all your machines. The first two weeks are free.",
            Recurrence = "monthly",
            OtherRecurrences = ["yearly"],
            FreeTrialDays = 14,
            Variants = [new("Tier", [new("Cloud", 500) { RecurrencePrices = new Dictionary<string, int> { ["yearly"] = 5000 } }])],
        },
        new()
        {
            Permalink = "inkclub",
            Name = "Ink Club",
            PriceUsdCents = 900,
            Description = "New brushes every month for everybody in the house.",
            Recurrence = "monthly",
            OtherRecurrences = ["yearly"],
            IsMultiseat = true,
            Variants =
            [
                new("Tier",
                [
                    new("Reader", 300) { RecurrencePrices = new Dictionary<string, int> { ["yearly"] = 3000 } },
                    new("Patron", 900) { RecurrencePrices = new Dictionary<string, int> { ["yearly"] = 9000 } },
                ]),
            ],
        },
    ];
}

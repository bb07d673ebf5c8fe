namespace Latchkey.Simulator.Checkout;

/// <summary>Choices and what they cost.</summary>
internal static class PriceList
{
    public const string Tier = "Tier";

    /// <summary>One choice for every category of the product: the one asked for, else the first.</summary>
    public static IReadOnlyDictionary<string, string> Choose(SimulatedProduct product, IReadOnlyDictionary<string, string> wanted)
    {
        if (wanted.Keys.FirstOrDefault(title => product.Variants.All(category => category.Title != title)) is { } unknown)
        {
            throw new ArgumentException($"Variants: {product.Name} has no choice of '{unknown}'; leave it out.");
        }

        return product.Variants.ToDictionary(
            category => category.Title,
            category => ChoiceOf(category, wanted.GetValueOrDefault(category.Title)).Name);
    }

    /// <summary>USD cents for one, a period of a membership.</summary>
    public static int UnitPriceOf(SimulatedProduct product, IReadOnlyDictionary<string, string> chosen, string? recurrence)
    {
        var priced = Chosen(product, chosen).Select(choice => PriceOf(product, choice, recurrence)).OfType<int>().ToList();
        return priced.Count > 0 ? priced.Sum() : Stretch(product, product.PriceUsdCents, recurrence);
    }

    /// <summary>What a discount code leaves of a price.</summary>
    public static int Discounted(int cents, int quantity, SimulatedOfferCode? code) => code switch
    {
        null => cents,
        { PercentOff: { } percent } => cents - (int)Math.Round(cents * percent / 100m, MidpointRounding.AwayFromZero),
        _ => Math.Max(0, cents - ((code.AmountOffUsdCents ?? 0) * quantity)),
    };

    /// <summary>The choices by their names.</summary>
    public static IEnumerable<VariantChoice> Chosen(SimulatedProduct product, IReadOnlyDictionary<string, string> chosen) =>
        product.Variants.Where(category => chosen.ContainsKey(category.Title)).Select(category => ChoiceOf(category, chosen[category.Title]));

    private static int? PriceOf(SimulatedProduct product, VariantChoice choice, string? recurrence)
    {
        if (recurrence is null)
        {
            return choice.PriceUsdCents;
        }

        if (choice.RecurrencePrices.TryGetValue(recurrence, out var own))
        {
            return own;
        }

        return choice.RecurrencePrices.TryGetValue(Recurrences.Monthly, out var monthly)
            ? monthly * Recurrences.MonthsOf(recurrence)
            : choice.PriceUsdCents is { } usual ? Stretch(product, usual, recurrence) : null;
    }

    // The price stands for the product's usual recurrence; another one costs in proportion to its months.
    private static int Stretch(SimulatedProduct product, int cents, string? recurrence) =>
        recurrence is null || recurrence == product.Recurrence || product.Recurrence is null
            ? cents
            : cents * Recurrences.MonthsOf(recurrence) / Recurrences.MonthsOf(product.Recurrence);

    private static VariantChoice ChoiceOf(VariantCategory category, string? name) =>
        name is null
            ? category.Choices[0]
            : category.Choices.FirstOrDefault(choice => choice.Name == name)
              ?? throw new ArgumentException($"Variants: '{category.Title}' has no choice '{name}'; it has {string.Join(", ", category.Choices.Select(choice => choice.Name))}.");
}

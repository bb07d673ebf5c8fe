namespace Latchkey.Simulator.Checkout;

/// <summary>Choices and what they cost.</summary>
internal static class PriceList
{
    /// <summary>One choice for every category of the product: the one asked for, else the first.</summary>
    public static IReadOnlyDictionary<string, string> Choose(SimulatedProduct product, IReadOnlyDictionary<string, string> wanted)
    {
        if (wanted.Keys.FirstOrDefault(title => product.Variants.All(category => category.Title != title)) is { } unknown)
        {
            throw new ArgumentException($"{product.Name} has no choice of '{unknown}'.", nameof(wanted));
        }

        return product.Variants.ToDictionary(
            category => category.Title,
            category => ChoiceOf(category, wanted.GetValueOrDefault(category.Title)).Name);
    }

    public static int UnitPriceOf(SimulatedProduct product, IReadOnlyDictionary<string, string> chosen)
    {
        var priced = product.Variants.Select(category => ChoiceOf(category, chosen[category.Title]).PriceUsdCents).OfType<int>().ToList();
        return priced.Count > 0 ? priced.Sum() : product.PriceUsdCents;
    }

    private static VariantChoice ChoiceOf(VariantCategory category, string? name) =>
        name is null
            ? category.Choices[0]
            : category.Choices.FirstOrDefault(choice => choice.Name == name)
              ?? throw new ArgumentException($"'{category.Title}' has no choice '{name}'.", nameof(name));
}

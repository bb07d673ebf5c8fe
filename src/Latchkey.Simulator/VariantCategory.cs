namespace Latchkey.Simulator;

/// <summary>A choice the buyer has to make; the first one stands when the order names none.</summary>
/// <param name="Title">The key inside the ping's <c>variants</c>. Gumroad allows an empty one.</param>
/// <param name="Choices">At least one.</param>
public sealed record VariantCategory(string Title, IReadOnlyList<VariantChoice> Choices);

/// <summary>One of the things to choose among.</summary>
/// <param name="Name">The value inside the ping's <c>variants</c>.</param>
/// <param name="PriceUsdCents">
/// USD cents for one, instead of the product's price; null keeps that. Several priced choices add up. A tier's price is for the
/// product's first recurrence.
/// </param>
public sealed record VariantChoice(string Name, int? PriceUsdCents = null)
{
    /// <summary>A tier's USD cents for each of the product's recurrences; one left out costs its months times the price of a month.</summary>
    public IReadOnlyDictionary<string, int> RecurrencePrices { get; init; } = new Dictionary<string, int>();

    /// <summary>How many can be sold in all; null for any number.</summary>
    public int? MaxPurchaseCount { get; init; }
}

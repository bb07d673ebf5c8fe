namespace Latchkey.Gumroad.Api;

/// <summary>A choice to make in a variant category.</summary>
/// <param name="Name">As in <c>Studio</c>.</param>
public sealed record NewVariant(string Name)
{
    /// <summary>What it adds to the price: 0 or more, in the smallest unit of the product's currency.</summary>
    public long? PriceDifferenceCents { get; init; }

    /// <summary>What the buyer reads.</summary>
    public string? Description { get; init; }

    /// <summary>How many can be sold; null without limit.</summary>
    public int? MaxPurchaseCount { get; init; }
}

namespace Latchkey.Gumroad.Api;

/// <summary>What to change of a variant; what is null stays.</summary>
public sealed record VariantChanges
{
    /// <summary>Another name.</summary>
    public string? Name { get; init; }

    /// <summary>What it adds to the price: 0 or more, in the smallest unit of the product's currency.</summary>
    public long? PriceDifferenceCents { get; init; }

    /// <summary>What the buyer reads.</summary>
    public string? Description { get; init; }

    /// <summary>How many can be sold, at least as many as were.</summary>
    public int? MaxPurchaseCount { get; init; }
}

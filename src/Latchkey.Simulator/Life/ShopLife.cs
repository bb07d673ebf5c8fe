namespace Latchkey.Simulator.Life;

/// <summary>
/// A scripted stretch in the life of a shop: who buys what is for sale, and what buyers, banks and the seller do afterwards. The same
/// numbers on the same catalog make the same life, to the second.
/// </summary>
public sealed record ShopLife
{
    /// <summary>How many people buy, spread over all days; 1 or more. Some come back for a second thing.</summary>
    public int Buyers { get; init; } = 1000;

    /// <summary>How many days are played; 1 or more. Memberships that still run then are left running.</summary>
    public int Days { get; init; } = 365;

    /// <summary>Each buyer's life is drawn from this and the buyer's number alone, so more buyers do not change the first ones.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether anybody buys this in a life: it is published and cannot sell out, which would tie one buyer's life to another's.</summary>
    public static bool Sells(SimulatedProduct product)
    {
        ArgumentNullException.ThrowIfNull(product);
        return product is { IsPublished: true, MaxPurchaseCount: null }
            && product.Variants.All(category => category.Choices.All(choice => choice.MaxPurchaseCount is null));
    }
}

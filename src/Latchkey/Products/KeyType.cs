namespace Latchkey.Products;

/// <summary>A sellable shape of a product.</summary>
/// <param name="ActivationLimit">Devices per seat; null is unlimited.</param>
/// <param name="DurationDays">Days from the sale until the right ends; null is for ever (or as long as the subscription).</param>
/// <param name="Rank">Orders tiers: the highest one a subject holds is his tier.</param>
/// <param name="LeaseDays">How long a lease is fresh: 1/24 (one hour) to 90 days.</param>
/// <param name="LeaseGraceDays">How long it stays usable after that: 0 to 90 days.</param>
/// <param name="BillingGraceDays">How long access is kept after a failed payment.</param>
internal sealed record KeyType(
    string Product,
    string Id,
    string Name,
    int? ActivationLimit = 3,
    int? DurationDays = null,
    IReadOnlyList<string>? Entitlements = null,
    string? Tier = null,
    int Rank = 0,
    double LeaseDays = 7,
    double LeaseGraceDays = 7,
    int BillingGraceDays = 3)
{
    public IReadOnlyList<string> Entitlements { get; init; } = Entitlements ?? [];

    public QuantityMode Quantity { get; init; }

    /// <summary>Entitlements that stay after the end (limited mode); null: nothing stays.</summary>
    public IReadOnlyList<string>? KeptAfterEnd { get; init; }
}

/// <summary>What buying several at once means.</summary>
internal enum QuantityMode
{
    /// <summary>One key; the activation limit is multiplied.</summary>
    Seats,

    /// <summary>That many keys, all in one mail.</summary>
    Keys,

    /// <summary>One key and one limit, however many.</summary>
    Ignore,
}

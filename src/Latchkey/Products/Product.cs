namespace Latchkey.Products;

/// <summary>Which key a buyer is given. See the licensing rules, "Foreign keys".</summary>
internal enum KeySource
{
    /// <summary>Gumroad's own key is the key, and Gumroad's receipt shows it: no mail is sent.</summary>
    Shop,

    /// <summary>A generated key only.</summary>
    Own,

    /// <summary>Either works; the generated one is shown first.</summary>
    Both,
}

/// <summary>One app of the tenant.</summary>
/// <param name="KeyPrefix">2 to 8 of A–Z and 0–9, a letter first.</param>
/// <param name="KeySource">Null: <see cref="Products.KeySource.Both"/> when Gumroad sends a key, else <see cref="Products.KeySource.Own"/>.</param>
internal sealed record Product(string Id, string Name, string KeyPrefix, KeySource? KeySource);

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
}

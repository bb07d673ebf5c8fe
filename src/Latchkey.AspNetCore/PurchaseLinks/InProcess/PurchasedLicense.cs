namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>A license that a purchase brought.</summary>
/// <param name="Id">The license's id.</param>
/// <param name="Product">The id of the product it opens.</param>
/// <param name="KeyType">What was sold.</param>
/// <param name="Tier">Its tier; null when the key type has none.</param>
/// <param name="Entitlements">What it allows.</param>
public sealed record PurchasedLicense(string Id, string Product, string KeyType, string? Tier, IReadOnlyList<string> Entitlements);

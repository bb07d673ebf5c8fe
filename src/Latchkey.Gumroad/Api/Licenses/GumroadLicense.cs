namespace Latchkey.Gumroad.Api;

/// <summary>A license after a change. Either <paramref name="Purchase"/> or <paramref name="ImportedCustomer"/> is set.</summary>
/// <param name="Uses">How often the key was verified with counting.</param>
/// <param name="Purchase">What was bought; after a rotation with the new key.</param>
/// <param name="ImportedCustomer">The customer, if imported.</param>
public sealed record GumroadLicense(int Uses, LicensePurchase? Purchase, ImportedBuyer? ImportedCustomer);

namespace Latchkey.Gumroad.Api;

/// <summary>What Gumroad says about a license key.</summary>
public abstract record LicenseVerification
{
    private LicenseVerification()
    {
    }

    /// <summary>Gumroad knows the key and has not blocked it. It says so of refunded, charged back and ended purchases too: ask <see cref="LicensePurchase.IsEntitled"/>.</summary>
    /// <param name="Uses">How often the key was verified with counting, this time included. Gumroad sets no limit.</param>
    /// <param name="Purchase">What was bought.</param>
    public sealed record Valid(int Uses, LicensePurchase Purchase) : LicenseVerification;

    /// <summary>The key of a customer whom the seller imported; there is no purchase to look at.</summary>
    /// <param name="Uses">As for <see cref="Valid"/>.</param>
    /// <param name="Customer">Who it is.</param>
    public sealed record ImportedCustomer(int Uses, ImportedBuyer Customer) : LicenseVerification;

    /// <summary>No such key for this product.</summary>
    public sealed record NotFound : LicenseVerification;

    /// <summary>The seller disabled the key.</summary>
    public sealed record Disabled : LicenseVerification;

    /// <summary>The seller took the buyer's access away.</summary>
    public sealed record AccessRevoked : LicenseVerification;
}

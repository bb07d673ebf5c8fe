namespace Latchkey.Gumroad.Api;

/// <summary>The three refusals of a key, which differ by nothing but these words. <c>app/controllers/api/v2/licenses_controller.rb</c></summary>
internal static class LicenseWords
{
    public const string NotFound = "license does not exist for the provided product";
    public const string Disabled = "license key has been disabled";
    public const string AccessRevoked = "Access to the purchase associated with this license has expired";
}

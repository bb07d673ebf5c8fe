using Latchkey.Contracts.Keys;
using Latchkey.Contracts.Leases;

namespace Latchkey.Client;

/// <summary>Says at the start what would otherwise fail at a buyer's.</summary>
internal static class OptionsCheck
{
    public static void Require(LatchkeyClientOptions options)
    {
        Require(options.Server is { IsAbsoluteUri: true } server && (server.Scheme == "https" || (server.Scheme == "http" && server.IsLoopback)),
            "Server must be an https address, or http on the loopback address.");
        Require(options.Tenant.Length > 0, "Tenant is missing.");
        Require(options.Product.Length > 0, "Product is missing.");
        Require(options.RootKeys.Count > 0, "RootKeys is empty: nothing could be believed.");
        Require(options.KeyPrefixes.All(LicenseKey.IsValidPrefix), "KeyPrefixes must be 2 to 8 of A-Z and 0-9, the first a letter.");
        foreach (var key in options.RootKeys)
        {
            RootKey(key);
        }
    }

    public static byte[] RootKey(string text)
    {
        try
        {
            var bytes = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + "=");
            Require(bytes.Length == Ed25519.PublicKeyLength, "RootKeys must be 32 bytes each.");
            return bytes;
        }
        catch (FormatException)
        {
            throw new ArgumentException("RootKeys must be base64url without padding.");
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new ArgumentException(otherwise);
        }
    }
}

namespace Latchkey;

/// <summary>Where Gumroad is, section <c>Latchkey:Gumroad</c>. Change it to work against a simulator.</summary>
public sealed class GumroadOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string Section = "Latchkey:Gumroad";

    /// <summary>Where the API is, an http or https address. Default Gumroad's.</summary>
    public string ApiUrl { get; set; } = "https://api.gumroad.com/v2/";

    /// <summary>
    /// The shop, an http or https address: a product that is named by its permalink is sold at <c>ShopUrl/l/permalink</c>. Default Gumroad's,
    /// which sends on to the seller's own.
    /// </summary>
    public string ShopUrl { get; set; } = "https://gumroad.com";

    internal IEnumerable<string> Faults()
    {
        if (!IsAddress(ApiUrl))
        {
            yield return $"{Section}:ApiUrl is '{ApiUrl}'; use an address without a query such as https://api.gumroad.com/v2/.";
        }

        if (!IsAddress(ShopUrl))
        {
            yield return $"{Section}:ShopUrl is '{ShopUrl}'; use an address without a query such as https://gumroad.com.";
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", Query: "", Fragment: "" };
}

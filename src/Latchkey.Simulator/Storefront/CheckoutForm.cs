using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Simulator.Storefront;

/// <summary>Reads the product page's form.</summary>
internal static class CheckoutForm
{
    public const string UrlParam = "url_params.";
    public const string Variant = "variants.";

    /// <summary>The order, whose checking is the checkout's business.</summary>
    public static BuyOrder Read(string permalink, IFormCollection form) => new()
    {
        Permalink = permalink,
        Email = form["email"].ToString(),
        FullName = form["full_name"].ToString(),
        Quantity = int.TryParse(form["quantity"], NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) ? quantity : 0,
        Variants = WithPrefix(form, Variant),
        UrlParams = WithPrefix(form, UrlParam),
    };

    /// <summary>The page's own query, of repeated names the last value.</summary>
    public static Dictionary<string, string> UrlParams(IQueryCollection query) =>
        query.ToDictionary(pair => pair.Key, pair => pair.Value.LastOrDefault() ?? "");

    private static Dictionary<string, string> WithPrefix(IFormCollection form, string prefix) => form
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value.LastOrDefault() ?? "");
}

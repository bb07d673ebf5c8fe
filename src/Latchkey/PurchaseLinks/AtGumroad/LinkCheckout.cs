using System.Globalization;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>The address to send a buyer to. What its parameters mean: <c>useSelectionFromUrl</c> in <c>app/javascript/components/Product</c>.</summary>
internal static class LinkCheckout
{
    private const string ProductPath = "/l/";

    /// <param name="shopUrl"><see cref="GumroadOptions.ShopUrl"/>.</param>
    public static string UrlOf(TenantContext tenant, PurchaseLink link, string shopUrl)
    {
        var reference = LinkTokens.Reference(tenant, link.Id);
        var address = new UriBuilder(link.Made.CheckoutUrl ?? AddressOf(link.Terms.GumroadProduct!, shopUrl)) { Fragment = "" };
        if (link.Strength == LinkStrength.Code)
        {
            address.Path = $"{address.Path.TrimEnd('/')}/{reference}";
        }

        // Of a repeated parameter the last one stands, so ours come behind what the seller's address has.
        var ours = string.Join('&', Parameters(link.Terms, reference).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        address.Query = address.Query.Length > 1 ? $"{address.Query}&{ours}" : ours;
        return address.Uri.AbsoluteUri;
    }

    /// <summary>Whether the address follows from the name alone. It does not from Gumroad's opaque ids.</summary>
    public static bool HasAddress(string named) => !IsId(named);

    /// <summary>Gumroad's opaque ids end so, and nothing else does. <c>app/modules/obfuscate_ids.rb</c></summary>
    public static bool IsId(string named) => named.EndsWith("==", StringComparison.Ordinal);

    /// <summary>Of an address its last part; everything else as it is.</summary>
    public static string PermalinkOf(string named)
    {
        if (!Uri.TryCreate(named, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return named;
        }

        var at = uri.AbsolutePath.IndexOf(ProductPath, StringComparison.Ordinal);
        var path = at < 0 ? uri.AbsolutePath.Trim('/') : uri.AbsolutePath[(at + ProductPath.Length)..];
        var end = path.IndexOf('/', StringComparison.Ordinal);
        return Uri.UnescapeDataString(end < 0 ? path : path[..end]);
    }

    private static string AddressOf(string named, string shopUrl) =>
        Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? named
            : shopUrl.TrimEnd('/') + ProductPath + Uri.EscapeDataString(named);

    private static IEnumerable<(string Name, string Value)> Parameters(LinkTerms terms, string reference)
    {
        if (terms.Variant is { } variant)
        {
            // Gumroad knows a choice by its id under the one name and by what it is called under the other.
            yield return ("option", variant);
            yield return ("variant", variant);
        }

        if (terms.Recurrence is { } recurrence)
        {
            yield return ("recurrence", recurrence);
        }

        if (terms.Quantity > 1)
        {
            yield return ("quantity", terms.Quantity.ToString(CultureInfo.InvariantCulture));
        }

        if (terms.MinPriceUsdCents is > 0 and { } least && terms.PricingCurrency is null or "usd")
        {
            yield return ("price", Dollars(least, terms.Quantity));
        }

        yield return ("wanted", "true");
        yield return (LinkTokens.Parameter, reference);
    }

    /// <summary>For one, where the buyer names the price; elsewhere Gumroad does not look at it.</summary>
    private static string Dollars(long cents, int quantity)
    {
        var forOne = (cents + quantity - 1) / quantity;
        return (forOne / 100m).ToString("0.##", CultureInfo.InvariantCulture);
    }
}

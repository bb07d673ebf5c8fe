using Latchkey.Purchases;

namespace Latchkey.Products;

/// <summary>Whether a rule fits. Pure.</summary>
internal static class RuleMatch
{
    public static Rule? First(RuleSet rules, Bought bought) => rules.Rules.FirstOrDefault(rule => Fits(rule, bought));

    public static bool Fits(Rule rule, Bought bought) =>
        NamesProduct(rule.GumroadProduct, bought.ProductId, bought.ShortId, bought.Permalink, bought.ProductUrl)
        && (rule.Variant is null || rule.Variant == bought.TierId || bought.Variants.Any(v => SameText(v, rule.Variant)))
        && (rule.Recurrence is null || SameText(rule.Recurrence, bought.Recurrence))
        && (rule.MinPriceUsdCents is not { } min || bought.PriceUsdCents >= min)
        && (rule.MaxPriceUsdCents is not { } max || bought.PriceUsdCents <= max)
        && (rule.OfferCode is null || SameText(rule.OfferCode, bought.OfferCode))
        && (rule.UrlParam is null || HasParam(rule.UrlParam, bought.UrlParams));

    /// <summary>Whether a name, as sellers write them into rules, means this product.</summary>
    public static bool NamesProduct(string named, Charge charge) => NamesProduct(named, charge.ProductId, charge.ShortId, charge.Permalink, charge.ProductUrl);

    /// <summary>Whether a choice was bought, and a recurrence; null asks for none.</summary>
    public static bool FitsChoice(string? variant, string? recurrence, Charge charge) =>
        (variant is null || charge.Variants.Any(v => SameText(v, variant))) && (recurrence is null || SameText(recurrence, charge.Recurrence));

    private static bool HasParam(string wanted, IReadOnlyDictionary<string, string>? parameters)
    {
        var split = wanted.IndexOf('=', StringComparison.Ordinal);
        return split < 0
            ? parameters?.ContainsKey(wanted) is true
            : parameters?.GetValueOrDefault(wanted[..split]) == wanted[(split + 1)..];
    }

    /// <summary>Ids are compared exactly (their case matters); permalinks and addresses are not case-sensitive at Gumroad.</summary>
    private static bool NamesProduct(string named, string? id, string? shortId, string? permalink, string? url) =>
        named == id
        || named == shortId
        || string.Equals(named, permalink, StringComparison.OrdinalIgnoreCase)
        || (url is not null && string.Equals(WithoutEnd(named), WithoutEnd(url), StringComparison.OrdinalIgnoreCase));

    private static string WithoutEnd(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        return (end < 0 ? url : url[..end]).TrimEnd('/');
    }

    private static bool SameText(string? a, string? b) =>
        a is not null && b is not null && string.Equals(Squeezed(a), Squeezed(b), StringComparison.OrdinalIgnoreCase);

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

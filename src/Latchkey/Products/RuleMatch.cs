namespace Latchkey.Products;

/// <summary>Whether a rule fits. Pure.</summary>
internal static class RuleMatch
{
    public static Rule? First(RuleSet rules, Bought bought) => rules.Rules.FirstOrDefault(rule => Fits(rule, bought));

    public static bool Fits(Rule rule, Bought bought) =>
        NamesProduct(rule.GumroadProduct, bought)
        && (rule.Variant is null || bought.Variants.Any(v => SameText(v, rule.Variant)))
        && (rule.Recurrence is null || SameText(rule.Recurrence, bought.Recurrence))
        && (rule.MinPriceUsdCents is not { } min || bought.PriceUsdCents >= min)
        && (rule.MaxPriceUsdCents is not { } max || bought.PriceUsdCents <= max);

    /// <summary>Ids are compared exactly (their case matters); permalinks and addresses are not case-sensitive at Gumroad.</summary>
    private static bool NamesProduct(string named, Bought bought) =>
        named == bought.ProductId
        || named == bought.ShortId
        || string.Equals(named, bought.Permalink, StringComparison.OrdinalIgnoreCase)
        || (bought.ProductUrl is { } url && string.Equals(WithoutEnd(named), WithoutEnd(url), StringComparison.OrdinalIgnoreCase));

    private static string WithoutEnd(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        return (end < 0 ? url : url[..end]).TrimEnd('/');
    }

    private static bool SameText(string? a, string? b) =>
        a is not null && b is not null && string.Equals(Squeezed(a), Squeezed(b), StringComparison.OrdinalIgnoreCase);

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

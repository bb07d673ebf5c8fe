namespace Latchkey.Simulator.Checkout;

/// <summary>Which query parameters of the product page come back in pings.</summary>
internal static class UrlParameters
{
    // Source: app/javascript/components/server-components/CheckoutPage.tsx and app/services/purchase/create_service.rb.
    private static readonly HashSet<string> KeptByGumroad = new(StringComparer.Ordinal)
    {
        "product", "option", "recurrence", "quantity", "price", "recommended_by", "affiliate_id", "referrer", "rent", "recommender_model_name",
        "call_start_time", "pay_in_installments", "code", "wanted", "email", "as_modal", "as_embed", "debug",
    };

    /// <summary>Those of the checkout, or where it passed none those of the page the buyer came from, of which repeated ones make lists.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Of(BuyOrder order)
    {
        IEnumerable<(string Name, string Value)> pairs = order.UrlParams.Count > 0
            ? order.UrlParams.Select(pair => (pair.Key, pair.Value))
            : (order.ReferrerQuery ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Pair);
        var result = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs.Where(pair => !KeptByGumroad.Contains(pair.Name)))
        {
            result[name] = result.TryGetValue(name, out var before) ? [.. before, value] : [value];
        }

        return result;
    }

    private static (string Name, string Value) Pair(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (Decode(text), "") : (Decode(text[..at]), Decode(text[(at + 1)..]));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

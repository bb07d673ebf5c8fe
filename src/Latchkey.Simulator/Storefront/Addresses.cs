namespace Latchkey.Simulator.Storefront;

/// <summary>Addresses of pages.</summary>
internal static class Addresses
{
    public static string Product(SimulatedProduct product) => "/l/" + Uri.EscapeDataString(product.Slug);

    public static string Checkout(SimulatedProduct product) => "/checkout/" + Uri.EscapeDataString(product.Slug);

    public static string Receipt(string saleId) => "/purchases/" + Uri.EscapeDataString(saleId);

    public static string Account(string email, string? subscriptionId = null) =>
        "/account?email=" + Uri.EscapeDataString(email) + (subscriptionId is null ? "" : "#" + Anchor(subscriptionId));

    /// <summary>The id of a sale's or membership's card.</summary>
    public static string Anchor(string id) => "id-" + id.TrimEnd('=');

    public static string WithQuery(string path, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var query = string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}

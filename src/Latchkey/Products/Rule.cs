namespace Latchkey.Products;

/// <summary>Maps what was bought at Gumroad to a key type. Rules are tried in order; the first that fits wins.</summary>
/// <param name="GumroadProduct">Product id (the stable choice), short id, permalink or product URL.</param>
/// <param name="Variant">A variant's name (case and spacing do not matter) or a tier's id; null fits every variant.</param>
/// <param name="Recurrence">For memberships: <c>monthly</c>, <c>yearly</c>…; null fits all.</param>
/// <param name="Ignore">True: what fits makes nothing and is not held, as for bundles whose contents come as sales of their own.</param>
internal sealed record Rule(
    string GumroadProduct,
    string? Variant = null,
    string? Recurrence = null,
    long? MinPriceUsdCents = null,
    long? MaxPriceUsdCents = null,
    string? Product = null,
    string? KeyType = null,
    bool Ignore = false)
{
    /// <summary>A discount code; case does not matter. Null fits with and without one.</summary>
    public string? OfferCode { get; init; }

    /// <summary>A query parameter of the product page that must be there, <c>name</c> or <c>name=value</c>; null fits all. Buyers can edit them.</summary>
    public string? UrlParam { get; init; }

    /// <summary>Gumroad products contained in this one, a bundle: named like <see cref="GumroadProduct"/>. A refund of the bundle then reaches them.</summary>
    public IReadOnlyList<string> Contents { get; init; } = [];
}

/// <summary>All rules of a tenant, in their order.</summary>
/// <param name="Version">Rises with every change; the <c>ETag</c> of the rules.</param>
internal sealed record RuleSet(int Version, IReadOnlyList<Rule> Rules)
{
    public static RuleSet Empty { get; } = new(0, []);
}

/// <summary>What a rule is matched against: the earliest charge of a purchase.</summary>
/// <param name="PriceUsdCents">What was paid; for a gift, the gift's price.</param>
internal sealed record Bought(
    string? ProductId,
    string? ShortId,
    string? Permalink,
    string? ProductUrl,
    IReadOnlyCollection<string> Variants,
    string? Recurrence,
    long? PriceUsdCents)
{
    /// <summary>The id of the plan's tier, where a change of plan named it.</summary>
    public string? TierId { get; init; }

    public string? OfferCode { get; init; }

    public IReadOnlyDictionary<string, string>? UrlParams { get; init; }
}

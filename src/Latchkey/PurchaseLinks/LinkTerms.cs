using System.Text.Json.Serialization;

namespace Latchkey.PurchaseLinks;

/// <summary>What a link sells: a sale that redeems it must fit all of it. What is null is not asked for.</summary>
internal sealed record LinkTerms
{
    /// <summary>Gumroad's product as sellers write it into rules: id, short id, permalink or address. Null for a product of its own.</summary>
    [JsonPropertyName("gumroad_product")]
    public string? GumroadProduct { get; init; }

    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    [JsonPropertyName("recurrence")]
    public string? Recurrence { get; init; }

    /// <summary>What is to be paid at least, for the whole quantity; of a gift the gift's price.</summary>
    [JsonPropertyName("min_price_usd_cents")]
    public long? MinPriceUsdCents { get; init; }

    /// <summary>The product's pricing currency, three lower-case letters.</summary>
    [JsonPropertyName("pricing_currency")]
    public string? PricingCurrency { get; init; }

    [JsonPropertyName("quantity")]
    public int Quantity { get; init; } = 1;

    /// <summary>The buyer may give it to somebody else: then the right belongs to whom the gift names, not to the link's subject.</summary>
    [JsonPropertyName("gift")]
    public bool Gift { get; init; }

    /// <summary>What it grants, whatever the rules say; null: what the rules say, and nothing where they say nothing.</summary>
    [JsonPropertyName("product")]
    public string? Product { get; init; }

    [JsonPropertyName("key_type")]
    public string? KeyType { get; init; }

    /// <summary>A purchase that comes with the link once it is used is refunded through Gumroad's API instead of being held.</summary>
    [JsonPropertyName("refund_repeats")]
    public bool RefundRepeats { get; init; }

    /// <summary>Of the discount code, 0 to 100; what it takes off besides being usable once.</summary>
    [JsonPropertyName("percent_off")]
    public int PercentOff { get; init; }

    /// <summary>Of a product of its own: how it is called at Gumroad.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>Of a product of its own: its price in <see cref="PricingCurrency"/>, minor units.</summary>
    [JsonPropertyName("price_cents")]
    public long? PriceCents { get; init; }
}

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>What is to be sold, to whom, once. A sale that does not fit all of it is held for the seller and never granted.</summary>
public sealed record PurchaseLinkOrder
{
    /// <summary>Gumroad's id, short id, permalink or address of an existing product. Null for <see cref="PurchaseLinkStrength.Product"/>.</summary>
    public string? GumroadProduct { get; init; }

    /// <summary>What makes sure that it is paid for once.</summary>
    public PurchaseLinkStrength Strength { get; init; }

    /// <summary>Whose purchase it is to be: <c>user:…</c> or <c>email:…</c>. Null: that of whom the sale names.</summary>
    public string? Subject { get; init; }

    /// <summary>How long one may pay: 60 s to 90 days, whole seconds; an hour when null.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Path and query of the return, as mapped with <c>MapPurchaseReturn</c>. May be left out where one is mapped.</summary>
    public string? Return { get; init; }

    /// <summary>The variant that must be chosen.</summary>
    public string? Variant { get; init; }

    /// <summary>Of a membership: how often it must be paid, for example <c>monthly</c>.</summary>
    public string? Recurrence { get; init; }

    /// <summary>What must be paid at least, in USD cents for the whole quantity.</summary>
    public long? MinPriceUsdCents { get; init; }

    /// <summary>The product's pricing currency, three lower-case letters.</summary>
    public string? PricingCurrency { get; init; }

    /// <summary>How many must be bought; 1 when null.</summary>
    public int? Quantity { get; init; }

    /// <summary>The buyer may give it to somebody else, who then has the right.</summary>
    public bool Gift { get; init; }

    /// <summary>With <see cref="KeyType"/> the product it grants, whatever the rules say. Null: what the rules say, and nothing where they say nothing.</summary>
    public string? Product { get; init; }

    /// <summary>See <see cref="Product"/>.</summary>
    public string? KeyType { get; init; }

    /// <summary>A second purchase with the same link is refunded at Gumroad instead of being held.</summary>
    public bool RefundRepeats { get; init; }

    /// <summary>Of <see cref="PurchaseLinkStrength.Code"/>: what the code takes off, 0 to 100 percent.</summary>
    public int? PercentOff { get; init; }

    /// <summary>Of <see cref="PurchaseLinkStrength.Product"/>: how it is called at Gumroad.</summary>
    public string? Name { get; init; }

    /// <summary>Of <see cref="PurchaseLinkStrength.Product"/>: what its page says, HTML.</summary>
    public string? Description { get; init; }

    /// <summary>Of <see cref="PurchaseLinkStrength.Product"/>: its price in <see cref="PricingCurrency"/>, minor units.</summary>
    public long? PriceCents { get; init; }
}

namespace Latchkey.Purchases;

/// <summary>One charge of a purchase, merged from all that was said about it.</summary>
/// <param name="Granting">A <c>sale</c> said so: a refund or dispute alone never makes a right, nor does the giver's half of a gift.</param>
internal sealed record Charge(string SaleId, bool Granting)
{
    public string? SubscriptionId { get; init; }
    public string? ProductId { get; init; }
    public string? ShortId { get; init; }
    public string? Permalink { get; init; }
    public string? ProductUrl { get; init; }
    public string? ProductName { get; init; }
    public string? Email { get; init; }
    public string? FullName { get; init; }

    /// <summary>USD cents for the whole quantity.</summary>
    public long? PriceUsdCents { get; init; }

    /// <summary>The product's pricing currency, not that of the price.</summary>
    public string? PricingCurrency { get; init; }

    public int Quantity { get; init; } = 1;
    public DateTimeOffset? SoldAt { get; init; }
    public string? Recurrence { get; init; }

    /// <summary>The choices made, without their categories.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>The choice in a membership's own category.</summary>
    public string? Tier { get; init; }

    public string? OfferCode { get; init; }
    public string? LicenseKey { get; init; }
    public bool IsTest { get; init; }
    public bool IsRecurring { get; init; }
    public bool IsPreorder { get; init; }
    public bool IsGift { get; init; }
    public long? GiftPriceUsdCents { get; init; }

    /// <summary>Of a gift: who paid.</summary>
    public string? GifterEmail { get; init; }

    /// <summary>Of a gift's giving half: whose it is. Only reads of Gumroad's API show it.</summary>
    public string? GifteeEmail { get; init; }

    /// <summary>Query parameters of the product page; they stay in the entries and are not kept with the purchase.</summary>
    public IReadOnlyDictionary<string, string>? UrlParams { get; init; }

    /// <summary>What the buyer filled in; it stays in the entries and is not kept with the purchase.</summary>
    public IReadOnlyDictionary<string, string>? CustomFields { get; init; }

    /// <summary>Fully refunded.</summary>
    public bool Refunded { get; init; }
    public bool PartiallyRefunded { get; init; }
    public bool Disputed { get; init; }
    public bool DisputeWon { get; init; }

    /// <summary>What was paid; for a gift, the gift's price.</summary>
    public long? PaidUsdCents => IsGift ? GiftPriceUsdCents ?? PriceUsdCents : PriceUsdCents;

    /// <summary>As the store keeps it: keys are kept sealed with their license, what a buyer passed through Gumroad only in the entries.</summary>
    public Charge ToStored() => this with { LicenseKey = null, UrlParams = null, CustomFields = null };
}

namespace Latchkey.Purchases;

/// <summary>One charge of a purchase, merged from all that was said about it.</summary>
/// <param name="Granting">A <c>sale</c> said so: a refund or dispute alone never makes a right.</param>
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
    public IReadOnlyList<string> Variants { get; init; } = [];
    public string? LicenseKey { get; init; }
    public bool IsTest { get; init; }
    public bool IsRecurring { get; init; }
    public bool IsPreorder { get; init; }
    public bool IsGift { get; init; }
    public long? GiftPriceUsdCents { get; init; }

    /// <summary>Fully refunded.</summary>
    public bool Refunded { get; init; }
    public bool PartiallyRefunded { get; init; }
    public bool Disputed { get; init; }
    public bool DisputeWon { get; init; }
}

namespace Latchkey.Simulator;

/// <summary>A sale as it stood when it was asked for.</summary>
public sealed record SimulatedSale
{
    /// <summary>The <c>sale_id</c> of its pings.</summary>
    public required string SaleId { get; init; }

    /// <summary>The same sale as a number, below 2^30.</summary>
    public required int OrderNumber { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The membership it belongs to, if any.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>For how long this payment of a membership pays: <c>monthly</c>, <c>yearly</c>…; null for what is no membership.</summary>
    public string? Recurrence { get; init; }

    /// <summary>What was bought.</summary>
    public required string ProductId { get; init; }

    /// <summary>The product's name.</summary>
    public required string ProductName { get; init; }

    /// <summary>The product's permalink.</summary>
    public required string Permalink { get; init; }

    /// <summary>The choices made, by category.</summary>
    public required IReadOnlyDictionary<string, string> Variants { get; init; }

    /// <summary>The buyer; for a gift the receiver.</summary>
    public required string Email { get; init; }

    /// <summary>The buyer's name, if given.</summary>
    public string? FullName { get; init; }

    /// <summary>The one key of the purchase; renewals repeat that of the first.</summary>
    public string? LicenseKey { get; init; }

    /// <summary>The discount code used, if any.</summary>
    public string? OfferCode { get; init; }

    /// <summary>How many.</summary>
    public required int Quantity { get; init; }

    /// <summary>USD cents for the whole quantity; 0 for the receiver of a gift.</summary>
    public required int PriceUsdCents { get; init; }

    /// <summary>USD cents given back so far.</summary>
    public required int RefundedUsdCents { get; init; }

    /// <summary>True only once everything was given back.</summary>
    public required bool Refunded { get; init; }

    /// <summary>A chargeback happened. Stays true after it is won.</summary>
    public required bool Disputed { get; init; }

    /// <summary>The chargeback was decided for the seller.</summary>
    public required bool DisputeWon { get; init; }

    /// <summary>Not the first payment of its membership.</summary>
    public required bool IsRecurringCharge { get; init; }

    /// <summary>Nothing was charged yet: the release makes another sale.</summary>
    public required bool IsPreorderAuthorization { get; init; }

    /// <summary>The seller bought an own product.</summary>
    public required bool IsTest { get; init; }

    /// <summary>Paid by somebody else.</summary>
    public required bool IsGift { get; init; }

    /// <summary>The sale of the bundle this is a part of; no ping says so.</summary>
    public string? BundleSaleId { get; init; }
}

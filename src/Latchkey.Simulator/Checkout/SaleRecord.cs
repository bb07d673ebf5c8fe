namespace Latchkey.Simulator.Checkout;

/// <summary>A sale in the ledger, changed under the ledger's lock only.</summary>
internal sealed class SaleRecord
{
    public required SimulatedProduct Product { get; init; }
    public required string SaleId { get; init; }
    public required int OrderNumber { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Email { get; init; }
    public required int Quantity { get; init; }
    public required int PriceUsdCents { get; init; }
    public string? FullName { get; init; }
    public string? PurchaserId { get; init; }
    public string? LicenseKey { get; init; }
    public string? OfferCode { get; init; }
    public string? IpCountry { get; init; }
    public bool IsTest { get; init; }
    public bool IsRecurringCharge { get; init; }
    public IReadOnlyDictionary<string, string> Variants { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> UrlParams { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = new Dictionary<string, string>();

    /// <summary>The paying half of a gift, a purchase of its own that no <c>sale</c> ping announces.</summary>
    public SaleRecord? Giver { get; init; }

    public SubscriptionRecord? Subscription { get; set; }
    public int RefundedUsdCents { get; set; }
    public bool Refunded { get; set; }
    public bool Disputed { get; set; }
    public bool DisputeWon { get; set; }

    public SimulatedSale ToSale() => new()
    {
        SaleId = SaleId,
        OrderNumber = OrderNumber,
        At = At,
        SubscriptionId = Subscription?.Id,
        ProductId = Product.ProductId,
        ProductName = Product.Name,
        Permalink = Product.Permalink,
        Variants = Variants,
        Email = Email,
        FullName = FullName,
        LicenseKey = LicenseKey,
        Quantity = Quantity,
        PriceUsdCents = PriceUsdCents,
        RefundedUsdCents = RefundedUsdCents,
        Refunded = Refunded,
        Disputed = Disputed,
        DisputeWon = DisputeWon,
        IsRecurringCharge = IsRecurringCharge,
        IsTest = IsTest,
        IsGift = Giver is not null,
    };
}

namespace Latchkey.Simulator.Checkout;

/// <summary>One purchase in the ledger, changed under the ledger's lock only.</summary>
internal sealed class SaleRecord
{
    private static readonly Dictionary<string, string> None = [];

    public required ProductRecord Item { get; init; }
    public required string SaleId { get; init; }
    public required int OrderNumber { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Buyer Buyer { get; init; }
    public required int Quantity { get; init; }
    public required int PriceUsdCents { get; init; }
    public OfferCodeRecord? OfferCode { get; init; }
    public bool IsRecurringCharge { get; init; }
    public bool IsUpgrade { get; init; }
    public bool IsPreorderAuthorization { get; init; }

    /// <summary>A renewal that the card refused. Among the ids of its membership, otherwise nowhere.</summary>
    public bool IsFailed { get; init; }

    public IReadOnlyDictionary<string, string> Variants { get; init; } = None;

    /// <summary>More than one value only where Gumroad read them from the referrer.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> UrlParams { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>This purchase's own; renewals have none. Checkboxes are <c>true</c> or <c>false</c>.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = None;

    /// <summary>Names among <see cref="CustomFields"/> whose values are booleans.</summary>
    public IReadOnlySet<string> BooleanFields { get; init; } = new HashSet<string>();

    /// <summary>The paying half of a gift, a purchase of its own that no <c>sale</c> ping announces.</summary>
    public SaleRecord? Giver { get; init; }

    /// <summary>On the paying half of a gift: the half with the key.</summary>
    public SaleRecord? Giftee { get; set; }

    /// <summary>The bundle this purchase is a part of.</summary>
    public SaleRecord? Bundle { get; init; }

    /// <summary>The pre-order this purchase completes.</summary>
    public SaleRecord? Authorization { get; init; }

    public SubscriptionRecord? Subscription { get; set; }

    /// <summary>For how long this payment of a membership pays.</summary>
    public string? Recurrence { get; set; }

    /// <summary>Shared by all payments of a membership.</summary>
    public LicenseRecord? License { get; set; }

    public int RefundedUsdCents { get; set; }
    public bool Refunded { get; set; }
    public bool Disputed { get; set; }
    public bool DisputeWon { get; set; }
    public bool PreorderReleased { get; set; }
    public bool Shipped { get; set; }
    public string? TrackingUrl { get; set; }

    public SimulatedProduct Product => Item.Product;
    public string Email => Buyer.Email;
    public string? FullName => Buyer.FullName;
    public string? PurchaserId => Buyer.PurchaserId;
    public string? IpCountry => Buyer.IpCountry;
    public string? Referrer => Buyer.Referrer;
    public string? Affiliate => Buyer.Affiliate;
    public PaymentMethod PaidBy => Buyer.PaidBy;
    public ShippingAddress? Shipping => Buyer.Shipping;
    public bool CanContact => Buyer.CanContact;
    public bool ThroughDiscover => Buyer.ThroughDiscover;
    public bool IsTest => Buyer.IsTest;

    /// <summary>On the paying half of a gift: whose it is.</summary>
    public string? GifteeEmail => Giftee?.Email;

    public bool IsFreeTrial => Subscription is { FreeTrialEndsAt: not null } subscription && subscription.Purchases[0] == this;

    /// <summary>Whether money was taken for it.</summary>
    public bool IsCharged => PriceUsdCents > 0 && !IsTest && !IsPreorderAuthorization && !IsFreeTrial && !IsFailed;

    public SimulatedSale ToSale() => new()
    {
        SaleId = SaleId,
        OrderNumber = OrderNumber,
        At = At,
        SubscriptionId = Subscription?.Id,
        Recurrence = Recurrence,
        ProductId = Product.ProductId,
        ProductName = Product.Name,
        Permalink = Product.Permalink,
        Variants = Variants,
        Email = Email,
        FullName = FullName,
        LicenseKey = License?.Key,
        OfferCode = OfferCode?.Code.Code,
        Quantity = Quantity,
        PriceUsdCents = PriceUsdCents,
        RefundedUsdCents = RefundedUsdCents,
        Refunded = Refunded,
        Disputed = Disputed,
        DisputeWon = DisputeWon,
        IsRecurringCharge = IsRecurringCharge,
        IsPreorderAuthorization = IsPreorderAuthorization,
        IsTest = IsTest,
        IsGift = Giver is not null,
        BundleSaleId = Bundle?.SaleId,
    };
}

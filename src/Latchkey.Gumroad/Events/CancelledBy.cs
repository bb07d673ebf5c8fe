namespace Latchkey.Gumroad.Events;

/// <summary>Who or what cancelled a subscription.</summary>
public enum CancelledBy
{
    /// <summary>The ping does not say.</summary>
    Unknown,

    /// <summary>The buyer; also said after a dispute. Key <c>cancelled_by_buyer</c>.</summary>
    Buyer,

    /// <summary>The seller. Key <c>cancelled_by_seller</c>.</summary>
    Seller,

    /// <summary>Gumroad's staff. Key <c>cancelled_by_admin</c>.</summary>
    Admin,

    /// <summary>Payments that failed. Key <c>cancelled_due_to_payment_failures</c>.</summary>
    PaymentFailures,
}

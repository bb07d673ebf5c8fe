namespace Latchkey.Simulator;

/// <summary>Who or what cancelled a membership.</summary>
public enum CancelledBy
{
    /// <summary>The buyer; the membership lasts until the paid period is over.</summary>
    Buyer,

    /// <summary>The seller; it lasts as long.</summary>
    Seller,

    /// <summary>Gumroad; it lasts as long.</summary>
    Admin,

    /// <summary>Payments failed; it ends at once.</summary>
    PaymentFailures,
}

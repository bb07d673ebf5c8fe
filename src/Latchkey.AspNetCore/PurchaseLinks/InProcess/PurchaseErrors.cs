using Latchkey.PurchaseLinks;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Why a return brings no purchase. More may come: treat one you do not know as not paid.</summary>
public static class PurchaseErrors
{
    /// <summary>The address carries no result of this installation's, one that was changed, is for another return, or is older than ten minutes.</summary>
    public const string InvalidResult = "invalid_result";

    /// <summary>No sale has come so far.</summary>
    public const string NotPaid = LinkReasons.NotPaid;

    /// <summary>The link's time was over before it was paid.</summary>
    public const string Expired = LinkReasons.Expired;

    /// <summary>The link was used for another purchase.</summary>
    public const string AlreadyUsed = LinkReasons.AlreadyUsed;

    /// <summary>The seller took the link back.</summary>
    public const string Cancelled = LinkReasons.Cancelled;

    /// <summary>It was paid, and refunded since.</summary>
    public const string Refunded = LinkReasons.Refunded;

    /// <summary>Less was paid than asked for; held for the seller.</summary>
    public const string AmountMismatch = LinkReasons.AmountMismatch;

    /// <summary>Something else was bought; held for the seller.</summary>
    public const string ProductMismatch = LinkReasons.ProductMismatch;

    /// <summary>It was sold in another currency; held for the seller.</summary>
    public const string CurrencyMismatch = LinkReasons.CurrencyMismatch;

    /// <summary>Another number was bought; held for the seller.</summary>
    public const string QuantityMismatch = LinkReasons.QuantityMismatch;

    /// <summary>It was bought as a gift, which the link does not allow; held for the seller.</summary>
    public const string GiftNotAllowed = LinkReasons.GiftNotAllowed;

    /// <summary>Gumroad has sales that may be this one, and nothing that tells; held for the seller.</summary>
    public const string NotCertain = LinkReasons.NotCertain;
}

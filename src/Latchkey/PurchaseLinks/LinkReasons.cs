namespace Latchkey.PurchaseLinks;

/// <summary>Why a link or a purchase made with it is held, or a return brings no purchase. Stable: pages and programs show them.</summary>
internal static class LinkReasons
{
    public const string Expired = "expired";
    public const string AlreadyUsed = "already_used";
    public const string Cancelled = "cancelled";
    public const string NotPaid = "not_paid";
    public const string Refunded = "refunded";
    public const string AmountMismatch = "amount_mismatch";
    public const string ProductMismatch = "product_mismatch";
    public const string CurrencyMismatch = "currency_mismatch";
    public const string QuantityMismatch = "quantity_mismatch";
    public const string GiftNotAllowed = "gift_not_allowed";

    /// <summary>Gumroad shows sales that may be the link's, and nothing that tells whose they are.</summary>
    public const string NotCertain = "not_certain";

    private const string PurchasePrefix = "link_";

    /// <summary>As the reason of a held purchase: <c>link_expired</c>.</summary>
    public static string OfPurchase(string reason) => PurchasePrefix + reason;

    /// <summary>Whether a purchase is held for its link.</summary>
    public static bool IsOfPurchase(string reason) => reason.StartsWith(PurchasePrefix, StringComparison.Ordinal);
}

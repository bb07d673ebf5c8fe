namespace Latchkey.PurchaseLinks;

/// <summary>What ties the sale at Gumroad to the link.</summary>
internal enum LinkStrength
{
    /// <summary>A parameter in the address of an existing product.</summary>
    Token,

    /// <summary>Besides, a discount code that Gumroad lets be used once.</summary>
    Code,

    /// <summary>A product of its own.</summary>
    Product,
}

internal enum LinkState
{
    /// <summary>What it needs at Gumroad is being made.</summary>
    Preparing,

    /// <summary>Waits for its sale. Whether its time is over is a question of the clock: <see cref="PurchaseLink.IsExpiredAt"/>.</summary>
    Open,

    /// <summary>Its sale has come.</summary>
    Redeemed,

    /// <summary>A sale came, or may have come, that only the seller can decide about. A sale that fits still redeems it.</summary>
    Held,

    /// <summary>Taken back by the seller before it was used.</summary>
    Cancelled,
}

/// <summary>A single-use link to a Gumroad checkout that carries session data of the seller's app. Kept; a replay does not touch it.</summary>
/// <param name="Version">Rises with every change; who changes it says which one he has read.</param>
/// <param name="Reason">Of a held one why, one of <see cref="LinkReasons"/>; else null.</param>
/// <param name="SealedData">The app's own data, JSON, sealed under the tenant's data key; null when it gave none.</param>
/// <param name="Subject">Whose purchase it is to be; null: that of whom the sale names.</param>
/// <param name="ReturnUrl">Where the app waits for its user; null: nowhere.</param>
internal sealed record PurchaseLink(
    string Tenant,
    string Id,
    int Version,
    LinkStrength Strength,
    LinkState State,
    string? Reason,
    LinkTerms Terms,
    byte[]? SealedData,
    string? Subject,
    string? ReturnUrl,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>When its checkout was first opened.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When its sale was found.</summary>
    public DateTimeOffset? RedeemedAt { get; init; }

    /// <summary>Of a redeemed one its purchase; of a held one the purchase that does not fit.</summary>
    public string? Purchase { get; init; }

    /// <summary>What was made for it at Gumroad; empty for a token.</summary>
    public MadeAtGumroad Made { get; init; } = MadeAtGumroad.Nothing;

    /// <summary>Purchases that may be its own, where only the seller can tell.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>Purchases that came with it after it was used, and are to be refunded because its terms say so.</summary>
    public IReadOnlyList<string> Refunds { get; init; } = [];

    /// <summary>What is to be done for it at Gumroad next, and when; null when nothing is.</summary>
    public LinkChore? Chore { get; init; }

    /// <summary>A Gumroad product was made for this link alone.</summary>
    public bool IsSoldAs(string? productId) => Strength == LinkStrength.Product && Made.ProductId is { } made && made == productId;

    /// <summary>Something was made for it alone at Gumroad, and is still there.</summary>
    public bool HasLeftovers => !Made.Removed && Strength switch
    {
        LinkStrength.Code => Made.OfferCodeId is not null,
        LinkStrength.Product => Made.ProductId is not null,
        _ => false,
    };

    /// <summary>A sale made later does not redeem it any more.</summary>
    public bool IsExpiredAt(DateTimeOffset moment) => State is LinkState.Open or LinkState.Preparing && moment > ExpiresAt;

    /// <summary>
    /// With what is to be done for it now that its state has changed, or a chore is done: refunds first, then, once it is used or taken
    /// back, what was made for it goes. A chore of that kind that is under way already stays as it is.
    /// </summary>
    public PurchaseLink WithNextChore(DateTimeOffset now)
    {
        var kind = Refunds.Count > 0 ? LinkChores.Refund
            : State is LinkState.Redeemed or LinkState.Cancelled && HasLeftovers ? LinkChores.Remove
            : null;
        return kind == Chore?.Kind ? this : this with { Chore = kind is null ? null : new LinkChore(kind, now) };
    }
}

/// <summary>What was made for one link at Gumroad, and has to go again.</summary>
/// <param name="ProductId">Of the product the code is for, or that was made; null while nothing is made.</param>
/// <param name="OfferCodeId">Of the discount code.</param>
/// <param name="CheckoutUrl">The product's address.</param>
/// <param name="Removed">It is gone again.</param>
internal sealed record MadeAtGumroad(string? ProductId, string? OfferCodeId, string? CheckoutUrl, bool Removed)
{
    public static MadeAtGumroad Nothing { get; } = new(null, null, null, false);
}

/// <summary>Work at Gumroad for one link.</summary>
/// <param name="Kind">One of <see cref="LinkChores"/>.</param>
/// <param name="DueAt">When it is to be tried next.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastError">Why it failed, a code; null before the first failure.</param>
internal sealed record LinkChore(string Kind, DateTimeOffset DueAt, int Attempts = 0, string? LastError = null);

internal static class LinkChores
{
    /// <summary>Looks in Gumroad's sales for the one whose ping did not come.</summary>
    public const string ReadBack = "read_back";

    /// <summary>Takes the code or product away.</summary>
    public const string Remove = "remove";

    /// <summary>Refunds a purchase that came with a link already used, where the link asks for that.</summary>
    public const string Refund = "refund";
}

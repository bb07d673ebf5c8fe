using Latchkey.PurchaseLinks;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>What buyers read while they wait.</summary>
internal static class WaitTexts
{
    private const string NotLost = "Your payment is not lost: the seller sees it and decides.";

    /// <param name="hasReturn">There is an app to go back to.</param>
    public static (string Title, string Text) Of(LinkStanding standing, bool hasReturn) => standing switch
    {
        { State: LinkStanding.Preparing } => ("One moment…", "The checkout is being prepared."),
        { State: LinkStanding.Open } => ("Waiting for your payment at Gumroad…", "The checkout opens in a tab of its own. Leave this page open: it notices by itself when you have paid."),
        { State: LinkStanding.Redeemed, Reason: LinkReasons.Refunded } =>
            ("This payment was refunded", "What was bought with this link was paid back. To buy it again, start again in the app."),
        { State: LinkStanding.Redeemed } => hasReturn ? ("Paid. Thank you!", "You are being taken back…") : ("Paid. Thank you!", "You can close this page."),
        { State: LinkStanding.Expired } =>
            ("This link has expired", "Start again in the app to get a new one. If you paid in time, this page still notices when Gumroad confirms it."),
        { State: LinkStanding.Cancelled } => ("This link was taken back", "It can no longer be used. Start again in the app to get a new one."),
        { Reason: LinkReasons.NotCertain } =>
            ("The seller is asked", $"There are payments that may be yours, and nothing that says for certain which one. {NotLost}"),
        { Reason: LinkReasons.ProductMismatch } => ("This payment is for something else", $"What was bought is not what this link is for. {NotLost}"),
        { Reason: LinkReasons.AmountMismatch or LinkReasons.CurrencyMismatch } =>
            ("This payment does not fit", $"Another price was paid than this link asks for. {NotLost}"),
        { Reason: LinkReasons.QuantityMismatch } => ("This payment does not fit", $"Another quantity was bought than this link is for. {NotLost}"),
        { Reason: LinkReasons.GiftNotAllowed } => ("This was bought as a gift", $"This link is for yourself. {NotLost}"),
        { Reason: LinkReasons.AlreadyUsed } => ("This link belongs to another purchase", $"It was used before this payment came. {NotLost}"),
        _ => ("The seller is asked", $"This payment has to be looked at. {NotLost}"),
    };

    /// <summary>For somebody who opens the checkout of a link that was used.</summary>
    public static (string Title, string Text) Used { get; } =
        ("This link was used already", "It is good for one purchase and belongs to that one. To buy again, start again in the app.");

    public static (string Title, string Text) Unknown { get; } =
        ("There is no such link", "The address is not complete, or the link is gone. Start again in the app.");
}

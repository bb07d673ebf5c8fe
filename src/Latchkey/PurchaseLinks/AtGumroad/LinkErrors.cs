using Latchkey.Gumroad.Api;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>What went wrong at Gumroad: stable codes for programs, sentences for the seller. Neither holds a token, a link's name or an address.</summary>
internal static class LinkErrors
{
    public const string TokenMissing = "gumroad_token_missing";
    public const string Refused = "gumroad_refused";
    public const string Unavailable = "gumroad_unavailable";
    public const string CannotCreateProducts = "cannot_create_products";
    public const string ProductUnknown = "product_unknown";

    /// <summary>The purchase to refund, or its sale, is not there.</summary>
    public const string SaleUnknown = "sale_unknown";

    public const string TokenMissingSentence = "There is no access token for Gumroad's API. Set one in the integration's settings.";

    public const string ProductUnknownSentence = "Gumroad knows no such product of yours. Check what the link names, and whose access token it is.";

    /// <summary>Whether waiting may help.</summary>
    public static bool IsPassing(string code) => code == Unavailable;

    public static string CodeOf(GumroadException e) => e switch
    {
        GumroadThrottledException or GumroadUnavailableException or GumroadAnswerException => Unavailable,
        GumroadNotFoundException => ProductUnknown,
        _ => Refused,
    };

    public static string SentenceOf(GumroadException e) => e switch
    {
        GumroadTokenException => "Gumroad does not know the access token any more. Make a new one and set it.",
        GumroadScopeException { Scopes.Count: > 0 } scope => $"The access token may not do this. Make one with the scope {string.Join(" or ", scope.Scopes)}.",
        GumroadNotFoundException => ProductUnknownSentence,
        GumroadThrottledException => "Gumroad has too many requests. Try again later.",
        GumroadUnavailableException or GumroadAnswerException => "Gumroad could not be reached, or did not answer as usual. Try again later.",
        GumroadRefusedException { Words: { } words } => $"Gumroad refused and said: {words}",
        _ => "Gumroad refused and gave no reason.",
    };
}

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>What makes sure that a link is paid for once.</summary>
public enum PurchaseLinkStrength
{
    /// <summary>An unguessable parameter in the address of an existing product; the first sale that brings it back counts.</summary>
    Token,

    /// <summary>Besides, a discount code that Gumroad itself lets be used once. Needs an access token for Gumroad's API.</summary>
    Code,

    /// <summary>A product of its own, which is gone after the sale. Needs an access token for Gumroad's API.</summary>
    Product,
}

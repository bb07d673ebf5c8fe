namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Gumroad did not give what a link needs. The message is for the seller and names no secret.</summary>
public sealed class PurchaseLinkException : Exception
{
    internal PurchaseLinkException(string code, string message)
        : base(message) => Code = code;

    /// <summary>
    /// <c>gumroad_token_missing</c>, <c>gumroad_refused</c>, <c>cannot_create_products</c>, <c>product_unknown</c>, or
    /// <c>gumroad_unavailable</c>, after which trying again may help.
    /// </summary>
    public string Code { get; }
}

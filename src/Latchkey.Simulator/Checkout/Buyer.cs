namespace Latchkey.Simulator.Checkout;

/// <summary>Who bought, and how: what the payments of a membership and the products of a bundle have in common.</summary>
internal sealed record Buyer
{
    /// <summary>In lower case.</summary>
    public required string Email { get; init; }

    public string? FullName { get; init; }

    /// <summary>The buyer's Gumroad account, if there is one.</summary>
    public string? PurchaserId { get; init; }

    public string? IpCountry { get; init; }
    public string? Referrer { get; init; }
    public string? Affiliate { get; init; }
    public PaymentMethod PaidBy { get; init; }
    public ShippingAddress? Shipping { get; init; }
    public bool CanContact { get; init; } = true;
    public bool ThroughDiscover { get; init; }
    public bool IsTest { get; init; }
}

namespace Latchkey.Gumroad.Api;

/// <summary>Which sales to list; what is null does not narrow the list.</summary>
/// <remarks>
/// Lists hold successful purchases and free trials: no gift receivers, pre-order authorizations or the seller's own test purchases.
/// <c>app/controllers/api/v2/sales_controller.rb</c>
/// </remarks>
public sealed record SalesQuery
{
    /// <summary>From this UTC day on, the day <em>included</em>.</summary>
    public DateOnly? After { get; init; }

    /// <summary>Until this UTC day, the day <em>excluded</em>.</summary>
    public DateOnly? Before { get; init; }

    /// <summary>The e-mail as typed at checkout, exactly.</summary>
    public string? Email { get; init; }

    /// <summary>The product's id.</summary>
    public string? ProductId { get; init; }

    /// <summary>A ping's <c>order_number</c>.</summary>
    public long? OrderId { get; init; }

    /// <summary>Part of the buyer's name. Newer Gumroad only; older ones list everything.</summary>
    public string? Name { get; init; }

    /// <summary>The license key. Newer Gumroad only; older ones list everything.</summary>
    public string? LicenseKey { get; init; }
}

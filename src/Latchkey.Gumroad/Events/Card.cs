namespace Latchkey.Gumroad.Events;

/// <summary>How a sale was paid; all empty when it was free or a test.</summary>
public sealed record Card
{
    /// <summary>As in <c>**** **** **** 4242</c>; for PayPal the payer's e-mail.</summary>
    public string? Visual { get; init; }

    /// <summary><c>visa</c>, <c>paypal</c> and so on.</summary>
    public string? Type { get; init; }

    /// <summary>Always empty so far.</summary>
    public string? Bin { get; init; }

    /// <summary>Always empty so far.</summary>
    public string? ExpiryMonth { get; init; }

    /// <summary>Always empty so far.</summary>
    public string? ExpiryYear { get; init; }

    internal static Card? Read(EventFields? fields) => fields is null ? null : new Card
    {
        Visual = fields.Text("visual"),
        Type = fields.Text("type"),
        Bin = fields.Text("bin"),
        ExpiryMonth = fields.Text("expiry_month"),
        ExpiryYear = fields.Text("expiry_year"),
    };
}

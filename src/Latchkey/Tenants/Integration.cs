namespace Latchkey.Tenants;

/// <summary>How a tenant is tied to Gumroad.</summary>
/// <param name="SellerId">The seller's id as pings carry it. When set, a sale of another seller is held.</param>
/// <param name="Enabled">False answers every ping with the one 404.</param>
/// <param name="TestPurchases">Whether the seller's purchases of his own products make (test) licenses.</param>
/// <param name="SmtpFrom">The sender of this tenant's mails; the installation's when null.</param>
internal sealed record Integration(string? SellerId = null, bool Enabled = true, bool TestPurchases = true, string? SmtpFrom = null)
{
    public static Integration Default { get; } = new();
}

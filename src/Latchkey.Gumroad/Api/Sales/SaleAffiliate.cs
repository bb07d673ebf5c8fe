namespace Latchkey.Gumroad.Api;

/// <summary>The affiliate credited for a sale. Pings have the e-mail alone.</summary>
/// <param name="Email">The affiliate's e-mail.</param>
/// <param name="Amount">What was credited, as shown, as in <c>$2.50</c>; null if Gumroad did not say.</param>
public sealed record SaleAffiliate(string? Email, string? Amount);

namespace Latchkey.Gumroad.Api;

/// <summary>A discount code as used in a sale. Pings have the code alone.</summary>
/// <param name="Code">What the buyer typed.</param>
/// <param name="AmountOff">As shown, as in <c>25%</c>; null if Gumroad did not say.</param>
public sealed record UsedOfferCode(string Code, string? AmountOff);

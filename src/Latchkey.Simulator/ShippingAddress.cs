namespace Latchkey.Simulator;

/// <summary>Where a physical product goes. Missing parts are empty text, as in Gumroad's pings.</summary>
/// <param name="FullName">The receiver.</param>
/// <param name="StreetAddress">Street, house, flat.</param>
/// <param name="City">City.</param>
/// <param name="State">State or province.</param>
/// <param name="ZipCode">Postal code.</param>
/// <param name="Country">The country's English name.</param>
public sealed record ShippingAddress(
    string FullName = "", string StreetAddress = "", string City = "", string State = "", string ZipCode = "", string Country = "");

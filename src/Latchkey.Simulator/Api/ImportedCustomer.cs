using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>Somebody who bought elsewhere and was brought in from a list, with a key of this shop.</summary>
internal sealed record ImportedCustomer(string Id, string ProductId, string Email, DateTimeOffset CreatedAt, LicenseRecord License);

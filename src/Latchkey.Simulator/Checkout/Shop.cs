namespace Latchkey.Simulator.Checkout;

/// <summary>What payloads say about the seller.</summary>
/// <param name="SellerId">The account's id.</param>
/// <param name="Url">The storefront, whose address is known only once it listens.</param>
/// <param name="Identities">Ids that follow from names.</param>
internal sealed record Shop(string SellerId, Func<Uri> Url, IIdentities Identities)
{
    public string AddressOf(SimulatedProduct product) => new Uri(Url(), "l/" + Uri.EscapeDataString(product.Slug)).AbsoluteUri;
}

namespace Latchkey.Gumroad.Api;

/// <summary>A product's discount codes. <c>app/controllers/api/v2/offer_codes_controller.rb</c></summary>
public sealed class OfferCodesApi
{
    private readonly GumroadTransport _transport;

    internal OfferCodesApi(GumroadTransport transport) => _transport = transport;

    /// <summary>The product's codes and those for all products. Any scope.</summary>
    public Task<IReadOnlyList<OfferCode>> ListAsync(string productId, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Get(Scopes.Any, "products", productId, "offer_codes"), "offer_codes", ApiJson.Default.IReadOnlyListOfferCode, ct);

    /// <summary>One code. Any scope.</summary>
    /// <exception cref="GumroadNotFoundException">The product has no such code.</exception>
    public Task<OfferCode> GetAsync(string productId, string id, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Get(Scopes.Any, "products", productId, "offer_codes", id), "offer_code", ApiJson.Default.OfferCode, ct);

    /// <summary>Makes a code. Sent once. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadRefusedException">The code is taken, or its amount does not suit the product.</exception>
    public Task<OfferCode> CreateAsync(string productId, NewOfferCode offerCode, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(offerCode);
        var call = GumroadCall.Once(HttpMethod.Post, Scopes.EditProducts, "products", productId, "offer_codes")
            .With("name", offerCode.Code)
            .With("amount_off", offerCode.Amount)
            .With("offer_type", offerCode.IsPercent ? "percent" : "cents")
            .With("max_purchase_count", offerCode.MaxPurchaseCount)
            .With("universal", offerCode.IsUniversal ? true : null);
        return _transport.SendAsync(call, "offer_code", ApiJson.Default.OfferCode, ct);
    }

    /// <summary>Changes how many copies may be bought with a code; nothing else can be changed. Scope <c>edit_products</c>.</summary>
    public Task<OfferCode> UpdateAsync(string productId, string id, int maxPurchaseCount, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Put(Scopes.EditProducts, "products", productId, "offer_codes", id).With("max_purchase_count", maxPurchaseCount),
            "offer_code", ApiJson.Default.OfferCode, ct);

    /// <summary>Deletes a code. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadNotFoundException">The product has no such code.</exception>
    public Task DeleteAsync(string productId, string id, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Delete(Scopes.EditProducts, "products", productId, "offer_codes", id), ct);
}

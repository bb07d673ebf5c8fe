namespace Latchkey.Gumroad.Api;

/// <summary>The choices in a variant category. <c>app/controllers/api/v2/variants_controller.rb</c></summary>
public sealed class VariantsApi
{
    private readonly GumroadTransport _transport;

    internal VariantsApi(GumroadTransport transport) => _transport = transport;

    /// <summary>The category's variants. Any scope.</summary>
    public Task<IReadOnlyList<Variant>> ListAsync(string productId, string categoryId, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Get(Scopes.Any, "products", productId, "variant_categories", categoryId, "variants"),
            "variants", ApiJson.Default.IReadOnlyListVariant, ct);

    /// <summary>One variant. Any scope.</summary>
    /// <exception cref="GumroadNotFoundException">The category has no such variant.</exception>
    public Task<Variant> GetAsync(string productId, string categoryId, string id, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Get(Scopes.Any, "products", productId, "variant_categories", categoryId, "variants", id), "variant", ApiJson.Default.Variant, ct);

    /// <summary>Makes a variant. Sent once. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadRefusedException">Gumroad does not take its values.</exception>
    public Task<Variant> CreateAsync(string productId, string categoryId, NewVariant variant, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(variant);
        var call = GumroadCall.Once(HttpMethod.Post, Scopes.EditProducts, "products", productId, "variant_categories", categoryId, "variants")
            .With("name", variant.Name)
            .With("price_difference_cents", variant.PriceDifferenceCents)
            .With("description", variant.Description)
            .With("max_purchase_count", variant.MaxPurchaseCount);
        return _transport.SendAsync(call, "variant", ApiJson.Default.Variant, ct);
    }

    /// <summary>Changes a variant. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadRefusedException">Gumroad does not take the values, as fewer copies than were sold.</exception>
    public Task<Variant> UpdateAsync(string productId, string categoryId, string id, VariantChanges changes, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var call = GumroadCall.Put(Scopes.EditProducts, "products", productId, "variant_categories", categoryId, "variants", id)
            .With("name", changes.Name)
            .With("price_difference_cents", changes.PriceDifferenceCents)
            .With("description", changes.Description)
            .With("max_purchase_count", changes.MaxPurchaseCount);
        return _transport.SendAsync(call, "variant", ApiJson.Default.Variant, ct);
    }

    /// <summary>Deletes a variant. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadNotFoundException">The category has no such variant.</exception>
    public Task DeleteAsync(string productId, string categoryId, string id, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Delete(Scopes.EditProducts, "products", productId, "variant_categories", categoryId, "variants", id), ct);
}

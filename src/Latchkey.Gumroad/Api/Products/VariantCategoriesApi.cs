namespace Latchkey.Gumroad.Api;

/// <summary>What a product's variants are about. <c>app/controllers/api/v2/variant_categories_controller.rb</c></summary>
public sealed class VariantCategoriesApi
{
    private readonly GumroadTransport _transport;

    internal VariantCategoriesApi(GumroadTransport transport) => _transport = transport;

    /// <summary>The product's categories. Any scope.</summary>
    public Task<IReadOnlyList<VariantCategory>> ListAsync(string productId, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Get(Scopes.Any, "products", productId, "variant_categories"),
            "variant_categories", ApiJson.Default.IReadOnlyListVariantCategory, ct);

    /// <summary>One category. Any scope.</summary>
    /// <exception cref="GumroadNotFoundException">The product has no such category.</exception>
    public Task<VariantCategory> GetAsync(string productId, string id, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Get(Scopes.Any, "products", productId, "variant_categories", id), "variant_category", ApiJson.Default.VariantCategory, ct);

    /// <summary>Makes a category. Sent once. Scope <c>edit_products</c>.</summary>
    public Task<VariantCategory> CreateAsync(string productId, string title, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Once(HttpMethod.Post, Scopes.EditProducts, "products", productId, "variant_categories").With("title", title),
            "variant_category", ApiJson.Default.VariantCategory, ct);

    /// <summary>Gives a category another title. Scope <c>edit_products</c>.</summary>
    public Task<VariantCategory> UpdateAsync(string productId, string id, string title, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Put(Scopes.EditProducts, "products", productId, "variant_categories", id).With("title", title),
            "variant_category", ApiJson.Default.VariantCategory, ct);

    /// <summary>Deletes a category. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadNotFoundException">The product has no such category.</exception>
    public Task DeleteAsync(string productId, string id, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Delete(Scopes.EditProducts, "products", productId, "variant_categories", id), ct);
}

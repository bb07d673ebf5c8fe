namespace Latchkey.Gumroad.Api;

/// <summary>Products. <c>app/controllers/api/v2/links_controller.rb</c></summary>
public sealed class ProductsApi
{
    private readonly GumroadTransport _transport;

    internal ProductsApi(GumroadTransport transport) => _transport = transport;

    /// <summary>All products; newer Gumroad gives ten at a time, fetched as you go, older all at once. Any scope.</summary>
    public IAsyncEnumerable<Product> ListAsync(CancellationToken ct = default) => Pages.WalkAsync(ListPageAsync, ct);

    /// <summary>One page of products. Any scope.</summary>
    /// <param name="pageKey">From the page before; null for the first.</param>
    public Task<GumroadPage<Product>> ListPageAsync(string? pageKey = null, CancellationToken ct = default) =>
        _transport.SendPageAsync(GumroadCall.Get(Scopes.Any, "products").With("page_key", pageKey), "products", ApiJson.Default.IReadOnlyListProduct, ct);

    /// <summary>One product. Any scope.</summary>
    /// <param name="productId">The id, or the short permalink.</param>
    /// <exception cref="GumroadNotFoundException">The seller has no such product.</exception>
    public Task<Product> GetAsync(string productId, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Get(Scopes.Any, "products", productId), "product", ApiJson.Default.Product, ct);

    /// <summary>Makes a draft; <see cref="EnableAsync"/> puts it on sale. Sent once. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadNotFoundException">This Gumroad makes no products through the API, as that of April 2025.</exception>
    public Task<Product> CreateAsync(NewProduct product, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(product);
        var call = GumroadCall.Once(HttpMethod.Post, Scopes.EditProducts, "products")
            .OrElse("Older Gumroad makes no products through the API: make it on the web site.")
            .With("name", product.Name)
            .With("price", product.PriceCents)
            .With("price_currency_type", product.Currency)
            .With("native_type", product.NativeType)
            .With("subscription_duration", product.SubscriptionDuration)
            .With("description", product.DescriptionHtml)
            .With("custom_permalink", product.CustomPermalink)
            .With("max_purchase_count", product.MaxPurchaseCount)
            .With("customizable_price", product.IsPayWhatYouWant)
            .With("suggested_price_cents", product.SuggestedPriceCents);
        foreach (var tag in product.Tags)
        {
            call.With("tags[]", tag);
        }

        return _transport.SendAsync(call, "product", ApiJson.Default.Product, ct);
    }

    /// <summary>Puts a product on sale. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadRefusedException">The seller has connected no way to be paid, or Gumroad holds the product back.</exception>
    public Task<Product> EnableAsync(string productId, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Put(Scopes.EditProducts, "products", productId, "enable"), "product", ApiJson.Default.Product, ct);

    /// <summary>Takes a product off sale. Scope <c>edit_products</c>.</summary>
    public Task<Product> DisableAsync(string productId, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Put(Scopes.EditProducts, "products", productId, "disable"), "product", ApiJson.Default.Product, ct);

    /// <summary>Deletes a product. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadNotFoundException">The seller has no such product.</exception>
    public Task DeleteAsync(string productId, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Delete(Scopes.EditProducts, "products", productId), ct);
}

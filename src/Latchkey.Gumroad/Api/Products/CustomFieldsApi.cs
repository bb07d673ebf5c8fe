namespace Latchkey.Gumroad.Api;

/// <summary>What a product asks at checkout, addressed by name. <c>app/controllers/api/v2/custom_fields_controller.rb</c></summary>
public sealed class CustomFieldsApi
{
    private readonly GumroadTransport _transport;

    internal CustomFieldsApi(GumroadTransport transport) => _transport = transport;

    /// <summary>The product's fields. Any scope.</summary>
    public Task<IReadOnlyList<CustomField>> ListAsync(string productId, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Get(Scopes.Any, "products", productId, "custom_fields"), "custom_fields", ApiJson.Default.IReadOnlyListCustomField, ct);

    /// <summary>Adds a field. Sent once. Scope <c>edit_products</c>.</summary>
    /// <param name="name">The question; pings and sales have the answer under it. Do not name it like a key of theirs.</param>
    /// <param name="type"><c>text</c>, <c>checkbox</c>, <c>terms</c>, <c>long_text</c> or <c>file</c>.</param>
    public Task<CustomField> CreateAsync(string productId, string name, bool required, string type = "text", CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Once(HttpMethod.Post, Scopes.EditProducts, "products", productId, "custom_fields")
                .With("name", name).With("required", required).With("type", type),
            "custom_field", ApiJson.Default.CustomField, ct);

    /// <summary>Changes whether a field must be answered; nothing else can be changed. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadNotFoundException">The product has no field of that name.</exception>
    public Task<CustomField> UpdateAsync(string productId, string name, bool required, CancellationToken ct = default) =>
        _transport.SendAsync(
            GumroadCall.Put(Scopes.EditProducts, "products", productId, "custom_fields", name).With("required", required),
            "custom_field", ApiJson.Default.CustomField, ct);

    /// <summary>Takes a field from the product. Scope <c>edit_products</c>.</summary>
    /// <exception cref="GumroadNotFoundException">The product has no field of that name.</exception>
    public Task DeleteAsync(string productId, string name, CancellationToken ct = default) =>
        _transport.SendAsync(GumroadCall.Delete(Scopes.EditProducts, "products", productId, "custom_fields", name), ct);
}

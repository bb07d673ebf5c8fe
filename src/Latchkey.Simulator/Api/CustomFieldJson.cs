using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>A checkout field as the API shows it. Source: <c>app/models/custom_field.rb</c>.</summary>
internal static class CustomFieldJson
{
    public static JsonObject Of(SimulatedProduct product, CheckoutField field, ProductDetails details) => new()
    {
        ["id"] = IdOf(product, field, details),
        ["type"] = field.Type,
        ["name"] = field.Name,
        ["required"] = field.Required,
        ["global"] = false,
        ["collect_per_product"] = false,
        ["products"] = new JsonArray(product.ProductId),
    };

    /// <summary>As a product lists it.</summary>
    public static JsonObject Short(SimulatedProduct product, CheckoutField field, ProductDetails details) => new()
    {
        ["id"] = IdOf(product, field, details),
        ["type"] = field.Type,
        ["name"] = field.Name,
        ["required"] = field.Required,
        ["collect_per_product"] = false,
    };

    private static string IdOf(SimulatedProduct product, CheckoutField field, ProductDetails details) =>
        details.IdOf($"field {product.ProductId} {field.Name}");
}

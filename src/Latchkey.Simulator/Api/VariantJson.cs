using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>Variants and their categories as the API shows them. Source: <c>app/models/base_variant.rb</c>.</summary>
internal static class VariantJson
{
    public static JsonObject OfCategory(SimulatedProduct product, string title, ProductDetails details) => new()
    {
        ["id"] = details.IdOf(CategoryLabel(product, title)),
        ["title"] = title,
    };

    public static JsonObject Of(SimulatedProduct product, string title, VariantChoice choice, ProductDetails details)
    {
        var id = details.IdOf(Label(product, title, choice.Name));
        return new JsonObject
        {
            ["id"] = id,
            ["max_purchase_count"] = choice.MaxPurchaseCount,
            ["name"] = choice.Name,
            ["description"] = details.DescriptionOf(id),
            ["price_difference_cents"] = VariantPrice.DifferenceOf(product, choice),
        };
    }

    /// <summary>A stock-keeping unit, named like the choice it stands for.</summary>
    public static JsonObject OfSku(SimulatedProduct product, string choice, string sku) => new()
    {
        ["id"] = StableIds.Id($"sku {product.Permalink} {choice}"),
        ["max_purchase_count"] = null,
        ["name"] = choice,
        ["description"] = null,
        ["price_difference_cents"] = product.Variants is [{ } category, ..] && category.Choices.FirstOrDefault(known => known.Name == choice) is { } found
            ? VariantPrice.DifferenceOf(product, found)
            : 0,
        ["custom_sku"] = sku,
    };

    public static string CategoryLabel(SimulatedProduct product, string title) => $"category {product.ProductId} {title}";

    // A tier has the id that pings name it by.
    public static string Label(SimulatedProduct product, string title, string name) =>
        product.IsMembership && title == PriceList.Tier ? $"tier {product.Permalink} {name}" : $"variant {product.ProductId} {title} {name}";
}

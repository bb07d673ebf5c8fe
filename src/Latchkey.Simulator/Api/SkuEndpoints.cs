using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>Stock-keeping units, read only. Source: <c>app/controllers/api/v2/skus_controller.rb</c>.</summary>
internal static class SkuEndpoints
{
    public static void Map(ApiRoutes routes) => routes.Get("/products/{product}/skus", Scopes.Read, List);

    // A physical product without units of its own shows its variants.
    private static ApiAnswer List(ApiCall call)
    {
        if (call.Product()?.Product is not { } product)
        {
            return ApiAnswer.NotFound("product");
        }

        var variants = product.ShippingRateUsdCents is null ? [] : product.Variants.SelectMany(
            category => category.Choices.Select(choice => VariantJson.Of(product, category.Title, choice, call.Details)));
        return ApiAnswer.With("skus", new JsonArray([.. product.Skus.Count > 0 ? product.Skus.Select(sku => VariantJson.OfSku(product, sku.Key, sku.Value)) : variants]));
    }
}

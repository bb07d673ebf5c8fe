using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>What buyers choose among. Source: <c>app/controllers/api/v2/variant_categories_controller.rb</c>.</summary>
internal static class VariantCategoryEndpoints
{
    private const string Thing = "variant_category";
    private const string Categories = "/products/{product}/variant_categories";

    public static void Map(ApiRoutes routes)
    {
        routes.Get(Categories, Scopes.Read, List);
        routes.Post(Categories, [Scopes.EditProducts], Create);
        routes.Get(Categories + "/{category}", Scopes.Read, call => With(call, (product, title) => Json(call, product, title)));
        routes.Put(Categories + "/{category}", [Scopes.EditProducts], call => With(call, (product, title) => Rename(call, product, title)));
        routes.Delete(Categories + "/{category}", [Scopes.EditProducts], call => With(call, (product, title) => Delete(call, product, title)));
    }

    /// <summary>Does something with the product and the title of the category that the path names.</summary>
    public static ApiAnswer With(ApiCall call, Func<SimulatedProduct, string, ApiAnswer> act)
    {
        if (call.Product()?.Product is not { } product)
        {
            return ApiAnswer.NotFound("product");
        }

        return TitlesOf(call, product).FirstOrDefault(title => call.Details.IdOf(VariantJson.CategoryLabel(product, title)) == call.Route("category")) is { } found
            ? act(product, found)
            : ApiAnswer.NotFound(Thing);
    }

    private static ApiAnswer List(ApiCall call) => call.Product()?.Product is { } product
        ? ApiAnswer.With("variant_categories", new JsonArray([.. TitlesOf(call, product).Select(title => VariantJson.OfCategory(product, title, call.Details))]))
        : ApiAnswer.NotFound("product");

    private static ApiAnswer Create(ApiCall call)
    {
        if (call.Product()?.Product is not { } product)
        {
            return ApiAnswer.NotFound("product");
        }

        var title = call.Parameters.Text("title") ?? "";
        if (!TitlesOf(call, product).Contains(title))
        {
            call.Details.AddEmptyCategory(product.ProductId, title);
        }

        return Json(call, product, title);
    }

    private static ApiAnswer Rename(ApiCall call, SimulatedProduct product, string title)
    {
        if (!call.Parameters.Has("title"))
        {
            return Json(call, product, title);
        }

        var renamed = call.Parameters.Text("title") ?? "";
        if (renamed != title && TitlesOf(call, product).Contains(renamed))
        {
            return ApiAnswer.Refused("The variant_category was unable to be modified.");
        }

        KeepIds(call, product, title, renamed);
        if (call.Details.RemoveEmptyCategory(product.ProductId, title))
        {
            call.Details.AddEmptyCategory(product.ProductId, renamed);
        }
        else
        {
            call.Ledger.ChangeProduct(product.ProductId, current => current with
            {
                Variants = [.. current.Variants.Select(category => category.Title == title ? category with { Title = renamed } : category)],
            });
        }

        return Json(call, product, renamed);
    }

    private static void KeepIds(ApiCall call, SimulatedProduct product, string title, string renamed)
    {
        call.Details.Rename(VariantJson.CategoryLabel(product, title), VariantJson.CategoryLabel(product, renamed));
        foreach (var choice in product.Variants.Where(category => category.Title == title).SelectMany(category => category.Choices))
        {
            call.Details.Rename(VariantJson.Label(product, title, choice.Name), VariantJson.Label(product, renamed, choice.Name));
        }
    }

    private static ApiAnswer Delete(ApiCall call, SimulatedProduct product, string title)
    {
        if (!call.Details.RemoveEmptyCategory(product.ProductId, title))
        {
            call.Ledger.ChangeProduct(
                product.ProductId,
                current => current with { Variants = [.. current.Variants.Where(category => category.Title != title)] });
        }

        return ApiAnswer.Deleted(Thing);
    }

    private static List<string> TitlesOf(ApiCall call, SimulatedProduct product) =>
        [.. product.Variants.Select(category => category.Title), .. call.Details.EmptyCategoriesOf(product.ProductId)];

    private static ApiAnswer Json(ApiCall call, SimulatedProduct product, string title) =>
        ApiAnswer.With(Thing, VariantJson.OfCategory(product, title, call.Details));
}

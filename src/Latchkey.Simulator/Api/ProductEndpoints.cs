using System.Globalization;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>Products. Source: <c>app/controllers/api/v2/links_controller.rb</c>.</summary>
internal static class ProductEndpoints
{
    private const string Thing = "product";
    private const int PageSize = 10;

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/products", Scopes.Read, List);
        routes.Get("/products/{product}", Scopes.Read, Show);
        if (routes.IsNewest)
        {
            routes.Post("/products", [Scopes.EditProducts], Create);
            routes.Put("/products/{product}", [Scopes.EditProducts], Update);
        }

        routes.Put("/products/{product}/enable", [Scopes.EditProducts], call => Publish(call, isPublished: true));
        routes.Put("/products/{product}/disable", [Scopes.EditProducts], call => Publish(call, isPublished: false));
        routes.Delete("/products/{product}", [Scopes.EditProducts], Delete);
    }

    private static ApiAnswer List(ApiCall call) => call.Ledger.Read(view =>
    {
        var products = view.Products;
        var newestFirst = products.Select((record, index) => (Record: record, Key: KeyOf(record, index))).Reverse().ToList();
        return Page.Start(call, newestFirst, item => item.Key) is { } start
            ? Page.Of(
                call, "products", newestFirst, start, call.IsNewest ? PageSize : newestFirst.Count,
                item => ProductJson.Of(item.Record, call, view, withContent: false), item => item.Key)
            : ApiAnswer.BadRequest("Invalid page_key.");
    });

    private static ApiAnswer Show(ApiCall call) => call.Product() is { } record ? Answer(call, record) : ApiAnswer.NotFound(Thing);

    private static ApiAnswer Create(ApiCall call)
    {
        if (ProductChanges.Complaint(call, changed: null) is { } complaint)
        {
            return ApiAnswer.Refused(complaint);
        }

        var record = call.Ledger.AddProduct(ProductChanges.Draft(call));
        ProductChanges.ApplyTexts(call, record.Product.ProductId);
        return Answer(call, record);
    }

    private static ApiAnswer Update(ApiCall call)
    {
        if (call.Product() is not { } record)
        {
            return ApiAnswer.NotFound(Thing);
        }

        if (ProductChanges.Complaint(call, record.Product) is { } complaint)
        {
            return ApiAnswer.Refused(complaint);
        }

        call.Ledger.ChangeProduct(record.Product.ProductId, product => ProductChanges.Apply(call, product));
        ProductChanges.ApplyTexts(call, record.Product.ProductId);
        return Answer(call, record);
    }

    private static ApiAnswer Publish(ApiCall call, bool isPublished)
    {
        if (call.Product() is not { } record)
        {
            return ApiAnswer.NotFound(Thing);
        }

        call.Ledger.ChangeProduct(record.Product.ProductId, product => product with { IsPublished = isPublished });
        return Answer(call, record);
    }

    private static ApiAnswer Delete(ApiCall call)
    {
        if (call.Product() is not { } record)
        {
            return ApiAnswer.NotFound(Thing);
        }

        call.Ledger.DeleteProduct(record.Product.ProductId);
        return ApiAnswer.Deleted(Thing);
    }

    // The shelf keeps no times: the place on it orders, and the id tells which one it was.
    private static PageKey KeyOf(ProductRecord record, int index) =>
        new(DateTimeOffset.UnixEpoch.AddSeconds(index), long.Parse(StableIds.Account(record.Product.ProductId), CultureInfo.InvariantCulture));

    private static ApiAnswer Answer(ApiCall call, ProductRecord record) =>
        call.Ledger.Read(view => ApiAnswer.With(Thing, ProductJson.Of(record, call, view, withContent: true)));
}

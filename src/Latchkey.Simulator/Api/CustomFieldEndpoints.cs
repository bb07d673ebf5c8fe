using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>Checkout fields, addressed by name. Source: <c>app/controllers/api/v2/custom_fields_controller.rb</c>.</summary>
internal static class CustomFieldEndpoints
{
    private const string Thing = "custom_field";
    private const string Fields = "/products/{product}/custom_fields";
    private static readonly string[] Types = ["text", "checkbox", "terms", "long_text", "file"];

    public static void Map(ApiRoutes routes)
    {
        routes.Get(Fields, Scopes.Read, List);
        routes.Post(Fields, [Scopes.EditProducts], Create);
        routes.Put(Fields + "/{name}", [Scopes.EditProducts], Update);
        routes.Delete(Fields + "/{name}", [Scopes.EditProducts], Delete);
    }

    private static ApiAnswer List(ApiCall call) => call.Product()?.Product is { } product
        ? ApiAnswer.With("custom_fields", new JsonArray([.. product.CustomFields.Select(field => CustomFieldJson.Of(product, field, call.Details))]))
        : ApiAnswer.NotFound("product");

    private static ApiAnswer Create(ApiCall call)
    {
        if (call.Product()?.Product is not { } product)
        {
            return ApiAnswer.NotFound("product");
        }

        var name = call.Parameters.Text("name") ?? call.Parameters.Text("url") ?? call.Parameters.Text("label");
        var type = call.Parameters.Text("type") ?? "text";
        if (name is null || !Types.Contains(type))
        {
            return ApiAnswer.Refused("The custom_field was unable to be created.");
        }

        var field = new CheckoutField(name, type, call.Parameters.Text("required") == "true");
        call.Ledger.ChangeProduct(product.ProductId, current => current with { CustomFields = [.. current.CustomFields, field] });
        return ApiAnswer.With(Thing, CustomFieldJson.Of(product, field, call.Details));
    }

    // Only whether it is required can change; without that the call succeeds and changes nothing.
    private static ApiAnswer Update(ApiCall call)
    {
        if (Find(call, out var product, out var refusal) is not { } field)
        {
            return refusal!;
        }

        var changed = call.Parameters.Has("required") ? field with { Required = call.Parameters.Text("required") == "true" } : field;
        call.Ledger.ChangeProduct(
            product!.ProductId,
            current => current with { CustomFields = [.. current.CustomFields.Select(known => known == field ? changed : known)] });
        return ApiAnswer.With(Thing, CustomFieldJson.Of(product, changed, call.Details));
    }

    private static ApiAnswer Delete(ApiCall call)
    {
        if (Find(call, out var product, out var refusal) is not { } field)
        {
            return refusal!;
        }

        call.Ledger.ChangeProduct(
            product!.ProductId,
            current => current with { CustomFields = [.. current.CustomFields.Where(known => known != field)] });
        return ApiAnswer.Deleted(Thing);
    }

    private static CheckoutField? Find(ApiCall call, out SimulatedProduct? product, out ApiAnswer? refusal)
    {
        product = call.Product()?.Product;
        var field = product?.CustomFields.LastOrDefault(known => known.Name == call.Route("name"));
        refusal = product is null ? ApiAnswer.NotFound("product") : field is null ? ApiAnswer.NotFound(Thing) : null;
        return field;
    }
}

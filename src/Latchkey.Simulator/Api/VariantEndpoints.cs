using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>The choices themselves. Source: <c>app/controllers/api/v2/variants_controller.rb</c>.</summary>
internal static class VariantEndpoints
{
    private const string Thing = "variant";
    private const string Variants = "/products/{product}/variant_categories/{category}/variants";

    public static void Map(ApiRoutes routes)
    {
        routes.Get(Variants, Scopes.Read, call => VariantCategoryEndpoints.With(call, (product, title) => List(call, product, title)));
        routes.Post(Variants, [Scopes.EditProducts], call => VariantCategoryEndpoints.With(call, (product, title) => Create(call, product, title)));
        routes.Get(Variants + "/{id}", Scopes.Read, call => WithVariant(call, (product, title, choice) => Json(call, product, title, choice)));
        routes.Put(Variants + "/{id}", [Scopes.EditProducts], call => WithVariant(call, (product, title, choice) => Update(call, product, title, choice)));
        routes.Delete(Variants + "/{id}", [Scopes.EditProducts], call => WithVariant(call, (product, title, choice) => Delete(call, product, title, choice)));
    }

    private static ApiAnswer List(ApiCall call, SimulatedProduct product, string title) => ApiAnswer.With("variants", new JsonArray(
        [.. ChoicesOf(product, title).Select(choice => VariantJson.Of(product, title, choice, call.Details))]));

    private static ApiAnswer Create(ApiCall call, SimulatedProduct product, string title)
    {
        if (call.Parameters.Text("name") is not { } name)
        {
            return ApiAnswer.Refused("Name can't be blank");
        }

        if (ChoicesOf(product, title).Any(known => known.Name == name))
        {
            return ApiAnswer.Refused("Name has already been taken");
        }

        var choice = Changed(call, product, new VariantChoice(name));
        var isFirst = call.Details.RemoveEmptyCategory(product.ProductId, title);
        Replace(call, product, current => isFirst
            ? [.. current, new VariantCategory(title, [choice])]
            : [.. current.Select(category => category.Title == title ? category with { Choices = [.. category.Choices, choice] } : category)]);
        Describe(call, product, title, choice);
        return Json(call, product, title, choice);
    }

    private static ApiAnswer Update(ApiCall call, SimulatedProduct product, string title, VariantChoice choice)
    {
        var name = call.Parameters.Text("name") ?? choice.Name;
        if (name != choice.Name && ChoicesOf(product, title).Any(known => known.Name == name))
        {
            return ApiAnswer.Refused("Name has already been taken");
        }

        var changed = Changed(call, product, choice with { Name = name });
        call.Details.Rename(VariantJson.Label(product, title, choice.Name), VariantJson.Label(product, title, changed.Name));
        Replace(call, product, current =>
        [
            .. current.Select(category => category.Title == title
                ? category with { Choices = [.. category.Choices.Select(known => known.Name == choice.Name ? changed : known)] }
                : category),
        ]);
        Describe(call, product, title, changed);
        return Json(call, product, title, changed);
    }

    // A category that has lost its last choice is kept where the checkout does not ask about it.
    private static ApiAnswer Delete(ApiCall call, SimulatedProduct product, string title, VariantChoice choice)
    {
        if (ChoicesOf(product, title).Count == 1)
        {
            call.Details.AddEmptyCategory(product.ProductId, title);
        }

        Replace(call, product, current =>
        [
            .. current
                .Select(category => category.Title == title
                    ? category with { Choices = [.. category.Choices.Where(known => known.Name != choice.Name)] }
                    : category)
                .Where(category => category.Choices.Count > 0),
        ]);
        return ApiAnswer.Deleted(Thing);
    }

    private static VariantChoice Changed(ApiCall call, SimulatedProduct product, VariantChoice choice)
    {
        if (call.Parameters.Has("price_difference_cents"))
        {
            choice = choice with { PriceUsdCents = VariantPrice.PriceOf(product, call.Parameters.Number("price_difference_cents")) };
        }

        return call.Parameters.Has("max_purchase_count") ? choice with { MaxPurchaseCount = call.Parameters.Number("max_purchase_count") } : choice;
    }

    private static void Describe(ApiCall call, SimulatedProduct product, string title, VariantChoice choice)
    {
        if (call.Parameters.Has("description"))
        {
            call.Details.Describe(call.Details.IdOf(VariantJson.Label(product, title, choice.Name)), call.Parameters.Text("description"));
        }
    }

    private static ApiAnswer WithVariant(ApiCall call, Func<SimulatedProduct, string, VariantChoice, ApiAnswer> act) =>
        VariantCategoryEndpoints.With(call, (product, title) =>
            ChoicesOf(product, title).FirstOrDefault(choice => call.Details.IdOf(VariantJson.Label(product, title, choice.Name)) == call.Route("id")) is { } found
                ? act(product, title, found)
                : ApiAnswer.NotFound(Thing));

    private static void Replace(ApiCall call, SimulatedProduct product, Func<IReadOnlyList<VariantCategory>, IReadOnlyList<VariantCategory>> change) =>
        call.Ledger.ChangeProduct(product.ProductId, current => current with { Variants = change(current.Variants) });

    private static IReadOnlyList<VariantChoice> ChoicesOf(SimulatedProduct product, string title) =>
        product.Variants.FirstOrDefault(category => category.Title == title)?.Choices ?? [];

    private static ApiAnswer Json(ApiCall call, SimulatedProduct product, string title, VariantChoice choice) =>
        ApiAnswer.With(Thing, VariantJson.Of(product, title, choice, call.Details));
}

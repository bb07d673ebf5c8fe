using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>Discount codes. Source: <c>app/controllers/api/v2/offer_codes_controller.rb</c>.</summary>
internal static partial class OfferCodeEndpoints
{
    private const string Thing = "offer_code";
    private const string Codes = "/products/{product}/offer_codes";

    public static void Map(ApiRoutes routes)
    {
        routes.Get(Codes, Scopes.Read, List);
        routes.Post(Codes, [Scopes.EditProducts], Create);
        routes.Get(Codes + "/{id}", Scopes.Read, call => WithCode(call, _ => { }));
        routes.Put(Codes + "/{id}", [Scopes.EditProducts], Update);
        routes.Delete(Codes + "/{id}", [Scopes.EditProducts], Delete);
    }

    private static ApiAnswer List(ApiCall call) => call.Ledger.Read(view => view.FindProduct(call.Route("product")) is { } product
        ? ApiAnswer.With("offer_codes", new JsonArray([.. CodesOf(view, product).Select(OfferCodeJson.Of)]))
        : ApiAnswer.NotFound("product"));

    // The amount is looked for before the product, and nothing says which parameter is missing: both as Gumroad does.
    private static ApiAnswer Create(ApiCall call)
    {
        var parameters = call.Parameters;
        if (parameters.Text("amount_off") is null && parameters.Text("amount_cents") is null)
        {
            return ApiAnswer.Refused(
                "You are missing required offer code parameters. Please refer to https://gumroad.com/api#offer-codes for the correct parameters.");
        }

        if (call.Product() is not { } record)
        {
            return ApiAnswer.NotFound("product");
        }

        var isPercent = parameters.Text("offer_type") == "percent";
        var code = new SimulatedOfferCode(parameters.Text("name")?.Trim() ?? "")
        {
            PercentOff = isPercent ? parameters.Number("amount_off") ?? 0 : null,
            AmountOffUsdCents = isPercent ? null : parameters.Number("amount_cents") ?? parameters.Number("amount_off"),
            MaxPurchaseCount = parameters.Number("max_purchase_count"),
            Permalinks = parameters.Text("universal") == "true" ? [] : [record.Product.Permalink],
        };
        return Complaint(code, call) is { } complaint
            ? ApiAnswer.Refused(complaint)
            : ApiAnswer.With(Thing, OfferCodeJson.Of(call.Ledger.AddOfferCode(code)));
    }

    private static string? Complaint(SimulatedOfferCode code, ApiCall call)
    {
        if (code.Code.Length == 0)
        {
            return "Code can't be blank";
        }

        if (!CodeFormat().IsMatch(code.Code))
        {
            return "Discount code can only contain numbers, letters, dashes, and underscores.";
        }

        if (code.PercentOff is < 0 or > 100)
        {
            return "Please enter a discount amount that is 100% or less.";
        }

        if (code is { PercentOff: null, AmountOffUsdCents: null or < 1 })
        {
            return "Please enter a positive discount amount.";
        }

        var isTaken = call.Ledger.Read(view => view.OfferCodes.Any(known => known.Code.Code.Equals(code.Code, StringComparison.OrdinalIgnoreCase)));
        return isTaken ? "Discount code must be unique." : null;
    }

    private static ApiAnswer Update(ApiCall call) => WithCode(call, id =>
    {
        if (call.Parameters.Has("max_purchase_count"))
        {
            call.Ledger.ChangeOfferCode(id, call.Parameters.Number("max_purchase_count"));
        }
    });

    private static ApiAnswer Delete(ApiCall call)
    {
        var id = call.Route("id");
        if (Find(call, id) is null)
        {
            return WithCode(call, _ => { });
        }

        call.Ledger.DeleteOfferCode(id);
        return ApiAnswer.Deleted(Thing);
    }

    private static ApiAnswer WithCode(ApiCall call, Action<string> change)
    {
        if (call.Product() is null)
        {
            return ApiAnswer.NotFound("product");
        }

        var id = call.Route("id");
        if (Find(call, id) is null)
        {
            return ApiAnswer.NotFound(Thing);
        }

        change(id);
        return Find(call, id) is { } json ? ApiAnswer.With(Thing, json) : ApiAnswer.NotFound(Thing);
    }

    private static JsonObject? Find(ApiCall call, string id) => call.Ledger.Read(view =>
        view.FindProduct(call.Route("product")) is { } product && CodesOf(view, product).FirstOrDefault(code => code.Id == id) is { } found
            ? OfferCodeJson.Of(found)
            : null);

    private static IEnumerable<OfferCodeRecord> CodesOf(LedgerView view, ProductRecord product) => view.OfferCodes.Where(code =>
        code.Code.Permalinks.Count == 0 || code.Code.Permalinks.Any(permalink => view.FindProduct(permalink) == product));

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex CodeFormat();
}

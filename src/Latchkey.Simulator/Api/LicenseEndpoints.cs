using System.Text.Json;
using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>License keys. Source: <c>app/controllers/api/v2/licenses_controller.rb</c>.</summary>
internal static class LicenseEndpoints
{
    private static readonly string[] Texts = ["license_key", "product_id", "product_permalink", "id", "link_id"];

    public static void Map(ApiRoutes routes)
    {
        routes.PostOpenly("/licenses/verify", Verify);
        MapChange(routes, "enable", (call, license) => license.SetDisabled(call, false));
        MapChange(routes, "disable", (call, license) => license.SetDisabled(call, true));
        MapChange(routes, "decrement_uses_count", (call, license) => license.DecrementUses(call));
        if (routes.IsNewest)
        {
            MapChange(routes, "rotate", (call, license) => license.RotateKey(call));
        }
    }

    private static void MapChange(ApiRoutes routes, string path, Action<ApiCall, FoundLicense> change) =>
        routes.Put("/licenses/" + path, [Scopes.EditProducts], call =>
        {
            if (FoundLicense.Find(call, call.Parameters.Text("product_permalink"), out var refusal) is not { } license)
            {
                return refusal!;
            }

            change(call, license);
            return Answer(call, license);
        });

    private static ApiAnswer Verify(ApiCall call)
    {
        var parameters = call.Parameters;
        if (call.IsNewest && Texts.FirstOrDefault(name => IsNoText(parameters[name])) is { } wrong)
        {
            return ApiAnswer.Failure(400, $"The '{wrong}' parameter must be a string.");
        }

        // Two old names of the permalink come first.
        var permalink = parameters.Text("id") ?? parameters.Text("link_id") ?? parameters.Text("product_permalink");
        if (FoundLicense.Find(call, permalink, out var refusal) is not { } license)
        {
            return refusal!;
        }

        if (license.IsDisabled(call))
        {
            return ApiAnswer.Failure(404, "This license key has been disabled.");
        }

        license.Verify(call, increment: !IsFalse(parameters["increment_uses_count"]));
        return Answer(call, license);
    }

    // Only these two: 0, no and empty text count.
    private static bool IsFalse(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.False => true,
        JsonValueKind.String => value.GetValue<string>() == "false",
        _ => false,
    };

    // What is blank is not looked at.
    private static bool IsNoText(JsonNode? value) =>
        value is not (null or JsonArray { Count: 0 } or JsonObject { Count: 0 })
        && value.GetValueKind() is not (JsonValueKind.String or JsonValueKind.False);

    private static ApiAnswer Answer(ApiCall call, FoundLicense license) => call.Ledger.Read(_ =>
    {
        var body = new JsonObject { ["success"] = true, ["uses"] = license.Uses(call) };
        if (license.Customer is { } customer)
        {
            body["imported_customer"] = LicenseJson.Of(customer, license.Product.Product, call.Now);
        }
        else
        {
            body["purchase"] = LicenseJson.Of(license.Sale!, call);
        }

        return new ApiAnswer(200, body);
    });
}

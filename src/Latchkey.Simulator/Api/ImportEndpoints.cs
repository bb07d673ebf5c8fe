using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Control;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Api;

/// <summary>
/// <c>POST /simulator/imported_customers</c> with <c>product</c> (id or permalink) and <c>email</c>, and if wanted <c>license_key</c>
/// and <c>created_at</c>: somebody who bought elsewhere and was brought in from a list. No sale and no ping comes of it; the key can be verified.
/// </summary>
internal static class ImportEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, GumroadSimulator simulator, ProductDetails details) =>
        routes.MapControl("POST", "/simulator/imported_customers", (body, _) => Task.FromResult<JsonNode>(Import(body, simulator, details)));

    private static JsonObject Import(ControlBody body, GumroadSimulator simulator, ProductDetails details)
    {
        body.AllowOnly("product", "email", "license_key", "created_at");
        var name = body.Text("product") ?? throw new ArgumentException("product: say which product, by id or permalink.");
        var product = simulator.Ledger.Read(view => view.FindProduct(name))?.Product
            ?? throw new ArgumentException($"product: there is no '{name}'.");
        var customer = new ImportedCustomer(
            simulator.Tokens.NewId(),
            product.ProductId,
            body.Text("email")?.Trim().ToLowerInvariant() ?? throw new ArgumentException("email: whose key is it?"),
            body.Time("created_at") ?? simulator.Clock.GetUtcNow(),
            new LicenseRecord(simulator.Tokens.NewId(), body.Text("license_key") ?? simulator.Tokens.NewLicenseKey()));
        details.Import(customer);
        return new JsonObject { ["id"] = customer.Id, ["license_key"] = customer.License.Key };
    }
}

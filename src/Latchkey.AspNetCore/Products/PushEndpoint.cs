using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Products;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Products;

/// <param name="DryRun">True counts, and changes nothing.</param>
internal sealed record PushBody(
    [property: JsonPropertyName("dry_run")] bool? DryRun = null);

/// <param name="Purchases">How many were, or would be, touched.</param>
internal sealed record PushReply(
    [property: JsonPropertyName("purchases")] int Purchases,
    [property: JsonPropertyName("dry_run")] bool DryRun);

/// <summary>A key type's present settings for those who bought it before.</summary>
internal static class PushEndpoint
{
    public static void MapPush(this RouteGroupBuilder tenant) => tenant.MapPost("/products/{product}/key-types/{keyType}/push", PushAsync)
        .RequireScope(Scopes.Write).WithName("PushKeyType").WithTags("Products")
        .Accepts<PushBody>(isOptional: true, "application/json").Produces<PushReply>().ProducesProblem(404);

    private static async Task<IResult> PushAsync(string product, string keyType, HttpContext http, SettingsPush push, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadOptionalAsync(http, WebJson.Default.PushBody);
        if (problem is not null)
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http);
        if (!tenant.Products.TryGetValue(product, out var sold) || !tenant.KeyTypes.TryGetValue((product, keyType), out var type))
        {
            return Problems.NotFound("key type");
        }

        var dryRun = body?.DryRun ?? false;
        if (!dryRun)
        {
            // What is pushed reaches buyers one by one, so that it was begun is written down first.
            await audit.WriteAsync(http, tenant.Id, "key_type.push", $"{product}/{keyType}");
        }

        return WebJson.Ok(new PushReply(await push.PushAsync(tenant, sold, type, dryRun, http.RequestAborted), dryRun), WebJson.Default.PushReply);
    }
}

using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Products;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Products;

/// <param name="KeyPrefix">2 to 8 of A–Z and 0–9, a letter first; made from the product's id when left out.</param>
/// <param name="KeySource"><c>shop</c>, <c>own</c> or <c>both</c>; null: both where Gumroad sends a key, else own.</param>
/// <param name="TrialDays">Length of its memberships' free trials, which Gumroad's sales do not tell: 1 to 366; null: none.</param>
/// <param name="OnCompleted">Once a plan of fixed length or of installments is paid: <c>keep</c> or <c>end</c>; null keeps for now.</param>
internal sealed record ProductBody(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("key_prefix")] string? KeyPrefix,
    [property: JsonPropertyName("key_source")] string? KeySource,
    [property: JsonPropertyName("trial_days")] int? TrialDays = null,
    [property: JsonPropertyName("on_completed")] string? OnCompleted = null);

/// <param name="Mode"><c>none</c>, or <c>limited</c>: the named entitlements stay.</param>
internal sealed record AfterEndBody(
    [property: JsonPropertyName("mode")] string? Mode,
    [property: JsonPropertyName("entitlements"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Entitlements = null);

/// <param name="Quantity">What buying several at once means: <c>seats</c>, <c>keys</c> or <c>ignore</c>.</param>
internal sealed record KeyTypeBody(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("activation_limit")] int? ActivationLimit,
    [property: JsonPropertyName("duration_days")] int? DurationDays,
    [property: JsonPropertyName("entitlements")] IReadOnlyList<string>? Entitlements,
    [property: JsonPropertyName("tier")] string? Tier,
    [property: JsonPropertyName("rank")] int? Rank,
    [property: JsonPropertyName("lease_days")] double? LeaseDays,
    [property: JsonPropertyName("lease_grace_days")] double? LeaseGraceDays,
    [property: JsonPropertyName("billing_grace_days")] int? BillingGraceDays,
    [property: JsonPropertyName("quantity")] string? Quantity = null,
    [property: JsonPropertyName("after_end")] AfterEndBody? AfterEnd = null);

/// <summary>What the tenant sells.</summary>
internal static class ProductEndpoints
{
    public static void MapProducts(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/products").WithTags("Products");
        group.MapGet("", List).RequireScope(Scopes.Read).WithName("ListProducts").Produces<Page<ProductBody>>();
        group.MapGet("/{product}", Get).RequireScope(Scopes.Read).WithName("GetProduct").Produces<ProductBody>().ProducesProblem(404);
        group.MapPut("/{product}", PutAsync).RequireScope(Scopes.Write).WithName("PutProduct").Accepts<ProductBody>("application/json").Produces<ProductBody>();
        group.MapGet("/{product}/key-types", ListTypes).RequireScope(Scopes.Read).WithName("ListKeyTypes").Produces<Page<KeyTypeBody>>();
        group.MapGet("/{product}/key-types/{keyType}", GetKeyType).RequireScope(Scopes.Read).WithName("GetKeyType").Produces<KeyTypeBody>().ProducesProblem(404);
        group.MapPut("/{product}/key-types/{keyType}", PutTypeAsync)
            .RequireScope(Scopes.Write).WithName("PutKeyType").Accepts<KeyTypeBody>("application/json").Produces<KeyTypeBody>();
    }

    private static IResult List(HttpContext http) => PageOf(
        http, Caller.TenantOf(http).Products.Values, p => p.Id, BodyOf, WebJson.Default.PageProductBody);

    private static IResult ListTypes(string product, HttpContext http) => PageOf(
        http, Caller.TenantOf(http).KeyTypes.Values.Where(k => k.Product == product), k => k.Id, BodyOf, WebJson.Default.PageKeyTypeBody);

    private static IResult Get(string product, HttpContext http) =>
        Caller.TenantOf(http).Products.TryGetValue(product, out var found)
            ? WebJson.Ok(BodyOf(found), WebJson.Default.ProductBody)
            : Problems.NotFound("product");

    private static IResult GetKeyType(string product, string keyType, HttpContext http) =>
        Caller.TenantOf(http).KeyTypes.TryGetValue((product, keyType), out var found)
            ? WebJson.Ok(BodyOf(found), WebJson.Default.KeyTypeBody)
            : Problems.NotFound("key type");

    private static async Task<IResult> PutAsync(string product, HttpContext http, TenantAdmin admin, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.ProductBody);
        if (problem is not null || ProductInput.Fault(product, body!) is { } fault && (problem = fault) is not null)
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http);
        var made = ProductInput.ProductOf(product, body!);
        if (tenant.Products.Values.FirstOrDefault(p => p.Id != product && p.KeyPrefix == made.KeyPrefix) is { } other)
        {
            return Problems.Invalid("key_prefix", $"The prefix {made.KeyPrefix} belongs to the product '{other.Id}'; choose another, so that a key tells its product.");
        }

        await admin.PutProductAsync(tenant.Id, made, http.RequestAborted);
        await audit.WriteAsync(http, tenant.Id, "product.put", product);
        return WebJson.Ok(BodyOf(made), WebJson.Default.ProductBody);
    }

    private static async Task<IResult> PutTypeAsync(string product, string keyType, HttpContext http, TenantAdmin admin, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.KeyTypeBody);
        if (problem is not null || ProductInput.Fault(keyType, body!) is { } fault && (problem = fault) is not null)
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http);
        if (!tenant.Products.ContainsKey(product))
        {
            return Problems.NotFound($"product; make it first with PUT …/products/{Uri.EscapeDataString(product)}");
        }

        var made = ProductInput.KeyTypeOf(product, keyType, body!);
        await admin.PutKeyTypeAsync(tenant.Id, made, http.RequestAborted);
        await audit.WriteAsync(http, tenant.Id, "key_type.put", $"{product}/{keyType}");
        return WebJson.Ok(BodyOf(made), WebJson.Default.KeyTypeBody);
    }

    private static IResult PageOf<T, TOut>(
        HttpContext http, IEnumerable<T> all, Func<T, string> id, Func<T, TOut> show, System.Text.Json.Serialization.Metadata.JsonTypeInfo<Page<TOut>> type) =>
        PageQuery.TryRead(http, out var page, out var problem)
            ? WebJson.Ok(
                page.Cut([.. all.OrderBy(id, StringComparer.Ordinal).Where(x => page.After is null || string.CompareOrdinal(id(x), page.After) > 0).Take(page.Fetch)], id, show),
                type)
            : problem;

    private static ProductBody BodyOf(Product p) => new(
        p.Id, p.Name, p.KeyPrefix, p.KeySource?.ToString().ToLowerInvariant(), p.TrialDays, p.OnCompleted?.ToString().ToLowerInvariant());

    private static KeyTypeBody BodyOf(KeyType k) => new(
        k.Id, k.Name, k.ActivationLimit, k.DurationDays, k.Entitlements, k.Tier, k.Rank, k.LeaseDays, k.LeaseGraceDays, k.BillingGraceDays,
        k.Quantity.ToString().ToLowerInvariant(), k.KeptAfterEnd is { } kept ? new AfterEndBody("limited", kept) : new AfterEndBody("none"));
}

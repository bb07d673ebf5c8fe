using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Contracts.Keys;
using Latchkey.Products;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Products;

/// <param name="KeyPrefix">2 to 8 of A–Z and 0–9, a letter first; made from the product's id when left out.</param>
/// <param name="KeySource"><c>shop</c>, <c>own</c> or <c>both</c>; null: both where Gumroad sends a key, else own.</param>
internal sealed record ProductBody(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("key_prefix")] string? KeyPrefix,
    [property: JsonPropertyName("key_source")] string? KeySource);

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
    [property: JsonPropertyName("billing_grace_days")] int? BillingGraceDays);

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
        var made = new Product(product, body!.Name!.Trim(), body.KeyPrefix ?? ProductInput.PrefixOf(product), ProductInput.SourceOf(body.KeySource));
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

    private static ProductBody BodyOf(Product p) => new(p.Id, p.Name, p.KeyPrefix, p.KeySource?.ToString().ToLowerInvariant());

    private static KeyTypeBody BodyOf(KeyType k) => new(
        k.Id, k.Name, k.ActivationLimit, k.DurationDays, k.Entitlements, k.Tier, k.Rank, k.LeaseDays, k.LeaseGraceDays, k.BillingGraceDays);
}

/// <summary>What a seller may say of products and key types.</summary>
internal static class ProductInput
{
    private const double ShortestLeaseDays = 1.0 / 24;
    private const int MostDays = 90;

    public static IResult? Fault(string id, ProductBody body) =>
        !IsCode(id) ? Problems.Invalid("product", "A product's id is 1 to 64 of a-z, 0-9, '.', '_', ':' and '-'.")
        : body.Name?.Trim() is not { Length: >= 1 and <= 100 } ? Problems.Invalid("name", "name is 1 to 100 characters.")
        : body.KeyPrefix is { } prefix && !LicenseKey.IsValidPrefix(prefix) ? Problems.Invalid("key_prefix", "key_prefix is 2 to 8 of A-Z and 0-9, a letter first.")
        : body.KeySource is not (null or "shop" or "own" or "both") ? Problems.Invalid("key_source", "key_source is 'shop', 'own' or 'both'.")
        : null;

    public static IResult? Fault(string id, KeyTypeBody body) =>
        !IsCode(id) ? Problems.Invalid("key_type", "A key type's id is 1 to 64 of a-z, 0-9, '.', '_', ':' and '-'.")
        : body.Name?.Trim() is not { Length: >= 1 and <= 100 } ? Problems.Invalid("name", "name is 1 to 100 characters.")
        : body.ActivationLimit is < 1 ? Problems.Invalid("activation_limit", "activation_limit is at least 1, or null for unlimited.")
        : body.DurationDays is < 1 or > 36500 ? Problems.Invalid("duration_days", "duration_days is 1 to 36500, or null for a lasting right.")
        : body.Entitlements?.Any(e => !IsCode(e)) is true ? Problems.Invalid("entitlements", "Each entitlement is a code of 1 to 64 of a-z, 0-9, '.', '_', ':' and '-'.")
        : body.Entitlements is { Count: > 50 } ? Problems.Invalid("entitlements", "At most 50 entitlements go into a lease.")
        : body.Tier is { } tier && !IsCode(tier) ? Problems.Invalid("tier", "tier is a code of a-z, 0-9, '.', '_', ':' and '-'.")
        : body.LeaseDays is < ShortestLeaseDays or > MostDays ? Problems.Invalid("lease_days", "lease_days is 0.0417 (one hour) to 90.")
        : body.LeaseGraceDays is < 0 or > MostDays ? Problems.Invalid("lease_grace_days", "lease_grace_days is 0 to 90.")
        : body.BillingGraceDays is < 0 or > MostDays ? Problems.Invalid("billing_grace_days", "billing_grace_days is 0 to 90.")
        : null;

    public static KeyType KeyTypeOf(string product, string id, KeyTypeBody b) => new(
        product, id, b.Name!.Trim(), b.ActivationLimit, b.DurationDays,
        [.. (b.Entitlements ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        b.Tier, b.Rank ?? 0, b.LeaseDays ?? 7, b.LeaseGraceDays ?? 7, b.BillingGraceDays ?? 3);

    public static KeySource? SourceOf(string? text) => text switch
    {
        "shop" => KeySource.Shop,
        "own" => KeySource.Own,
        "both" => KeySource.Both,
        _ => null,
    };

    /// <summary>A prefix from a product's id: its letters and digits, upper-cased, a letter first.</summary>
    public static string PrefixOf(string product)
    {
        var text = new string([.. product.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).SkipWhile(char.IsAsciiDigit).Take(8)]);
        return text.Length >= 2 ? text : "KEY" + text;
    }

    public static bool IsCode(string? text) =>
        text is { Length: >= 1 and <= 64 } && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or ':' or '-');
}

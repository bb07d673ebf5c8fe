using System.Globalization;
using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Products;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Products;

/// <param name="GumroadProduct">Product id (the stable choice), short id, permalink or product URL.</param>
/// <param name="OfferCode">A discount code; case does not matter.</param>
/// <param name="UrlParam">A parameter of the product page's address, <c>name</c> or <c>name=value</c>. Buyers can edit it.</param>
/// <param name="Contents">Gumroad products that this one, a bundle, contains. A refund of the bundle then reaches them.</param>
/// <param name="Action"><c>ignore</c>, or null to grant.</param>
internal sealed record RuleBody(
    [property: JsonPropertyName("gumroad_product")] string? GumroadProduct,
    [property: JsonPropertyName("variant"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Variant = null,
    [property: JsonPropertyName("recurrence"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Recurrence = null,
    [property: JsonPropertyName("min_price_usd_cents"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MinPriceUsdCents = null,
    [property: JsonPropertyName("max_price_usd_cents"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MaxPriceUsdCents = null,
    [property: JsonPropertyName("offer_code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OfferCode = null,
    [property: JsonPropertyName("url_param"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UrlParam = null,
    [property: JsonPropertyName("contents"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Contents = null,
    [property: JsonPropertyName("product"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Product = null,
    [property: JsonPropertyName("key_type"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? KeyType = null,
    [property: JsonPropertyName("action"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Action = null);

internal sealed record RulesBody(
    [property: JsonPropertyName("rules")] IReadOnlyList<RuleBody>? Rules)
{
    /// <summary>What a GET says besides: sent back, it changes nothing. <c>If-Match</c> guards against changes of others.</summary>
    [JsonPropertyName("version")]
    public int? Version { get; init; }

    /// <summary>As <see cref="Version"/>.</summary>
    [JsonPropertyName("warnings")]
    public IReadOnlyList<string>? Warnings { get; init; }
}

/// <param name="Warnings">What works, but could be better: permalinks, which can be changed at Gumroad, and rules that can never fit.</param>
internal sealed record RulesReply(
    [property: JsonPropertyName("version")] int Version,
    [property: JsonPropertyName("rules")] IReadOnlyList<RuleBody> Rules,
    [property: JsonPropertyName("warnings")] IReadOnlyList<string> Warnings);

/// <summary>The ordered rules from what was bought at Gumroad to key types. Saving them releases the purchases they fit.</summary>
internal static class RuleEndpoints
{
    public static void MapRules(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/rules").WithTags("Rules");
        group.MapGet("", Get).RequireScope(Scopes.Read).WithName("GetRules").Produces<RulesReply>();
        group.MapPut("", PutAsync).RequireScope(Scopes.Write).WithName("PutRules").Accepts<RulesBody>("application/json").Produces<RulesReply>().ProducesProblem(412);
    }

    private static IResult Get(HttpContext http) => Reply(http, Caller.TenantOf(http).Rules);

    private static async Task<IResult> PutAsync(HttpContext http, TenantAdmin admin, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.RulesBody);
        if (problem is not null)
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http);
        if (RuleInput.Fault(tenant, body!.Rules) is { } fault)
        {
            return fault;
        }

        if (!TryReadIfMatch(http, out var expected))
        {
            return Problems.Invalid("If-Match", "If-Match holds the ETag of the rules you have read, for example \"3\".");
        }

        var rules = body.Rules!.Select(RuleInput.RuleOf).ToList();
        if (await admin.PutRulesAsync(tenant.Id, rules, expected, http.RequestAborted) is not { } version)
        {
            return Problems.Of(412, WebCodes.VersionConflict, "The rules were changed since you read them; read them again and repeat your change.");
        }

        await audit.WriteAsync(http, tenant.Id, "rules.put", version.ToString(CultureInfo.InvariantCulture));
        return Reply(http, new RuleSet(version, rules));
    }

    private static bool TryReadIfMatch(HttpContext http, out int? expected)
    {
        var text = http.Request.Headers.IfMatch.ToString().Trim('"');
        var read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        expected = read ? version : null;
        return read || text is "" or "*";
    }

    private static IResult Reply(HttpContext http, RuleSet rules)
    {
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{rules.Version}\"");
        return WebJson.Ok(new RulesReply(rules.Version, [.. rules.Rules.Select(RuleInput.BodyOf)], [.. RuleInput.Warnings(rules.Rules)]), WebJson.Default.RulesReply);
    }
}

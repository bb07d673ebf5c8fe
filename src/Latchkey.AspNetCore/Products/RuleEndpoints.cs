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
/// <param name="Action"><c>ignore</c>, or null to grant.</param>
internal sealed record RuleBody(
    [property: JsonPropertyName("gumroad_product")] string? GumroadProduct,
    [property: JsonPropertyName("variant"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Variant,
    [property: JsonPropertyName("recurrence"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Recurrence,
    [property: JsonPropertyName("min_price_usd_cents"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MinPriceUsdCents,
    [property: JsonPropertyName("max_price_usd_cents"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MaxPriceUsdCents,
    [property: JsonPropertyName("product"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Product,
    [property: JsonPropertyName("key_type"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? KeyType,
    [property: JsonPropertyName("action"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Action);

internal sealed record RulesBody(
    [property: JsonPropertyName("rules")] IReadOnlyList<RuleBody>? Rules);

/// <param name="Warnings">What works, but could be better: permalinks can be changed at Gumroad, ids cannot.</param>
internal sealed record RulesReply(
    [property: JsonPropertyName("version")] int Version,
    [property: JsonPropertyName("rules")] IReadOnlyList<RuleBody> Rules,
    [property: JsonPropertyName("warnings")] IReadOnlyList<string> Warnings);

/// <summary>The ordered rules from what was bought at Gumroad to key types. Saving them releases the purchases they fit.</summary>
internal static class RuleEndpoints
{
    private const int MostRules = 1000;

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
        if (Fault(tenant, body!) is { } fault)
        {
            return fault;
        }

        if (!TryReadIfMatch(http, out var expected))
        {
            return Problems.Invalid("If-Match", "If-Match holds the ETag of the rules you have read, for example \"3\".");
        }

        var rules = body!.Rules!.Select(RuleOf).ToList();
        if (await admin.PutRulesAsync(tenant.Id, rules, expected, http.RequestAborted) is not { } version)
        {
            return Problems.Of(412, WebCodes.VersionConflict, "The rules were changed since you read them; read them again and repeat your change.");
        }

        await audit.WriteAsync(http, tenant.Id, "rules.put", version.ToString(CultureInfo.InvariantCulture));
        return Reply(http, new RuleSet(version, rules));
    }

    private static IResult? Fault(TenantContext tenant, RulesBody body)
    {
        if (body.Rules is not { Count: <= MostRules } rules)
        {
            return Problems.Invalid("rules", "rules is a list of at most 1,000 rules; an empty list takes all away.");
        }

        for (var i = 0; i < rules.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"rules[{i}]");
            var rule = rules[i];
            if (string.IsNullOrWhiteSpace(rule?.GumroadProduct))
            {
                return Problems.Invalid($"{at}.gumroad_product", "Name the Gumroad product: its id, short id, permalink or address.");
            }

            if (rule.Action is not (null or "ignore"))
            {
                return Problems.Invalid($"{at}.action", "action is 'ignore', or left out.");
            }

            if (rule.MinPriceUsdCents > rule.MaxPriceUsdCents)
            {
                return Problems.Invalid($"{at}.max_price_usd_cents", "max_price_usd_cents is below min_price_usd_cents.");
            }

            if (rule.Action is null && !tenant.Products.ContainsKey(rule.Product ?? string.Empty))
            {
                return Problems.Invalid($"{at}.product", $"There is no product '{rule.Product}'; make it first with PUT …/products/ID.");
            }

            if (rule.Action is null && !tenant.KeyTypes.ContainsKey((rule.Product!, rule.KeyType ?? string.Empty)))
            {
                return Problems.Invalid($"{at}.key_type", $"The product '{rule.Product}' has no key type '{rule.KeyType}'; make it first with PUT …/key-types/ID.");
            }
        }

        return null;
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
        return WebJson.Ok(new RulesReply(rules.Version, [.. rules.Rules.Select(BodyOf)], [.. Warnings(rules)]), WebJson.Default.RulesReply);
    }

    /// <summary>Gumroad's product ids end in <c>==</c>; anything else can be changed by the seller and then no longer fits.</summary>
    private static IEnumerable<string> Warnings(RuleSet rules) => rules.Rules
        .Where(r => !r.GumroadProduct.EndsWith("==", StringComparison.Ordinal))
        .Select(r => $"'{r.GumroadProduct}' is a permalink or short id; the product's id does not change when the permalink does.");

    private static Rule RuleOf(RuleBody b) => new(
        b.GumroadProduct!.Trim(), b.Variant, b.Recurrence, b.MinPriceUsdCents, b.MaxPriceUsdCents, b.Product, b.KeyType, b.Action == "ignore");

    private static RuleBody BodyOf(Rule r) => new(
        r.GumroadProduct, r.Variant, r.Recurrence, r.MinPriceUsdCents, r.MaxPriceUsdCents, r.Product, r.KeyType, r.Ignore ? "ignore" : null);
}

using System.Globalization;
using Latchkey.AspNetCore.Web;
using Latchkey.Products;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Products;

/// <summary>What a seller may say of rules.</summary>
internal static class RuleInput
{
    private const int MostRules = 1000;
    private const int MostContents = 100;
    private const int LongestText = 300;

    public static IResult? Fault(TenantContext tenant, IReadOnlyList<RuleBody>? rules)
    {
        if (rules is not { Count: <= MostRules })
        {
            return Problems.Invalid("rules", "rules is a list of at most 1,000 rules; an empty list takes all away.");
        }

        for (var i = 0; i < rules.Count; i++)
        {
            if (Fault(tenant, string.Create(CultureInfo.InvariantCulture, $"rules[{i}]"), rules[i]) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    public static Rule RuleOf(RuleBody b) => new(
        b.GumroadProduct!.Trim(), b.Variant, b.Recurrence, b.MinPriceUsdCents, b.MaxPriceUsdCents, b.Product, b.KeyType, b.Action == "ignore")
    {
        OfferCode = b.OfferCode,
        UrlParam = b.UrlParam,
        Contents = [.. (b.Contents ?? []).Select(c => c.Trim())],
    };

    public static RuleBody BodyOf(Rule r) => new(
        r.GumroadProduct, r.Variant, r.Recurrence, r.MinPriceUsdCents, r.MaxPriceUsdCents, r.OfferCode, r.UrlParam,
        r.Contents.Count > 0 ? r.Contents : null, r.Product, r.KeyType, r.Ignore ? "ignore" : null);

    /// <summary>Gumroad's product ids end in <c>==</c>; anything else can be changed by the seller and then no longer fits.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<Rule> rules) => NeverFitting(rules).Concat(rules
        .SelectMany(r => r.Contents.Prepend(r.GumroadProduct))
        .Where(name => !name.EndsWith("==", StringComparison.Ordinal))
        .Distinct(StringComparer.Ordinal)
        .Select(name => $"'{name}' is a permalink or short id; the product's id does not change when the permalink does."));

    /// <summary>What stands behind the default of its product, the rule without conditions.</summary>
    private static IEnumerable<string> NeverFitting(IReadOnlyList<Rule> rules)
    {
        var defaults = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < rules.Count; i++)
        {
            if (defaults.TryGetValue(rules[i].GumroadProduct, out var earlier))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"rules[{i}] never fits: rules[{earlier}] takes every sale of '{rules[i].GumroadProduct}'; put it last.");
            }
            else if (rules[i] is { Variant: null, Recurrence: null, MinPriceUsdCents: null, MaxPriceUsdCents: null, OfferCode: null, UrlParam: null })
            {
                defaults.Add(rules[i].GumroadProduct, i);
            }
        }
    }

    private static IResult? Fault(TenantContext tenant, string at, RuleBody? rule) =>
        string.IsNullOrWhiteSpace(rule?.GumroadProduct)
            ? Problems.Invalid($"{at}.gumroad_product", "Name the Gumroad product: its id, short id, permalink or address.")
        : rule.Action is not (null or "ignore")
            ? Problems.Invalid($"{at}.action", "action is 'ignore', or left out.")
        : rule is { Action: "ignore", KeyType: not null }
            ? Problems.Invalid($"{at}.action", "A rule grants a key type or ignores; leave out action or key_type.")
        : rule.MinPriceUsdCents > rule.MaxPriceUsdCents
            ? Problems.Invalid($"{at}.max_price_usd_cents", "max_price_usd_cents is below min_price_usd_cents.")
        : rule.OfferCode is not null && IsBlank(rule.OfferCode)
            ? Problems.Invalid($"{at}.offer_code", "offer_code is a discount code as buyers type it; leave it out to fit with and without one.")
        : rule.UrlParam is { } param && FaultOfParam($"{at}.url_param", param) is { } wrong ? wrong
        : rule.Contents is { } contents && (contents.Count > MostContents || contents.Any(IsBlank))
            ? Problems.Invalid($"{at}.contents", "contents names the Gumroad products in the bundle, at most 100, each by its id, short id, permalink or address.")
        : rule.Action is null && string.IsNullOrWhiteSpace(rule.Product)
            ? Problems.Invalid($"{at}.product", "Name the product.")
        : rule.Action is null && string.IsNullOrWhiteSpace(rule.KeyType)
            ? Problems.Invalid($"{at}.key_type", "Name the key type.")
        : rule.Action is null && !tenant.Products.ContainsKey(rule.Product!)
            ? Problems.Invalid($"{at}.product", $"There is no product '{rule.Product}'; make it first with PUT …/products/ID.")
        : rule.Action is null && !tenant.KeyTypes.ContainsKey((rule.Product!, rule.KeyType!))
            ? Problems.Invalid($"{at}.key_type", $"The product '{rule.Product}' has no key type '{rule.KeyType}'; make it first with PUT …/key-types/ID.")
        : null;

    private static IResult? FaultOfParam(string field, string param)
    {
        var name = param.Split('=', 2)[0];
        return IsBlank(param) || name.Length == 0 || name.Any(char.IsWhiteSpace)
                ? Problems.Invalid(field, "url_param is 'name' or 'name=value', as it stands in the address of the product page, for example 'tier=pro'.")
            : !GumroadParams.Passes(name)
                ? Problems.Invalid(field, $"Gumroad uses the parameter '{name}' itself and does not pass it on; choose another name.")
            : null;
    }

    private static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > LongestText;
}

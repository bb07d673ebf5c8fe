using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Web;
using Latchkey.Inbox;
using Latchkey.Products;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Products;

/// <param name="Event">A ping's fields, typed and nested as Gumroad's JSON has them; <c>sale_id</c> and <c>resource_name</c> may be left out.</param>
/// <param name="Purchase">A stored purchase instead.</param>
/// <param name="Rules">Rules to be tried instead of the saved ones. Alone, they show whom saving them would touch.</param>
internal sealed record RulePreviewBody(
    [property: JsonPropertyName("event")] JsonObject? Event = null,
    [property: JsonPropertyName("purchase")] string? Purchase = null,
    [property: JsonPropertyName("rules")] IReadOnlyList<RuleBody>? Rules = null);

/// <param name="Result"><c>grant</c>, <c>ignore</c> or <c>held</c>; null when only rules were sent.</param>
/// <param name="Rule">The place of the rule that decides, from 0; null when none does.</param>
/// <param name="Reason">Why it is ignored or held.</param>
/// <param name="HeldReleased">How many waiting or ignored purchases saving these rules would grant; null unless only rules were sent.</param>
/// <param name="HeldIgnored">How many waiting ones would be ignored from then on.</param>
/// <param name="HeldRemaining">How many would go on waiting.</param>
/// <param name="Purchases">The first 100 of those that would be granted. What was granted before keeps its settings.</param>
internal sealed record RulePreviewReply(
    [property: JsonPropertyName("result")] string? Result,
    [property: JsonPropertyName("product")] string? Product,
    [property: JsonPropertyName("key_type")] string? KeyType,
    [property: JsonPropertyName("rule")] int? Rule,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("held_released")] int? HeldReleased = null,
    [property: JsonPropertyName("held_ignored")] int? HeldIgnored = null,
    [property: JsonPropertyName("held_remaining")] int? HeldRemaining = null,
    [property: JsonPropertyName("purchases")] IReadOnlyList<string>? Purchases = null);

/// <summary>What rules would do, before they are saved.</summary>
internal static class RulePreviewEndpoint
{
    private const int MostShown = 100;

    /// <summary>Every ping has one; no product at Gumroad has this.</summary>
    private const string NoProductId = "=";

    private static readonly string[] ProductNames = ["product_id", "short_product_id", "permalink", "product_permalink"];

    public static void MapRulePreview(this RouteGroupBuilder tenant) => tenant.MapPost("/rules/preview", PreviewAsync)
        .RequireScope(Scopes.Read).WithName("PreviewRules").WithTags("Rules")
        .Accepts<RulePreviewBody>("application/json").Produces<RulePreviewReply>().ProducesProblem(404);

    private static async Task<IResult> PreviewAsync(HttpContext http, RulePreview preview)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.RulePreviewBody);
        if (problem is not null)
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http);
        if (body!.Rules is { } rules)
        {
            if (RuleInput.Fault(tenant, rules) is { } fault)
            {
                return fault;
            }

            tenant = tenant with { Rules = new RuleSet(tenant.Rules.Version + 1, [.. rules.Select(RuleInput.RuleOf)]) };
        }

        return body switch
        {
            { Event: not null, Purchase: not null } => Problems.Invalid("purchase", "Send an event or a purchase, not both."),
            { Event: { } said } when FaultOf(said) is { } fault => fault,
            { Event: { } said } => Reply(preview.OfEvent(tenant, BytesOf(said))),
            { Purchase: { } purchase } => await preview.OfPurchaseAsync(tenant, purchase, http.RequestAborted) is { } would
                ? Reply(would)
                : Problems.NotFound("purchase"),
            { Rules: not null } => Reply(await preview.TouchedAsync(tenant, http.RequestAborted)),
            _ => Problems.Invalid("event", "Send an 'event' (a ping's fields), a 'purchase' (its id), or 'rules' to see whom saving them would touch."),
        };
    }

    private static IResult? FaultOf(JsonObject said) =>
        ProductNames.All(name => said[name] is null)
            ? Problems.Invalid("event.product_id", "Name the product: product_id, short_product_id or permalink.")
        : said["variants"] is not (null or JsonObject)
            ? Problems.Invalid("event.variants", "variants is an object, category to choice: {\"Tier\":\"Pro\"}.")
        : said["offer_code"] is not (null or JsonValue)
            ? Problems.Invalid("event.offer_code", "offer_code is text: \"LAUNCH20\".")
        : null;

    private static byte[] BytesOf(JsonObject said)
    {
        said.TryAdd("sale_id", "preview");
        said["product_id"] ??= NoProductId;
        said.TryAdd("resource_name", "sale");
        return Encoding.UTF8.GetBytes(said.ToJsonString());
    }

    private static IResult Reply(Previewed would) => WebJson.Ok(
        new RulePreviewReply(
            would.Settings is not null ? "grant" : EntryReasons.Ignores(would.HeldFor!) || would.HeldFor == EntryReasons.Rehearsal ? "ignore" : "held",
            would.Settings?.Product, would.Settings?.KeyType, would.Rule, would.HeldFor),
        WebJson.Default.RulePreviewReply);

    private static IResult Reply(RulesTouch touch) => WebJson.Ok(
        new RulePreviewReply(null, null, null, null, null, touch.Released.Count, touch.Ignored, touch.Remaining, [.. touch.Released.Take(MostShown)]),
        WebJson.Default.RulePreviewReply);
}

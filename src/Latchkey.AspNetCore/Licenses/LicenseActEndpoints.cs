using System.Globalization;
using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Web;
using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Licenses;

/// <param name="Reason"><c>abuse</c> revokes the license and tells the app so; null blocks it without a reason.</param>
internal sealed record SuspendBody(
    [property: JsonPropertyName("reason")] string? Reason = null);

/// <param name="Until">Until when at least; an extension never shortens.</param>
/// <param name="Days">Instead: how many days from the present end on, or from now where it has passed: 1 to 36500.</param>
internal sealed record ExtendBody(
    [property: JsonPropertyName("until")] DateTimeOffset? Until = null,
    [property: JsonPropertyName("days")] int? Days = null);

/// <summary>What the seller does to a license. 200 with the license after the act; 202 with the license as it stands when the act, though stored, is not folded yet.</summary>
internal static class LicenseActEndpoints
{
    private const int MostDays = 36500;

    public static void MapLicenseActs(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/licenses/{id}").RequireScope(Scopes.Licenses).WithTags("Licenses");
        Described(group.MapPost("/suspend", SuspendAsync).Accepts<SuspendBody>(isOptional: true, "application/json"), "SuspendLicense");
        Described(group.MapPost("/reinstate", ReinstateAsync), "ReinstateLicense");
        Described(group.MapPost("/reissue", (string id, HttpContext http, Acting acting) => acting.ActAsync(http, id, SellerActs.Reissue)), "ReissueLicense");
        Described(group.MapPost("/extend", ExtendAsync).Accepts<ExtendBody>("application/json"), "ExtendLicense");
    }

    private static void Described(RouteHandlerBuilder route, string name) =>
        route.WithName(name).Produces<LicenseReply>().Produces<LicenseReply>(202).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> SuspendAsync(string id, HttpContext http, Acting acting)
    {
        var (body, problem) = await JsonBody.ReadOptionalAsync(http, WebJson.Default.SuspendBody);
        return problem ?? body?.Reason switch
        {
            null => await acting.ActAsync(http, id, SellerActs.Suspend),
            "abuse" => await acting.ActAsync(http, id, SellerActs.Abuse),
            _ => Problems.Invalid("reason", "reason is 'abuse', or left out."),
        };
    }

    /// <summary>What is not blocked stays as it is, and nothing is written down.</summary>
    private static async Task<IResult> ReinstateAsync(string id, HttpContext http, Acting acting, ILicenseStore licenses, IInboxStore inbox, TimeProvider time)
    {
        var tenant = Caller.TenantOf(http);
        var license = await licenses.FindAsync(tenant.Id, id, http.RequestAborted);
        if (license is null)
        {
            return Problems.NotFound("license");
        }

        // The entries and not the license: an act may be stored and not folded yet.
        var facts = FactMerge.Merge(EntryFacts.Of(tenant, await inbox.ListByPurchaseAsync(tenant.Id, license.Purchase, http.RequestAborted)));
        return facts.ActHolds(license.Index).Any()
            ? await acting.ActAsync(http, id, SellerActs.Reinstate)
            : await LicenseEndpoints.ReplyAsync(license, http, licenses, time, 200);
    }

    private static async Task<IResult> ExtendAsync(string id, HttpContext http, Acting acting, ILicenseStore licenses, TimeProvider time)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.ExtendBody);
        if (problem is not null)
        {
            return problem;
        }

        var now = time.GetUtcNow();
        var license = await licenses.FindAsync(Caller.TenantOf(http).Id, id, http.RequestAborted);
        return body switch
        {
            { Until: null, Days: null } or { Until: not null, Days: not null } => Problems.Invalid("until", "Send either 'until', the new end, or 'days', by how many it is put off."),
            { Days: < 1 or > MostDays } => Problems.Invalid("days", "days is 1 to 36500."),
            { Until: { } end } when end <= now || end > now.AddDays(MostDays) => Problems.Invalid("until", "until is a time in the future, within 100 years, for example '2027-12-31T00:00:00Z'."),
            _ when license is null => Problems.NotFound("license"),
            _ => await ExtendFoundAsync(http, acting, license, body!, now),
        };
    }

    private static async Task<IResult> ExtendFoundAsync(HttpContext http, Acting acting, License license, ExtendBody body, DateTimeOffset now)
    {
        if (license.Test || license.Terms is { EndsAt: null, IsSubscription: false })
        {
            return Problems.Of(409, WebCodes.CannotExtend, license.Test ? "A test purchase ends after seven days; it cannot be extended." : "This license lasts for ever; there is nothing to extend.");
        }

        // An extension never shortens: of several, the one that was given last stands, so it reaches at least as far as the end does now.
        var end = license.Terms.EndsAt ?? license.PaidUntil;
        var until = body.Until ?? (end > now ? end.Value : now).PlusDays(body.Days!.Value);
        return await acting.ActAsync(
            http, license.Id, SellerActs.Extend, until < license.Terms.EndsAt ? license.Terms.EndsAt : until,
            string.Create(CultureInfo.InvariantCulture, $"{body.Until?.UtcTicks}|{body.Days}"));
    }
}

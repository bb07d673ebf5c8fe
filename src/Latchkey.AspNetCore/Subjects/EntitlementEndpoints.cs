using System.Globalization;
using System.Net.Mail;
using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Subjects;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Subjects;

/// <param name="Tier">The highest-ranked one that is usable; null when nothing is.</param>
/// <param name="EndsAt">The latest end; null when one lasts.</param>
internal sealed record ProductRightsReply(
    [property: JsonPropertyName("product")] string Product,
    [property: JsonPropertyName("tier")] string? Tier,
    [property: JsonPropertyName("rank")] int Rank,
    [property: JsonPropertyName("entitlements")] IReadOnlyList<string> Entitlements,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("ends_at")] DateTimeOffset? EndsAt);

/// <param name="Version">Grows with every change; 0 for a subject that is not known.</param>
/// <param name="ClaimedBy">Of an address: the user whose it is.</param>
/// <param name="Claims">The addresses of that user.</param>
internal sealed record EntitlementsReply(
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("version")] long Version,
    [property: JsonPropertyName("products")] IReadOnlyList<ProductRightsReply> Products,
    [property: JsonPropertyName("claimed_by")] string? ClaimedBy,
    [property: JsonPropertyName("claims")] IReadOnlyList<string> Claims)
{
    public static EntitlementsReply Of(SubjectSnapshot found, IReadOnlyList<string> claims, DateTimeOffset now) => new(
        found.Subject, found.Version, [.. Entitlements.Of(found.Licenses, now).Select(ReplyOf)], found.Root == found.Subject ? null : found.Root, claims);

    private static ProductRightsReply ReplyOf(ProductRights p) =>
        new(p.Product, p.Tier, p.Rank, p.Entitlements, p.State.ToString().ToLowerInvariant(), p.EndsAt);
}

internal sealed record ClaimBody(
    [property: JsonPropertyName("email")] string? Email);

/// <summary>What a subject may do now, over all its purchases.</summary>
internal static class EntitlementEndpoints
{
    private const int LongestAddress = 254;

    public static void MapEntitlements(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/entitlements/{subject}").WithTags("Entitlements");
        group.MapGet("", GetAsync).AllowOrigins().RequireScopeOrSubject(Scopes.Read).WithName("GetEntitlements").Produces<EntitlementsReply>().Produces(304);
        group.MapPost("/claim", ClaimAsync).RequireScope(Scopes.Write).WithName("ClaimEmail").Accepts<ClaimBody>("application/json").Produces<EntitlementsReply>();
    }

    private static async Task<IResult> GetAsync(string subject, HttpContext http, ISubjectStore subjects, TimeProvider time) =>
        SubjectPath.TryRead(subject, out var named, out var problem) ? await ReplyAsync(named, http, subjects, time) : problem;

    /// <summary>The caller has proved that the address is the user's; from now on both answer alike, also for what is bought later.</summary>
    private static async Task<IResult> ClaimAsync(string subject, HttpContext http, ISubjectStore subjects, OutboxSignal signal, TimeProvider time, Audit audit)
    {
        if (!SubjectPath.TryRead(subject, out var user, out var problem))
        {
            return problem;
        }

        if (!Subject.IsUser(user))
        {
            return Problems.Invalid("subject", "An address is claimed by a user: POST …/entitlements/user:42/claim.");
        }

        (var body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.ClaimBody);
        if (problem is not null)
        {
            return problem;
        }

        if (body!.Email?.Trim() is not { Length: > 0 and <= LongestAddress } address || !MailAddress.TryCreate(address, out var parsed) || parsed.Address != address)
        {
            return Problems.Invalid("email", "email is the bare mail address that the user has proved to be his, for example 'mara@example.org'.");
        }

        var tenant = Caller.TenantOf(http).Id;
        var email = Subject.Email(address);
        var owner = (await subjects.ReadAsync(tenant, email, http.RequestAborted)).Root;
        if (await subjects.ClaimAsync(tenant, email, user, time.GetUtcNow(), CancellationToken.None))
        {
            // The address itself stays out of the audit log, which outlives the erasing of a person.
            signal.Poke();
            await (Subject.IsUser(owner) ? audit.WriteAsync(http, tenant, "subject.claim_moved", $"{owner} > {user}") : audit.WriteAsync(http, tenant, "subject.claim", user));
        }

        return await ReplyAsync(user, http, subjects, time);
    }

    private static async Task<IResult> ReplyAsync(string subject, HttpContext http, ISubjectStore subjects, TimeProvider time)
    {
        var tenant = Caller.TenantOf(http).Id;
        var found = await subjects.ReadAsync(tenant, subject, http.RequestAborted);
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{found.Version}\"");
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-cache";
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch.SelectMany(v => v?.Split(',') ?? []).Any(v => v.Trim() is var seen && (seen == tag || seen == "W/" + tag)))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        IReadOnlyList<string> claims = Subject.IsUser(found.Root) ? await subjects.ClaimedByAsync(tenant, found.Root, http.RequestAborted) : [];
        return WebJson.Ok(EntitlementsReply.Of(found, claims, time.GetUtcNow()), WebJson.Default.EntitlementsReply);
    }
}

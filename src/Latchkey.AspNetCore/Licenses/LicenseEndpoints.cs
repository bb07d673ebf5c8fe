using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Licenses;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Licenses;

internal sealed record LicenseReply(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("product")] string Product,
    [property: JsonPropertyName("key_type")] string KeyType,
    [property: JsonPropertyName("key_masked")] string KeyMasked,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("tier")] string? Tier,
    [property: JsonPropertyName("entitlements")] IReadOnlyList<string> Entitlements,
    [property: JsonPropertyName("expires_at")] DateTimeOffset? ExpiresAt,
    [property: JsonPropertyName("activation_limit")] int? ActivationLimit,
    [property: JsonPropertyName("activations_used")] int ActivationsUsed,
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("purchase")] string Purchase,
    [property: JsonPropertyName("test")] bool Test,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt);

internal sealed record RevealReply(
    [property: JsonPropertyName("key")] string Key);

internal sealed record ResendReply(
    [property: JsonPropertyName("queued")] bool Queued);

internal sealed record ActivationReply(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("platform")] string? Platform,
    [property: JsonPropertyName("app_version")] string? AppVersion,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("last_seen_at")] DateTimeOffset LastSeenAt,
    [property: JsonPropertyName("released_at")] DateTimeOffset? ReleasedAt);

/// <summary>Licenses, for the seller: look, reveal, resend.</summary>
internal static class LicenseEndpoints
{
    public static void MapLicenses(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/licenses").WithTags("Licenses");
        group.MapGet("", ListAsync).RequireScope(Scopes.Read).WithName("ListLicenses").Produces<Page<LicenseReply>>();
        group.MapGet("/{id}", GetAsync).RequireScope(Scopes.Read).WithName("GetLicense").Produces<LicenseReply>().ProducesProblem(404);
        group.MapPost("/{id}/reveal", RevealAsync).RequireScope(Scopes.Licenses).WithName("RevealLicense").Produces<RevealReply>().ProducesProblem(404);
        group.MapPost("/{id}/resend", ResendAsync).RequireScope(Scopes.Licenses).WithName("ResendLicense").Produces<ResendReply>(202).ProducesProblem(429);
        group.MapGet("/{id}/activations", ActivationsAsync).RequireScope(Scopes.Read).WithName("ListActivations").Produces<Page<ActivationReply>>().ProducesProblem(404);
        group.MapDelete("/{id}/activations/{activation}", ReleaseAsync).RequireScope(Scopes.Licenses).WithName("ReleaseActivation").Produces(204).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ILicenseStore licenses, KeyFinder keys, TimeProvider time)
    {
        if (!PageQuery.TryRead(http, out var page, out var problem))
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http);
        var query = http.Request.Query;
        var filter = new LicenseFilter(
            Text(query["email"])?.ToLowerInvariant(),
            Text(query["purchase"]),
            Text(query["key"]) is { } key ? keys.LookupOf(tenant, key) : null,
            Text(query["subject"]));
        var rows = await licenses.ListAsync(tenant.Id, filter, page.After, page.Fetch, http.RequestAborted);
        var used = await licenses.LiveCountsAsync(tenant.Id, [.. rows.Select(l => l.Id)], http.RequestAborted);
        var now = time.GetUtcNow();
        return WebJson.Ok(page.Cut(rows, l => l.Id, l => ReplyOf(l, used.GetValueOrDefault(l.Id), now)), WebJson.Default.PageLicenseReply);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, ILicenseStore licenses, TimeProvider time) =>
        await ReplyAsync(await licenses.FindAsync(Caller.TenantOf(http).Id, id, http.RequestAborted), http, licenses, time);

    private static async Task<IResult> RevealAsync(string id, HttpContext http, SellerActions actions, ILicenseStore licenses, Audit audit)
    {
        var tenant = Caller.TenantOf(http);
        if (await licenses.FindAsync(tenant.Id, id, http.RequestAborted) is null)
        {
            return Problems.NotFound("license");
        }

        await audit.WriteAsync(http, tenant.Id, "license.reveal", id);
        return await actions.RevealAsync(tenant, id, http.RequestAborted) is { } key
            ? WebJson.Ok(new RevealReply(key), WebJson.Default.RevealReply)
            : Problems.Of(404, WebCodes.NoKey, "This license has no key that can be shown.");
    }

    private static async Task<IResult> ResendAsync(string id, HttpContext http, SellerActions actions, ILicenseStore licenses, OutboxSignal signal, Audit audit)
    {
        var tenant = Caller.TenantOf(http);
        if (await licenses.FindAsync(tenant.Id, id, http.RequestAborted) is not { } license)
        {
            return Problems.NotFound("license");
        }

        if (!await actions.ResendAsync(tenant, license, http.RequestAborted))
        {
            return Problems.Of(429, new Contracts.Api.Problem { Code = WebCodes.TooSoon, Detail = "A mail for this license was queued less than a minute ago.", RetryAfter = 60 });
        }

        signal.Poke();
        await audit.WriteAsync(http, tenant.Id, "license.resend", id);
        return WebJson.Ok(new ResendReply(true), WebJson.Default.ResendReply, 202);
    }

    private static async Task<IResult> ActivationsAsync(string id, HttpContext http, ILicenseStore licenses)
    {
        if (!PageQuery.TryRead(http, out var page, out var problem))
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http).Id;
        if (await licenses.FindAsync(tenant, id, http.RequestAborted) is null)
        {
            return Problems.NotFound("license");
        }

        var rows = await licenses.ActivationsAsync(tenant, id, liveOnly: false, page.After, page.Fetch, http.RequestAborted);
        return WebJson.Ok(
            page.Cut(rows, a => a.Id, a => new ActivationReply(a.Id, a.Name, a.Platform, a.AppVersion, a.CreatedAt, a.LastSeenAt, a.ReleasedAt)),
            WebJson.Default.PageActivationReply);
    }

    private static async Task<IResult> ReleaseAsync(string id, string activation, HttpContext http, Licensing licensing, Audit audit)
    {
        var tenant = Caller.TenantOf(http);
        if (await licensing.ReleaseAsync(tenant, id, activation, bySeller: true, CancellationToken.None) is not DeactivateOutcome.Released)
        {
            return Problems.NotFound("activation");
        }

        await audit.WriteAsync(http, tenant.Id, "activation.release", activation);
        return Results.NoContent();
    }

    public static async Task<IResult> ReplyAsync(License? license, HttpContext http, ILicenseStore licenses, TimeProvider time, int status = 200)
    {
        if (license is null)
        {
            return Problems.NotFound("license");
        }

        var used = await licenses.LiveCountsAsync(license.Tenant, [license.Id], http.RequestAborted);
        return WebJson.Ok(ReplyOf(license, used.GetValueOrDefault(license.Id), time.GetUtcNow()), WebJson.Default.LicenseReply, status);
    }

    private static LicenseReply ReplyOf(License l, int used, DateTimeOffset now)
    {
        var standing = l.StandingAt(now);
        return new(
            l.Id, l.Product, l.KeyType, l.KeyMasked, standing.State.ToString().ToLowerInvariant(), standing.Reason, l.Tier, l.Entitlements,
            l.Terms.EndsAt, l.ActivationLimit, used, l.Subject, l.Purchase, l.Test, l.CreatedAt);
    }

    private static string? Text(Microsoft.Extensions.Primitives.StringValues values) => values.ToString().Trim() is { Length: > 0 } text ? text : null;
}

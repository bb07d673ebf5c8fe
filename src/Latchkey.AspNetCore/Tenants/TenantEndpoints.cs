using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Hosting;
using Latchkey.AspNetCore.Web;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Tenants;

internal sealed record TenantBody(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("name")] string? Name);

internal sealed record TenantPatch(
    [property: JsonPropertyName("state")] string? State);

/// <param name="PingUrl">Shown once: it holds the secret of the address.</param>
/// <param name="ApiToken">Shown once.</param>
internal sealed record TenantReply(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("iss")] string Issuer,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("ping_url"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PingUrl = null,
    [property: JsonPropertyName("api_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ApiToken = null);

/// <summary>Installation-wide: the tenants.</summary>
internal static class TenantEndpoints
{
    private const int LongestName = 100;

    public static void MapTenants(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("/tenants").RequireAdmin().WithTags("Tenants");
        group.MapPost("", AddAsync).WithName("AddTenant").Accepts<TenantBody>("application/json").Produces<TenantReply>(201).ProducesProblem(409);
        group.MapGet("", ListAsync).WithName("ListTenants").Produces<Page<TenantReply>>();
        group.MapGet("/{tenant}", GetAsync).WithName("GetTenant").Produces<TenantReply>().ProducesProblem(404);
        group.MapPatch("/{tenant}", PatchAsync).WithName("ChangeTenant").Accepts<TenantPatch>("application/json").Produces<TenantReply>().ProducesProblem(404);
    }

    public static string PingUrl(PublicAddress address, string tenant, string secret) => $"{address.Url}/webhooks/gumroad/{tenant}?token={secret}";

    private static async Task<IResult> AddAsync(HttpContext http, TenantAdmin admin, PublicAddress address, TenantDirectory directory, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.TenantBody);
        if (problem is not null)
        {
            return problem;
        }

        if (!Tenant.IsValidId(body!.Id))
        {
            return Problems.Invalid("id", "id is 2 to 40 of a-z, 0-9 and '-', a letter first.");
        }

        if (body.Name?.Trim() is not { Length: >= 1 and <= LongestName } name)
        {
            return Problems.Invalid("name", "name is 1 to 100 characters.");
        }

        var reservation = await IdempotencyKeys.ReserveAsync(http, string.Empty, Caller.Of(http).Actor, "POST /v1/tenants", $"{body.Id}\n{name}");
        if (reservation.Conflict is { } conflict)
        {
            return conflict;
        }

        if (reservation.Earlier is { ResourceId: { } earlier } && await directory.FindAsync(earlier, http.RequestAborted) is { } there)
        {
            return WebJson.Ok(ReplyOf(there.Tenant), WebJson.Default.TenantReply, 201); // secrets are shown once
        }

        (TenantContext Tenant, NewToken Ping, NewToken Api)? made = null;
        try
        {
            made = await admin.AddAsync(body.Id!, name, $"{address.Url}/{body.Id}", CancellationToken.None);
        }
        finally
        {
            await IdempotencyKeys.FinishAsync(http, reservation, made is null ? null : 201, body.Id);
        }

        if (made is not { } done)
        {
            return Problems.Of(409, WebCodes.Taken, $"There is a tenant '{body.Id}' already.");
        }

        await audit.WriteAsync(http, body.Id!, "tenant.add", body.Id);
        return WebJson.Ok(
            ReplyOf(done.Tenant.Tenant) with { PingUrl = PingUrl(address, body.Id!, done.Ping.Secret), ApiToken = done.Api.Secret },
            WebJson.Default.TenantReply,
            201);
    }

    private static async Task<IResult> ListAsync(HttpContext http, ITenantStore store) =>
        PageQuery.TryRead(http, out var page, out var problem)
            ? WebJson.Ok(page.Cut(await store.ListAsync(page.After, page.Fetch, http.RequestAborted), t => t.Id, t => ReplyOf(t)), WebJson.Default.PageTenantReply)
            : problem;

    private static async Task<IResult> GetAsync(string tenant, TenantDirectory directory, HttpContext http) =>
        await directory.FindAsync(tenant, http.RequestAborted) is { } found
            ? WebJson.Ok(ReplyOf(found.Tenant), WebJson.Default.TenantReply)
            : Problems.NotFound("tenant");

    private static async Task<IResult> PatchAsync(string tenant, HttpContext http, TenantAdmin admin, TenantDirectory directory, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.TenantPatch);
        if (problem is not null)
        {
            return problem;
        }

        TenantState? state = body!.State switch
        {
            "active" => TenantState.Active,
            "suspended" => TenantState.Suspended,
            "closed" => TenantState.Closed,
            _ => null,
        };
        if (state is null)
        {
            return Problems.Invalid("state", "state is 'active', 'suspended' or 'closed'.");
        }

        if (!await admin.SetStateAsync(tenant, state.Value, CancellationToken.None))
        {
            return Problems.NotFound("tenant");
        }

        await audit.WriteAsync(http, tenant, "tenant." + body.State, tenant);
        return await GetAsync(tenant, directory, http);
    }

    private static TenantReply ReplyOf(Tenant tenant) =>
        new(tenant.Id, tenant.Name, tenant.State.ToString().ToLowerInvariant(), tenant.Issuer, tenant.CreatedAt);
}

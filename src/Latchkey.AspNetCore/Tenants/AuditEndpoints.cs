using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Web;
using Latchkey.Keys;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Tenants;

internal sealed record AuditReply(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("actor")] string Actor,
    [property: JsonPropertyName("action")] string Action,
    [property: JsonPropertyName("target")] string? Target);

/// <summary>Writes to the audit log on behalf of a request.</summary>
internal sealed class Audit(IAuditStore store, TimeProvider time)
{
    public Task WriteAsync(HttpContext http, string tenant, string action, string? target)
    {
        var now = time.GetUtcNow();
        return store.AddAsync(new AuditEntry(tenant, Ids.New("aud_", now), now, Caller.Of(http).Actor, action, target), CancellationToken.None);
    }
}

/// <summary>Who did what, when. Newest first.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this RouteGroupBuilder tenant) =>
        tenant.MapGet("/audit", ListAsync).RequireScope(Scopes.Read).WithName("ListAudit").WithTags("Audit").Produces<Page<AuditReply>>();

    private static async Task<IResult> ListAsync(HttpContext http, IAuditStore store) =>
        PageQuery.TryRead(http, out var page, out var problem)
            ? WebJson.Ok(
                page.Cut(
                    await store.ListAsync(Caller.TenantOf(http).Id, page.After, page.Fetch, http.RequestAborted),
                    a => a.Id,
                    a => new AuditReply(a.Id, a.At, a.Actor, a.Action, a.Target)),
                WebJson.Default.PageAuditReply)
            : problem;
}

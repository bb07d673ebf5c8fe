using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Hosting;
using Latchkey.AspNetCore.Web;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.Tenants;

internal sealed record TokenBody(
    [property: JsonPropertyName("label")] string? Label,
    [property: JsonPropertyName("scopes")] IReadOnlyList<string>? Scopes,
    [property: JsonPropertyName("expires_at")] DateTimeOffset? ExpiresAt);

/// <param name="Token">Shown once.</param>
/// <param name="PingUrl">Shown once, for ping tokens.</param>
internal sealed record TokenReply(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("label")] string Label,
    [property: JsonPropertyName("scopes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Scopes,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("expires_at")] DateTimeOffset? ExpiresAt,
    [property: JsonPropertyName("token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null,
    [property: JsonPropertyName("ping_url"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PingUrl = null);

/// <summary>Address tokens and API tokens. Several live at once, so that one can be replaced without a gap.</summary>
internal static class TokenEndpoints
{
    private const int LongestLabel = 100;

    public static void MapTokens(this RouteGroupBuilder tenant)
    {
        Map(tenant, "/ping-tokens", TokenKind.Ping, "PingToken");
        Map(tenant, "/tokens", TokenKind.Api, "Token");
    }

    private static void Map(RouteGroupBuilder tenant, string path, TokenKind kind, string name)
    {
        var group = tenant.MapGroup(path).WithTags("Tokens");
        group.MapGet("", (HttpContext http) => List(http, kind)).RequireScope(Scopes.Read).WithName($"List{name}s").Produces<Page<TokenReply>>();
        group.MapPost("", (HttpContext http, TenantAdmin admin, PublicAddress address, Audit audit) => AddAsync(http, kind, admin, address, audit))
            .RequireScope(Scopes.Write).WithName($"Add{name}").Accepts<TokenBody>("application/json").Produces<TokenReply>(201);
        group.MapDelete("/{id}", (string id, HttpContext http, TenantAdmin admin, Audit audit) => RemoveAsync(id, http, kind, admin, audit))
            .RequireScope(Scopes.Write).WithName($"Remove{name}").Produces(204).ProducesProblem(404);
    }

    private static IResult List(HttpContext http, TokenKind kind)
    {
        if (!PageQuery.TryRead(http, out var page, out var problem))
        {
            return problem;
        }

        var rows = Caller.TenantOf(http).Tokens
            .Where(t => t.Kind == kind && (page.After is null || string.CompareOrdinal(t.Id, page.After) > 0))
            .OrderBy(t => t.Id, StringComparer.Ordinal).Take(page.Fetch).ToList();
        return WebJson.Ok(page.Cut(rows, t => t.Id, ReplyOf), WebJson.Default.PageTokenReply);
    }

    private static async Task<IResult> AddAsync(HttpContext http, TokenKind kind, TenantAdmin admin, PublicAddress address, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.TokenBody);
        if (problem is not null)
        {
            return problem;
        }

        if (body!.Label?.Trim() is not { Length: >= 1 and <= LongestLabel } label)
        {
            return Problems.Invalid("label", "label is 1 to 100 characters, for you to tell tokens apart.");
        }

        IReadOnlyList<string> scopes = kind == TokenKind.Api ? body.Scopes ?? [] : [];
        if (kind == TokenKind.Api && (scopes.Count == 0 || scopes.Any(s => !Scopes.All.Contains(s))))
        {
            return Problems.Invalid("scopes", $"scopes is a list of at least one of {string.Join(", ", Scopes.All)}.");
        }

        if (scopes.FirstOrDefault(s => !Caller.Of(http).May(s)) is { } beyond)
        {
            return Problems.MissingScope(beyond); // or any token could make itself a stronger one
        }

        if (body.ExpiresAt <= http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
        {
            return Problems.Invalid("expires_at", "expires_at lies in the past.");
        }

        var tenant = Caller.TenantOf(http);
        var reservation = await IdempotencyKeys.ReserveAsync(
            http, tenant.Id, Caller.Of(http).Actor, $"POST {kind} token", $"{label}\n{string.Join(',', scopes)}\n{body.ExpiresAt:O}");
        if (reservation.Conflict is { } conflict)
        {
            return conflict;
        }

        if (reservation.Earlier is { } earlier && tenant.Tokens.FirstOrDefault(t => t.Id == earlier.ResourceId) is { } there)
        {
            return WebJson.Ok(ReplyOf(there), WebJson.Default.TokenReply, 201); // the secret is shown once
        }

        NewToken? made = null;
        try
        {
            made = await admin.AddTokenAsync(tenant.Id, kind, label, scopes, body.ExpiresAt, CancellationToken.None);
        }
        finally
        {
            await IdempotencyKeys.FinishAsync(http, reservation, made is null ? null : 201, made?.Token.Id);
        }

        await audit.WriteAsync(http, tenant.Id, "token.add", made.Token.Id);
        var reply = ReplyOf(made.Token) with
        {
            Token = made.Secret,
            PingUrl = kind == TokenKind.Ping ? TenantEndpoints.PingUrl(address, tenant.Id, made.Secret) : null,
        };
        return WebJson.Ok(reply, WebJson.Default.TokenReply, 201);
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext http, TokenKind kind, TenantAdmin admin, Audit audit)
    {
        var tenant = Caller.TenantOf(http).Id;
        if (!await admin.RemoveTokenAsync(tenant, kind, id, CancellationToken.None))
        {
            return Problems.NotFound("token");
        }

        await audit.WriteAsync(http, tenant, "token.remove", id);
        return Results.NoContent();
    }

    private static TokenReply ReplyOf(AccessToken t) =>
        new(t.Id, t.Label, t.Kind == TokenKind.Api ? t.Scopes : null, t.CreatedAt, t.ExpiresAt);
}

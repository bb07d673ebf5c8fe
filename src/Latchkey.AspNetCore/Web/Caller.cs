using System.Security.Cryptography;
using System.Text;
using Latchkey.AspNetCore.Hosting;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.Web;

/// <summary>Who asks.</summary>
/// <param name="Tenant">The tenant in the path; null on installation-wide paths.</param>
/// <param name="Actor">The token's id, or <c>admin</c>; for the audit log.</param>
/// <param name="Granted">The scopes of the token; the admin has them all.</param>
internal sealed record Caller(TenantContext? Tenant, string Actor, IReadOnlyList<string> Granted)
{
    public const string Admin = "admin";

    public static Caller Of(HttpContext http) => (Caller)http.Items[typeof(Caller)]!;

    public static TenantContext TenantOf(HttpContext http) => Of(http).Tenant!;

    public bool May(string scope) => Granted.Contains(scope);
}

/// <summary>Who may ask: decided before a body is read, with one answer for every wrong token.</summary>
internal static class Authorization
{
    private const string BearerPrefix = "Bearer ";

    public static string? BearerOf(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) ? header[BearerPrefix.Length..].Trim() : null;
    }

    public static RouteGroupBuilder RequireAdmin(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(static async (context, next) =>
        {
            var http = context.HttpContext;
            if (!IsAdmin(http, BearerOf(http)))
            {
                return Problems.Unauthorized();
            }

            http.Items[typeof(Caller)] = new Caller(null, Caller.Admin, Scopes.All);
            return await next(context);
        });
        return group;
    }

    /// <summary>Takes a token of the tenant in the path that has the scope, or the admin token.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var bearer = BearerOf(http);
            var directory = http.RequestServices.GetRequiredService<TenantDirectory>();
            var time = http.RequestServices.GetRequiredService<TimeProvider>();
            var tenant = http.GetRouteValue("tenant") is string id ? await directory.FindAsync(id, http.RequestAborted) : null;
            var token = Credentials.Match(tenant, TokenKind.Api, bearer, time.GetUtcNow());
            var admin = IsAdmin(http, bearer);
            if (tenant is null && admin)
            {
                return Problems.NotFound("tenant");
            }

            if (tenant is null || (token is null && !admin))
            {
                return Problems.Unauthorized();
            }

            var caller = admin ? new Caller(tenant, Caller.Admin, Scopes.All) : new Caller(tenant, token!.Id, token.Scopes);
            if (!caller.May(scope))
            {
                return Problems.MissingScope(scope);
            }

            http.Items[typeof(Caller)] = caller;
            return await next(context);
        });
        return builder;
    }

    private static bool IsAdmin(HttpContext http, string? bearer) =>
        bearer is { Length: > 0 }
        && http.RequestServices.GetRequiredService<InstallationSecrets>().AdminToken is { Length: > 0 } expected
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(bearer)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}

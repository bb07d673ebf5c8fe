using System.Security.Cryptography;
using System.Text;
using Latchkey.AspNetCore.Hosting;
using Latchkey.AspNetCore.Subjects;
using Latchkey.Streams;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.Web;

/// <summary>Who asks.</summary>
/// <param name="Tenant">The tenant in the path; null on installation-wide paths.</param>
/// <param name="Actor">The token's id, or <c>admin</c>; for the audit log.</param>
/// <param name="Granted">The scopes of the token; the admin has them all, whoever brings a subject token none.</param>
/// <param name="EndsAt">When a subject token ends; null for all others.</param>
internal sealed record Caller(TenantContext? Tenant, string Actor, IReadOnlyList<string> Granted, DateTimeOffset? EndsAt = null)
{
    public const string Admin = "admin";
    public const string Subject = "subject";

    /// <summary>Whoever brings a good subject token, but for another subject than the one in the path.</summary>
    public static readonly Caller OfAnother = new(null, Subject, []);

    public static Caller Of(HttpContext http) => http.Features.Get<Caller>()!;

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

            http.Features.Set(new Caller(null, Caller.Admin, Scopes.All));
            return await next(context);
        });
        return group;
    }

    /// <summary>Takes a token of the tenant in the path that has the scope, or the admin token.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.AddEndpointFilter(async (context, next) => await RefuseAsync(context.HttpContext, scope, subject: null) ?? await next(context));
        return builder;
    }

    /// <summary>Takes a subject token for the subject in the path besides.</summary>
    public static TBuilder RequireScopeOrSubject<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.AddEndpointFilter(async (context, next) =>
            await RefuseAsync(context.HttpContext, scope, context.HttpContext.GetRouteValue("subject") as string) ?? await next(context));
        return builder;
    }

    /// <returns>Null when the caller may go on.</returns>
    private static async ValueTask<IResult?> RefuseAsync(HttpContext http, string scope, string? subject)
    {
        var bearer = BearerOf(http);
        var directory = http.RequestServices.GetRequiredService<TenantDirectory>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var tenant = http.GetRouteValue("tenant") is string id ? await directory.FindAsync(id, http.RequestAborted) : null;
        var token = Credentials.Match(tenant, TokenKind.Api, bearer, now);
        var admin = IsAdmin(http, bearer);
        if (tenant is null && admin)
        {
            return Problems.NotFound("tenant");
        }

        var caller = tenant is null ? null
            : admin ? new Caller(tenant, Caller.Admin, Scopes.All)
            : token is not null ? new Caller(tenant, token.Id, token.Scopes)
            : subject is not null && SubjectTokens.Match(tenant, bearer, now) is { } right
                ? SubjectPath.TryRead(subject, out var named, out _) && right.Subject == named ? new Caller(tenant, Caller.Subject, [], right.EndsAt) : Caller.OfAnother
            : null;
        if (caller is null || caller == Caller.OfAnother)
        {
            return caller is null ? Problems.Unauthorized() : Problems.Of(403, WebCodes.WrongSubject, "This token is for another subject.");
        }

        http.Features.Set(caller);
        return caller.EndsAt is not null || caller.May(scope) ? null : Problems.MissingScope(scope);
    }

    private static bool IsAdmin(HttpContext http, string? bearer) =>
        bearer is { Length: > 0 }
        && http.RequestServices.GetRequiredService<InstallationSecrets>().AdminToken is { Length: > 0 } expected
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(bearer)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}

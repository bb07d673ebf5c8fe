using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.Web;

/// <summary>Lets pages of exactly the tenant's origins read an answer. Before <c>RequireScope</c>, so that a page can see that it was refused.</summary>
internal static class AllowedOrigins
{
    private const string PreflightSeconds = "600";

    public static TBuilder AllowOrigins<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.AddEndpointFilter(static async (context, next) =>
        {
            await AllowAsync(context.HttpContext);
            return await next(context);
        });
        return builder;
    }

    /// <summary>Answers what a browser asks before it sends a token along. Origins that are not the tenant's are told nothing.</summary>
    public static void MapPreflight(this RouteGroupBuilder tenant, string pattern) =>
        tenant.MapMethods(pattern, [HttpMethods.Options], (Delegate)AnswerAsync).ExcludeFromDescription();

    private static async Task<IResult> AnswerAsync(HttpContext http)
    {
        if (await AllowAsync(http))
        {
            var headers = http.Response.Headers;
            headers.AccessControlAllowMethods = HttpMethods.Get;
            headers.AccessControlAllowHeaders = "authorization, last-event-id";
            headers.AccessControlMaxAge = PreflightSeconds;
        }

        return Results.NoContent();
    }

    private static async Task<bool> AllowAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.Append("Vary", "Origin");
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0
            || http.GetRouteValue("tenant") is not string id
            || await http.RequestServices.GetRequiredService<TenantDirectory>().FindAsync(id, http.RequestAborted) is not { } tenant
            || !tenant.Integration.AllowedOrigins.Contains(origin, StringComparer.Ordinal))
        {
            return false;
        }

        headers.AccessControlAllowOrigin = origin;
        return true;
    }
}

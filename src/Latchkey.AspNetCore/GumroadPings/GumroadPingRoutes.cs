using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>Maps the addresses at which Gumroad's pings arrive.</summary>
public static class GumroadPingRoutes
{
    /// <summary>Maps the address of the one handler that was added.</summary>
    /// <inheritdoc cref="MapGumroadPings{THandler}"/>
    public static IEndpointConventionBuilder MapGumroadPings(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return routes.ServiceProvider.GetServices<PingHandler>().ToList() switch
        {
            [var handler] => Map(routes, pattern, handler),
            [] => throw new InvalidOperationException("No handler of Gumroad's pings was added: call AddGumroadPings<THandler> on the services."),
            _ => throw new InvalidOperationException("Several handlers of Gumroad's pings were added: say which one with MapGumroadPings<THandler>."),
        };
    }

    /// <summary>Maps the address of a handler.</summary>
    /// <remarks>
    /// It answers 404 to a wrong token, before the body is read; 200 when the handler is done, when it was done before, and when the ping
    /// was not understood; 503 otherwise, which Gumroad repeats. So that nothing else answers in its place and loses a ping for good,
    /// the endpoint is open to anonymous callers and exempt from antiforgery, rate limits and request timeouts.
    /// </remarks>
    /// <typeparam name="THandler">A handler that was added with <c>AddGumroadPings</c>.</typeparam>
    /// <param name="routes">Where to map it.</param>
    /// <param name="pattern">The path, without the token: <c>/gumroad</c>.</param>
    /// <exception cref="InvalidOperationException">The handler was not added.</exception>
    public static IEndpointConventionBuilder MapGumroadPings<THandler>(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern)
        where THandler : GumroadPingHandler
    {
        ArgumentNullException.ThrowIfNull(routes);
        var handler = routes.ServiceProvider.GetServices<PingHandler>().FirstOrDefault(h => h.Type == typeof(THandler))
            ?? throw new InvalidOperationException($"{typeof(THandler).Name} was not added: call AddGumroadPings<{typeof(THandler).Name}> on the services.");
        return Map(routes, pattern, handler);
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, string pattern, PingHandler handler)
    {
        var endpoint = ActivatorUtilities.CreateInstance<TypedPingEndpoint>(routes.ServiceProvider, handler);
        return routes.MapPost(pattern, (RequestDelegate)endpoint.ReceiveAsync)
            .AllowAnonymous()
            .DisableAntiforgery()
            .DisableRateLimiting()
            .DisableRequestTimeout()
            .ExcludeFromDescription();
    }
}

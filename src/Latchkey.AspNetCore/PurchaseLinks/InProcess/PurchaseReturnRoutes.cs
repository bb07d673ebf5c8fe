using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Maps where buyers come back to.</summary>
public static class PurchaseReturnRoutes
{
    /// <summary>
    /// Maps the place where the buyers of links made with <c>PurchaseAsync</c> come back. The handler is like that of any minimal API, and
    /// takes a <see cref="PurchaseResult"/>: a purchase, or the reason why there is none.
    /// </summary>
    /// <remarks>
    /// For each purchase one call of the handler counts: the first that answers with a status below 400. Its answer (status, address and
    /// type of content, and up to 64 KiB of body) is what every later return gets; no cookie is repeated. A call that throws, that answers 400
    /// or more, or that a crash cuts off, is made again, with the same <see cref="PurchaseResult.IdempotencyKey"/>. If the buyer does not
    /// come back within <see cref="PurchaseLinkOptions.WaitForReturn"/>, the handler is called without a browser: the request then has the
    /// path and query of the return, services of its own, no cookies, and nobody signed in; what guards the endpoint by its metadata is not asked, and its filters count as part of the handler.
    /// With an error the handler is called for each return, and its answer is not kept.
    /// </remarks>
    /// <param name="routes">Where to map it.</param>
    /// <param name="path">Its path, without parameters.</param>
    /// <param name="handler">Takes a <see cref="PurchaseResult"/>, and what else a minimal API's handler may take.</param>
    /// <exception cref="ArgumentException">The path has parameters, or the handler takes no result.</exception>
    /// <exception cref="InvalidOperationException"><c>AddPurchaseLinks</c> was not called.</exception>
    public static IEndpointConventionBuilder MapPurchaseReturn(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string path, Delegate handler)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(handler);
        if (handler.Method.GetParameters().All(p => p.ParameterType != typeof(PurchaseResult)))
        {
            throw new ArgumentException("The handler of a return takes a PurchaseResult.", nameof(handler));
        }

        if (routes.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(ReturnEndpoint)) is not true)
        {
            throw new InvalidOperationException("Call AddPurchaseLinks on what AddLatchkey returns.");
        }

        if (path.Contains('{', StringComparison.Ordinal))
        {
            throw new ArgumentException("The path of a return has no parameters; put what differs into the link's data, or into its query.", nameof(path));
        }

        var mapped = routes.MapGet(path, handler).ExcludeFromDescription();
        mapped.Add(building =>
        {
            var inner = building.RequestDelegate!;
            building.RequestDelegate = http => http.RequestServices.GetRequiredService<ReturnEndpoint>().AnswerAsync(http, inner);
            building.Metadata.Add(new ReturnMark(inner));
        });
        return mapped;
    }
}

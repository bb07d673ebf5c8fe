using Latchkey.AspNetCore.Hosting;
using Latchkey.PurchaseLinks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Marks a mapped return.</summary>
/// <param name="Handler">The app's handler with its filters, without what makes sure that it is called once.</param>
internal sealed record ReturnMark(RequestDelegate Handler);

/// <param name="Path">Begins with a slash.</param>
internal sealed record MappedReturn(string Path, RouteEndpoint Endpoint, RequestDelegate Handler);

/// <summary>The returns that the app has mapped.</summary>
internal sealed class ReturnMap(EndpointDataSource endpoints, PublicAddress address)
{
    public IReadOnlyList<MappedReturn> All() =>
        [.. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(e => e.Metadata.GetMetadata<ReturnMark>() is { } mark ? new MappedReturn("/" + e.RoutePattern.RawText?.Trim('/'), e, mark.Handler) : null)
            .OfType<MappedReturn>()];

    /// <summary>The return that a link's user is sent to, and what stands before its path; null when it is none of this app's.</summary>
    public (MappedReturn Return, PathString PathBase)? Find(PurchaseLink link)
    {
        if (link.ReturnUrl is not { } url || !IsHere(url))
        {
            return null;
        }

        var path = new Uri(url).AbsolutePath.TrimEnd('/');
        var found = All()
            .Where(r => r.Path == "/" ? path.Length == 0 : path.EndsWith(r.Path, StringComparison.OrdinalIgnoreCase)) // everything ends with a root
            .MaxBy(r => r.Path.Length);
        return found is null ? null : (found, PathString.FromUriComponent(found.Path == "/" ? string.Empty : path[..^found.Path.Length]));
    }

    /// <summary>As routing compares.</summary>
    public static bool IsSamePath(string one, string other) => string.Equals(one.TrimEnd('/'), other.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    /// <summary>Links can be made for other apps too, through the API. On one machine the port may have changed since.</summary>
    private bool IsHere(string url) =>
        PurchaseResults.OriginOf(url) == PurchaseResults.OriginOf(address.Url) || (PublicAddress.IsLoopback(url) && PublicAddress.IsLoopback(address.Url));
}

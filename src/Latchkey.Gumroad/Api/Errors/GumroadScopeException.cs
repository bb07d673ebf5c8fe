using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>The access token is good but may not do this.</summary>
/// <remarks>A 403 without a body. <c>app/controllers/api/v2/base_controller.rb</c></remarks>
public sealed class GumroadScopeException : GumroadException
{
    internal GumroadScopeException(string message, HttpStatusCode httpStatus, IReadOnlyList<string> scopes)
        : base(message, httpStatus) => Scopes = scopes;

    /// <summary>The scopes of which any one would open the call, as <c>view_sales</c>; empty if the call needs none and something else forbade it.</summary>
    public IReadOnlyList<string> Scopes { get; }
}

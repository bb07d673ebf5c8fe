using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>There is no access token, or Gumroad does not know it (any more). Repeating is useless until it is replaced.</summary>
/// <remarks>A 401 without a body; the reason is in <c>WWW-Authenticate</c>. <c>spec/shared_examples/authorized_oauth_v1_api_method.rb</c></remarks>
public sealed class GumroadTokenException : GumroadException
{
    internal GumroadTokenException(string message, HttpStatusCode? httpStatus)
        : base(message, httpStatus)
    {
    }
}

using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>Gumroad has no such object, or it belongs to somebody else; or this Gumroad has no such call.</summary>
/// <remarks>For most objects status 200 with <c>success: false</c>, for licenses 404. <c>app/controllers/api/v2/base_controller.rb</c></remarks>
public sealed class GumroadNotFoundException : GumroadException
{
    internal GumroadNotFoundException(string message, HttpStatusCode httpStatus)
        : base(message, httpStatus)
    {
    }
}

using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>This product's licenses are verified with its id only, not with its permalink.</summary>
/// <remarks>Products made after a cut-over date; Gumroad answers 500. <c>app/controllers/api/v2/licenses_controller.rb</c></remarks>
public sealed class GumroadProductIdRequiredException : GumroadException
{
    internal GumroadProductIdRequiredException(string message, HttpStatusCode httpStatus, string? productId)
        : base(message, httpStatus) => ProductId = productId;

    /// <summary>The id to use, as Gumroad's answer gives it; null if it gave none.</summary>
    public string? ProductId { get; }
}

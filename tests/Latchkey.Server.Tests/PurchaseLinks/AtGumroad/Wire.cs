using System.Net;
using System.Text;

namespace Latchkey.Server.Tests.PurchaseLinks.AtGumroad;

/// <summary>The way to Gumroad, on which things go wrong when told so.</summary>
internal sealed class Wire() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private readonly List<string> _calls = [];

    /// <summary>Every request that arrived, as in <c>POST /v2/products</c>.</summary>
    public IReadOnlyList<string> Calls => _calls;

    /// <summary>Requests that arrive, and whose answers do not.</summary>
    public Func<HttpRequestMessage, bool> LosesAnswer { get; set; } = _ => false;

    /// <summary>Requests that do not arrive.</summary>
    public Func<HttpRequestMessage, bool> IsDown { get; set; } = _ => false;

    /// <summary>Requests that Gumroad refuses, with these words.</summary>
    public Func<HttpRequestMessage, string?> Refuses { get; set; } = _ => null;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsDown(request))
        {
            return new HttpResponseMessage(HttpStatusCode.NotImplemented); // not one that the client tries again by itself
        }

        if (Refuses(request) is { } words)
        {
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent($$"""{"success":false,"message":"{{words}}"}""", Encoding.UTF8, "application/json"),
            };
        }

        lock (_calls)
        {
            _calls.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (LosesAnswer(request))
        {
            response.Dispose();
            throw new HttpRequestException("The connection was lost.");
        }

        return response;
    }
}

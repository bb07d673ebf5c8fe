using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Holds a response back until it is decided whether it counts: nobody is told of an answer that is not stored.</summary>
internal sealed class CapturedAnswer : IDisposable
{
    private readonly HttpContext _http;
    private readonly IHttpResponseBodyFeature _outside;
    private readonly StreamResponseBodyFeature _inside;
    private readonly MemoryStream _body = new();

    public CapturedAnswer(HttpContext http)
    {
        _http = http;
        _outside = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _inside = new StreamResponseBodyFeature(_body);
        http.Features.Set<IHttpResponseBodyFeature>(_inside);
    }

    /// <summary>What was answered. The response has its status and headers; its body is still to be sent.</summary>
    public async Task<ReturnAnswer> EndAsync()
    {
        await _inside.CompleteAsync();
        LetThrough();
        var response = _http.Response;
        return new ReturnAnswer(response.StatusCode, response.Headers.Location, response.ContentType, _body.ToArray());
    }

    public void Dispose()
    {
        LetThrough();
        _inside.Dispose();
        _body.Dispose();
    }

    private void LetThrough() => _http.Features.Set(_outside);
}

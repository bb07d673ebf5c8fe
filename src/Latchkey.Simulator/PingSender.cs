using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator;

/// <summary>Posts one ping the way Gumroad does: its headers, its encoding, its redirects. No retries.</summary>
public static class PingSender
{
    private const int Redirects = 3;

    /// <summary>A client that, like Gumroad, opens a connection for every ping and leaves redirects, cookies and proxies alone.</summary>
    /// <param name="timeout">For connection and answer together. Gumroad's is 5 s for each, which is the same once a connection is quick.</param>
    public static HttpClient CreateClient(TimeSpan timeout) => new(Handler(timeout), disposeHandler: true) { Timeout = timeout };

    /// <summary>
    /// Sends a payload, as JSON to hosts ending in <c>zapier.com</c> and as a form to all others, and gives the
    /// status of the answer. A redirect repeats the POST, up to three times; a fourth is returned as it is.
    /// </summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    /// <exception cref="TaskCanceledException">The client's timeout passed.</exception>
    public static Task<int> SendAsync(HttpClient client, Uri url, JsonObject payload, CancellationToken ct)
    {
        var target = PingTarget.Subscribed(url);
        return PostAsync(client, target, target.Encode(payload), ct);
    }

    internal static async Task<int> PostAsync(HttpClient client, PingTarget target, byte[] body, CancellationToken ct)
    {
        var url = target.Url;
        for (var redirects = 0; ; redirects++)
        {
            using var request = Request(url, target.ContentType, body);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var status = (int)answer.StatusCode;
            if (status is < 300 or > 399 || answer.Headers.Location is not { } location || redirects == Redirects)
            {
                return status;
            }

            url = new Uri(url, location);
        }
    }

    private static HttpRequestMessage Request(Uri url, string contentType, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Version = HttpVersion.Version11,
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
        };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip;q=1.0,deflate;q=0.6,identity;q=0.3");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("User-Agent", "Ruby");
        if (url.UserInfo.Length > 0)
        {
            // Taken as it stands in the URL: Gumroad does not percent-decode it.
            request.Headers.TryAddWithoutValidation("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(url.UserInfo)));
        }

        return request;
    }

    private static SocketsHttpHandler Handler(TimeSpan connectTimeout) => new()
    {
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = TimeSpan.Zero,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null, // no traceparent: Gumroad sends none
    };
}
